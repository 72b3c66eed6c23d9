"""Who may read which report. Every view, download and API of reports starts here."""

from django.db.models import Q

from boards.models import Report, ReportState
from boards.models.report import ReportQuerySet
from programmes.access import Person, visible_places
from programmes.models import Membership, PlaceRole


def visible_reports(*, user: Person) -> ReportQuerySet:
    """The office sees reports in every state, everyone with a role in the place the published ones,
    and anybody at all those that the office has marked public.
    """
    public = Q(state=ReportState.PUBLISHED, is_public=True)
    if not user.is_authenticated:
        return Report.objects.filter(public)
    office = Membership.objects.filter(user=user, role=PlaceRole.OFFICE)
    return Report.objects.filter(
        public
        | Q(state=ReportState.PUBLISHED, period__place__in=visible_places(user=user))
        | Q(period__place__in=office.values("place_id"))
    )
