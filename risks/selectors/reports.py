"""What a report of the registers is made of, as it stood when its period was closed."""

from datetime import datetime

from django.utils import timezone

from icp.audit.as_at import as_they_stood, row_of
from programmes.models import Period
from risks.models import Escalation, Risk, RiskReport, RiskReportKind, RiskState
from risks.models.report import HAS_CONTENT
from risks.rules.report import About, Content, Ended, report_content
from risks.selectors.lines import register_as_stood
from risks.selectors.settings import rules_at


def content_for(*, period: Period, kind: str) -> Content:
    """The content of a report of a closed period: the registers at the moment of its close. Needs ``place`` loaded."""
    assert period.closed_at is not None
    before = _before(period, kind)
    since = before.period.closed_at if before else None
    rules = rules_at(period.place, at=period.closed_at)
    lines = register_as_stood(period.place, at=period.closed_at, as_at=period.ends_on, since=since)
    about = About(
        kind=kind,
        place=period.place.name,
        place_slug=period.place.slug,
        period_key=period.key,
        period_name=period.name,
        as_at=period.ends_on,
        line=rules.escalates_from,
    )
    return report_content(
        about,
        lines,
        before=before.content if before else None,
        deescalated=_deescalated(period, since) if since else [],
        closed=_closed(period, since, before=before) if since and before else [],
    )


def _before(period: Period, kind: str) -> RiskReport | None:
    earlier = RiskReport.objects.filter(
        period__place=period.place_id, period__ends_on__lt=period.ends_on, kind=kind
    )
    built = earlier.filter(state__in=HAS_CONTENT).select_related("period").defer("pdf")
    return built.order_by("-period__ends_on").first()


def _deescalated(period: Period, since: datetime) -> list[Ended]:
    """Risks, open still, of which no ground stood at the close, and one did at the close before."""
    ended = Escalation.objects.filter(
        risk__place=period.place_id, ended_at__gt=since, ended_at__lte=period.closed_at
    ).select_related("risk")
    stood = as_they_stood(Escalation, at=period.closed_at).filter(ended_at=None)  # type: ignore[arg-type]
    still = set(stood.values_list("risk_id", flat=True))
    gone = {one.pk for one in _not_open(period)}
    last: dict[int, Ended] = {}
    for one in ended.order_by("ended_at", "pk"):
        if one.risk_id not in still and one.risk_id not in gone:
            assert one.ended_on is not None
            last[one.risk_id] = Ended(
                one.risk_id, one.risk.ref, one.risk.title, one.ended_on, one.ended_because
            )
    return list(last.values())


def _not_open(period: Period) -> list[Risk]:
    copies = as_they_stood(Risk, at=period.closed_at).filter(place=period.place_id)  # type: ignore[arg-type]
    return [row_of(copy) for copy in copies.exclude(state=RiskState.OPEN)]


def _closed(period: Period, since: datetime, *, before: RiskReport) -> list[Ended]:
    """What ended since the close before. In the register of escalated risks: of those that were before the boards."""
    day = timezone.localdate(since)
    told = _told_of(period, since, before) if before.kind == RiskReportKind.ESCALATED else None
    return [
        Ended(one.pk, one.ref, one.title, one.ended_on, one.ended_because)
        for one in sorted(_not_open(period), key=lambda one: (one.ended_on, one.ref))
        if one.ended_on is not None and one.ended_on >= day and one.changed_at > since
        if told is None or one.pk in told
    ]


def _told_of(period: Period, since: datetime, before: RiskReport) -> set[int]:
    """Risks that the report before showed, or that were before the boards since."""
    ended = Escalation.objects.filter(
        risk__place=period.place_id, ended_at__gt=since, ended_at__lte=period.closed_at
    )
    shown = (before.content or {}).get("risks", [])
    return {row["id"] for row in shown} | set(ended.values_list("risk_id", flat=True))
