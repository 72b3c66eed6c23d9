"""From draft to approved: the office's narrative, and the approval by somebody else than closed the period."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from boards.errors import CannotChangeReport, StaleNarrative
from boards.models import Report, ReportState
from boards.selectors import content_of
from boards.services.locking import locked
from icp.accounts.models import User
from programmes.models import Cover, Membership, Period, PlaceRole

CHANGED_MEANWHILE = "The narrative was changed while you were reading. Read it again, then decide."


@transaction.atomic
def write_narrative(*, report: Report, text: str, by: User, expected_version: int) -> Report:
    """Save the narrative of a draft. Saving what is stored already changes nothing.

    Raises:
        CannotChangeReport: it is not a draft.
        StaleNarrative: somebody saved another text since ``expected_version``; carries that text.
    """
    report = locked(report)
    text = text.strip().replace("\r\n", "\n")
    if report.state != ReportState.DRAFT:
        raise CannotChangeReport(_why_not_draft(report))
    if text == report.narrative:
        return report
    if report.version != expected_version:
        raise StaleNarrative(
            "Somebody else saved the narrative while you were writing. Both are shown: "
            "take over what you need and save again.",
            current=report.narrative,
            version=report.version,
        )
    report.narrative = text
    report.version += 1
    report.content = content_of(report)
    report.save()
    return report


def _why_not_draft(report: Report) -> str:
    if report.state == ReportState.APPROVED:
        return "This report is approved. Withdraw the approval to change its narrative."
    if report.state == ReportState.PUBLISHED:
        return "This report is published and never changes. Put a correction into the next one."
    return "This report is not built yet, so it takes no narrative."


@transaction.atomic
def approve_report(
    *, report: Report, by: User, at: datetime, expected_version: int | None = None
) -> Report:
    """Approve a draft, by somebody other than who closed the period. Approving twice changes nothing.

    ``expected_version`` is the version the person has read, where that is known.

    Raises:
        CannotChangeReport: it is not a draft, its narrative has changed, or ``by`` closed the period.
    """
    report = locked(report)
    if report.state == ReportState.APPROVED and report.approved_by_id == by.pk:
        return report
    if report.state != ReportState.DRAFT:
        raise CannotChangeReport("Only a draft can be approved.")
    if by.pk in (report.closed_by_id, report.period.closed_by_id):
        raise CannotChangeReport(
            f"You closed {report.period.name}, so somebody else must approve its reports."
        )
    if expected_version is not None and report.version != expected_version:
        raise CannotChangeReport(CHANGED_MEANWHILE)
    _check_lender(report, by=by, on=at.date())
    report.state, report.approved_by, report.approved_at = ReportState.APPROVED, by, at
    report.save()
    return report


def _check_lender(report: Report, *, by: User, on: date) -> None:
    """Who approves only because the closer lends them the office is the closer's choice, not a second person."""
    period = report.period
    closers = {report.closed_by_id, period.closed_by_id}
    own = Membership.objects.filter(place_id=period.place_id, role=PlaceRole.OFFICE)
    if own.filter(user=by).exists():
        return
    covers = Cover.objects.running(on=on).filter(place_id=period.place_id, deputy=by)
    lenders = set(covers.values_list("person_id", flat=True)) & set(
        own.values_list("user_id", flat=True)
    )
    if lenders and lenders <= closers:
        raise CannotChangeReport(
            f"You cover for {period.closed_by}, who closed {period.name}: somebody else of the office must "
            "approve its reports."
        )


@transaction.atomic
def approve_all(
    *, period: Period, by: User, at: datetime, read: Mapping[str, int] | None = None
) -> int:
    """Approve every draft of the period; returns how many. ``read`` is the version of each kind that the
    person was shown, where that is known.

    Raises:
        CannotChangeReport: there is no draft, one has changed since, or ``by`` closed the period. None is
            approved then.
    """
    drafts = list(Report.objects.filter(period=period, state=ReportState.DRAFT).order_by("pk"))
    if not drafts:
        raise CannotChangeReport(f"{period.name} has no draft to approve.")
    for report in drafts:
        expected = None if read is None else read.get(report.kind, -1)
        approve_report(report=report, by=by, at=at, expected_version=expected)
    return len(drafts)


@transaction.atomic
def withdraw_approval(*, report: Report, by: User) -> Report:
    """Make an approved report a draft again.

    Raises:
        CannotChangeReport: it is not approved, or is published already.
    """
    report = locked(report)
    if report.state != ReportState.APPROVED:
        raise CannotChangeReport(
            "Only a report that is approved and not yet published can be withdrawn."
        )
    report.state, report.approved_by, report.approved_at = ReportState.DRAFT, None, None
    report.version += 1
    report.save()
    return report
