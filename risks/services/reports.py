"""Reports of the registers: waiting when a period is closed, built by a worker, approved by another, then frozen."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from icp.common.checksums import checksum
from icp.common.queue import enqueue
from programmes.models import Period
from risks.errors import CannotChangeRiskReport, StaleRiskReport
from risks.exporters.report_pdf import report_pdf
from risks.models import RiskReport, RiskReportKind, RiskReportState
from risks.rules.quarters import ends_a_quarter
from risks.rules.report import SCHEMA, Content, first_draft
from risks.selectors.reports import content_for


def create_waiting(*, period: Period, by: User) -> list[RiskReport]:
    """What is to be built of a period that ``by`` has just closed; the full register at a quarter's end."""
    kinds = [RiskReportKind.ESCALATED]
    if ends_a_quarter(starts_on=period.starts_on, ends_on=period.ends_on):
        kinds.append(RiskReportKind.FULL)
    made = [
        RiskReport.objects.get_or_create(period=period, kind=kind, defaults={"closed_by": by})[0]
        for kind in kinds
    ]
    from risks.tasks import build_risk_report

    for report in made:
        transaction.on_commit(partial(enqueue, build_risk_report, report_id=report.pk))
    return made


def waiting() -> list[RiskReport]:
    """What is still to be built, oldest first."""
    return list(RiskReport.objects.filter(state=RiskReportState.WAITING).order_by("pk"))


@transaction.atomic
def build_report(*, report: RiskReport, at: datetime) -> RiskReport:
    """Build a report that waits, those of earlier periods first, for it is compared with the one before; any other is
    left as it is. Two builders make one report.
    """
    for earlier in _waiting_before(report):
        _build(earlier, at=at)
    return _build(report, at=at)


def _waiting_before(report: RiskReport) -> "QuerySet[RiskReport]":
    """Those of the same kind that wait, the oldest first: as every builder takes them."""
    period = report.period
    earlier = RiskReport.objects.filter(
        period__place=period.place_id, period__ends_on__lt=period.ends_on, kind=report.kind
    )
    return earlier.filter(state=RiskReportState.WAITING).order_by("period__ends_on")


def _build(report: RiskReport, *, at: datetime) -> RiskReport:
    found = _held(report)
    if found.state != RiskReportState.WAITING:
        return found
    content = content_for(period=found.period, kind=found.kind)
    found.narrative = first_draft(content)
    found.content, found.schema = {**content, "narrative": found.narrative}, SCHEMA
    found.state, found.built_at = RiskReportState.DRAFT, at
    found.save()
    return found


@transaction.atomic
def write_narrative(*, report: RiskReport, text: str, seen: int, by: User) -> RiskReport:
    """Save the words of a draft. Saving what is stored changes nothing.

    Raises:
        CannotChangeRiskReport: it is no draft.
        StaleRiskReport: somebody saved others since ``seen``; carries the report as it stands.
    """
    found = _held(report)
    _expect(found, RiskReportState.DRAFT, "Only a draft takes other words.")
    text = text.strip()
    if text == found.narrative:
        return found
    if found.version != seen:
        raise StaleRiskReport(
            "Somebody else saved the narrative while you were writing. Both are shown: "
            "take over what you need and save again.",
            found,
        )
    found.narrative = text
    found.content = {**_content(found), "narrative": text}
    found.version += 1
    with recorded(way=current_way(), by=by):
        found.save()
    return found


@transaction.atomic
def approve_report(*, report: RiskReport, seen: int, by: User, at: datetime) -> RiskReport:
    """Approve a draft, as somebody else than closed the period. Approving twice changes nothing.

    Raises:
        CannotChangeRiskReport: it is no draft, ``by`` closed the period, or its words changed since ``seen``.
    """
    found = _held(report)
    if found.state == RiskReportState.APPROVED and found.approved_by_id == by.pk:
        return found
    _expect(found, RiskReportState.DRAFT, "Only a draft can be approved.")
    if by.pk in (found.closed_by_id, found.period.closed_by_id):
        raise CannotChangeRiskReport(
            f"You closed {found.period.name}, so somebody else must approve its reports."
        )
    if found.version != seen:
        raise CannotChangeRiskReport(
            "The narrative was changed while you were reading. Read it again, then decide."
        )
    found.state, found.approved_by, found.approved_at = RiskReportState.APPROVED, by, at
    with recorded(way=current_way(), by=by):
        found.save()
    return found


@transaction.atomic
def withdraw_approval(*, report: RiskReport, by: User, seen: int | None = None) -> RiskReport:
    """Make an approved report a draft again.

    Raises:
        CannotChangeRiskReport: it is not approved, published already, or was approved anew since ``seen``.
    """
    found = _held(report)
    _expect(found, RiskReportState.APPROVED, "Only an approved report can be withdrawn.")
    _expect_seen(found, seen)
    found.state, found.approved_by, found.approved_at = RiskReportState.DRAFT, None, None
    found.version += 1
    with recorded(way=current_way(), by=by):
        found.save()
    return found


@transaction.atomic
def publish_report(
    *, report: RiskReport, by: User, at: datetime, seen: int | None = None
) -> RiskReport:
    """Freeze an approved report: content, checksum and PDF. Publishing twice changes nothing.

    Raises:
        CannotChangeRiskReport: it is not approved, or was approved anew since ``seen``.
    """
    found = _held(report)
    if found.is_published:
        return found
    _expect(found, RiskReportState.APPROVED, "Only an approved report can be published.")
    _expect_seen(found, seen)
    content = _content(found)
    found.checksum = checksum(content)
    found.pdf = report_pdf(content, checksum=found.checksum, created=at)
    found.state, found.published_by, found.published_at = RiskReportState.PUBLISHED, by, at
    with recorded(way=current_way(), by=by):
        found.save()
    return found


def _held(report: RiskReport) -> RiskReport:
    return (
        RiskReport.objects.select_for_update(of=("self",))
        .select_related("period__place")
        .get(pk=report.pk)
    )


def _expect(found: RiskReport, state: RiskReportState, sentence: str) -> None:
    if found.state != state:
        published = found.is_published
        raise CannotChangeRiskReport(
            "A published report never changes. Put a correction into the next one."
            if published
            else sentence
        )


def _expect_seen(found: RiskReport, seen: int | None) -> None:
    if seen is not None and found.version != seen:
        raise CannotChangeRiskReport(
            "It was withdrawn and approved anew since you opened it. Read it again, then decide."
        )


def _content(found: RiskReport) -> Content:
    content: Content | None = found.content
    if content is None:
        raise CannotChangeRiskReport("This report is not built yet.")
    return content
