"""Who may read which report. Every view, download and API of reports starts here."""

from datetime import date

from django.db.models import Q

from boards.models import Report, ReportState
from boards.models.report import ReportQuerySet
from programmes.access import Person, Roles, holding_in_places, visible_places
from programmes.models import PlaceRole

SEE_DRAFTS = (PlaceRole.OFFICE, PlaceRole.AUDITOR)


def visible_reports(*, user: Person, on: date) -> ReportQuerySet:
    """The office, who covers for it on that day, and auditors see reports in every state; everyone with a
    role in the place the published ones; and anybody at all those that the office has marked public.
    """
    public = Q(state=ReportState.PUBLISHED, is_public=True)
    if not user.is_authenticated:
        return Report.objects.filter(public)
    drafts_seen = holding_in_places(user=user, on=on, roles=SEE_DRAFTS)
    return Report.objects.filter(
        public
        | Q(state=ReportState.PUBLISHED, period__place__in=visible_places(user=user))
        | Q(period__place__in=drafts_seen.values("place_id"))
    )


def sees_drafts(*, roles: Roles) -> bool:
    """The words of a draft are for the office and auditors; what replaced them is for everybody who may read."""
    return roles.office or roles.auditor
