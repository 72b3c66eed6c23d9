"""What was last said of a row. Every page that says "last" reads it here, so that lists and counts agree.

A programme may miss a month: then the last word on its rows is an earlier one, and it stands until there
is another. Wherever it is shown it names its month.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from programmes.models import Period
from programmes.models.status import Status, StatusQuerySet


def last_said(*, up_to: Period | None, with_a_rag: bool = False) -> StatusQuerySet:
    """Each row's latest status in ``up_to`` or an earlier period of its place; none where there is no period.

    Periods of a place do not overlap, so there is one a row. In a period that is still open a status may be
    half typed: ``with_a_rag`` passes over those that declare none. Narrow it further to what is asked: by
    programme, rows or RAG.
    """
    if up_to is None:
        return Status.objects.none()
    said = Status.objects.exclude(rag=None) if with_a_rag else Status.objects.all()
    later = said.filter(
        item_id=OuterRef("item_id"),
        period__ends_on__gt=OuterRef("period__ends_on"),
        period__ends_on__lte=up_to.ends_on,
    )
    # Almost every row has a status in ``up_to`` itself, and one key of the unique index tells so: only for
    # the others are the periods between looked through.
    in_it = said.filter(item_id=OuterRef("item_id"), period=up_to)
    return said.filter(
        Q(period=up_to) | (~Exists(in_it) & ~Exists(later)),
        period__place_id=up_to.place_id,
        period__ends_on__lte=up_to.ends_on,
    )


def up_to(last: Period | None) -> dict[str, Any]:
    """The values of a prepared question (``icp.common.prepared``) that asks :func:`last_said`.

    Nothing has the key 0: without a period nothing was said.
    """
    if last is None:
        return {"last": 0, "place": 0, "last_day": date.min}
    return {"last": last.pk, "place": last.place_id, "last_day": last.ends_on}


def last_said_of(said: StatusQuerySet, *, up_to: Period) -> tuple[StatusQuerySet, StatusQuerySet]:
    """Those of ``said`` that are :func:`last_said`, in two parts: said in ``up_to`` itself, and before.

    Each is looked up by itself: as one condition with an "or" the database tried each of them once for every
    programme (136 ms in place of 3 where 1,100 of 46,700 rows are red).
    """
    later = Status.objects.filter(
        item_id=OuterRef("item_id"),
        period__ends_on__gt=OuterRef("period__ends_on"),
        period__ends_on__lte=up_to.ends_on,
    )
    before = said.filter(
        ~Exists(later),
        period__place_id=up_to.place_id,
        period__ends_on__lt=up_to.ends_on,
    )
    return said.filter(period=up_to), before


def rows_last_said(*, rag: str, up_to: Period | None) -> QuerySet[Status, Any]:
    """Keys of the rows of which :func:`last_said` declares ``rag``, for a list of rows."""
    if up_to is None:
        return Status.objects.none().values("item_id")
    in_it, before = last_said_of(Status.objects.filter(rag=rag), up_to=up_to)
    return in_it.values("item_id").union(before.values("item_id"), all=True)


def newest(periods: Iterable[Period]) -> Period | None:
    """The one that ends last."""
    return max(periods, key=lambda period: period.ends_on, default=None)


def last_rag(*, periods: Iterable[Period]) -> Coalesce:
    """The RAG last declared of a row of the plan, by the end of the newest of ``periods``: for its annotation.

    Looked for in those periods first, through an index, and in earlier ones only where they say nothing.
    """
    newest_first = sorted(periods, key=lambda period: period.ends_on, reverse=True)
    of_the_row = Status.objects.filter(item_id=OuterRef("pk"))
    in_them = [Subquery(of_the_row.filter(period=one).values("rag")) for one in newest_first]
    said = last_said(up_to=newest(newest_first), with_a_rag=True).filter(item_id=OuterRef("pk"))
    return Coalesce(*in_them, Subquery(said.values("rag")[:1]), Value(None))
