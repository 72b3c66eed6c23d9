"""What was last said of a row. Every page that says "last" reads it here, so that lists and counts agree.

A programme may miss a month: then the last word on its rows is an earlier one, and it stands until there
is another. Wherever it is shown it names its month.
"""

from django.db.models import Exists, OuterRef, Q

from programmes.models import Period
from programmes.models.status import Status, StatusQuerySet


def last_said(*, up_to: Period | None) -> StatusQuerySet:
    """Each row's latest status in ``up_to`` or an earlier period of its place; none where there is no period.

    Periods of a place do not overlap, so there is one a row. Narrow it further to what is asked: by
    programme, rows or RAG.
    """
    if up_to is None:
        return Status.objects.none()
    later = Status.objects.filter(
        item_id=OuterRef("item_id"),
        period__ends_on__gt=OuterRef("period__ends_on"),
        period__ends_on__lte=up_to.ends_on,
    )
    # Almost every row has a status in ``up_to`` itself, and one key of the unique index tells so: only for
    # the others are the periods between looked through.
    in_it = Status.objects.filter(item_id=OuterRef("item_id"), period=up_to)
    return Status.objects.filter(
        Q(period=up_to) | (~Exists(in_it) & ~Exists(later)),
        period__place_id=up_to.place_id,
        period__ends_on__lte=up_to.ends_on,
    )
