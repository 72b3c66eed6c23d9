"""Risks with what follows from them: residuals, why they are before the boards, flags, movement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from icp.audit.as_at import as_they_stood, row_of
from icp.common.clock import start_of
from icp.common.months import month_start
from programmes.models import Period, Place
from risks.models import Escalation, Mitigation, Residual, Risk, RiskState, Score, Which
from risks.models.risk import RiskQuerySet
from risks.rules.content import MitigationLine, RiskLine
from risks.rules.escalation import OpenGround, because
from risks.rules.flags import Action, Facts, Flag, flags
from risks.rules.quarters import Quarter, residuals_of
from risks.rules.scores import Lines, band, moved, stood_before
from risks.selectors.settings import lines_of, rules_at, rules_of
from risks.selectors.standing import (
    before_the_first,
    closed_over,
    current_before,
    last_day_before,
    scores_at_waiting_ends,
)

BESIDE = ("register__programme", "owner", "delegate", "category", "organisation")


@dataclass
class Around:
    """What hangs on some risks, by risk."""

    grounds: dict[int, list[Escalation]] = field(default_factory=lambda: defaultdict(list))
    actions: dict[int, list[Mitigation]] = field(default_factory=lambda: defaultdict(list))
    residuals: dict[int, dict[Quarter, int]] = field(default_factory=lambda: defaultdict(dict))
    before: dict[int, int | None] = field(default_factory=dict)
    # Closed when movement begins to count, and open again since.
    closed_then: set[int] = field(default_factory=set)
    at_end: dict[Quarter, dict[int, int | None]] = field(default_factory=dict)
    recorded_up_to: date | None = None


def lines_for(
    risks: Sequence[Risk],
    *,
    place: Place,
    as_at: date,
    since: datetime | None = None,
    lines: Lines | None = None,
) -> list[RiskLine]:
    """The risks, in their order, as they are. ``since`` is the moment from which movement counts: else the month's first.

    Each needs :data:`BESIDE` loaded. Seven queries, however many risks; six with the place's ``lines``; one more for
    each quarter that is over and not yet frozen.
    """
    keys = [risk.pk for risk in risks]
    since = since or start_of(month_start(as_at))
    grounds = Escalation.objects.filter(risk__in=keys, ended_at=None).select_related("board")
    actions = Mitigation.objects.filter(risk__in=keys, removed_at=None).select_related("owner")
    residuals = Residual.objects.filter(risk__in=keys)
    around = _gathered(
        place,
        grounds=grounds.order_by("began_on", "pk"),
        actions=actions.order_by("order", "pk"),
        residuals=residuals,
        keys=keys,
        since=since,
        as_at=as_at,
    )
    lines = lines or lines_of(rules_of(place))
    return [line_of(risk, around, lines, as_at=as_at, since=since) for risk in risks]


def line_beside(
    risk: Risk,
    *,
    lines: Lines,
    as_at: date,
    grounds: Sequence[Escalation],
    actions: Sequence[Mitigation],
    scores: Sequence[Score],
    residuals: Sequence[Residual],
) -> RiskLine:
    """As :func:`lines_for`, of one risk whose page has loaded what hangs on it; scores are the newest first. Two queries,
    and one for each quarter that is over and not yet frozen.
    """
    since = start_of(month_start(as_at))
    around = Around(recorded_up_to=_recorded_up_to(risk.place, None))
    _stood([risk.pk], around, since=since, as_at=as_at)
    around.grounds[risk.pk] = [one for one in grounds if one.ended_at is None]
    around.actions[risk.pk] = list(actions)
    for one in residuals:
        around.residuals[risk.pk][Quarter(one.year, one.quarter)] = one.score
    current = (one for one in scores if one.which == Which.CURRENT and one.given_at < since)
    if (earlier := next(current, None)) is not None:
        around.before[risk.pk] = earlier.score
    return line_of(risk, around, lines, as_at=as_at, since=since)


def register_at(
    *, place: Place, as_at: date, today: date, since: datetime | None = None
) -> list[RiskLine]:
    """The whole register in its order as it stood at the end of a day, or, from today on, as it is. Open risks only."""
    if as_at >= today:
        found = Risk.objects.filter(place=place).open().in_order().select_related(*BESIDE)
        return lines_for(list(found), place=place, as_at=min(as_at, today), since=since)
    at = datetime.combine(as_at, time.max)
    return register_as_stood(place, at=timezone.make_aware(at), as_at=as_at, since=since)


def register_as_stood(
    place: Place, *, at: datetime, as_at: date, since: datetime | None = None
) -> list[RiskLine]:
    """The whole register, open risks only, as it stood at a moment; quarters and flags are those of ``as_at``."""
    copies = as_they_stood(Risk, at=at, queryset=RiskQuerySet).filter(place=place).open()
    risks = [row_of(copy) for copy in copies.in_order().select_related(*BESIDE)]
    keys = [risk.pk for risk in risks]
    since = since or start_of(month_start(as_at))
    grounds = as_they_stood(Escalation, at=at).filter(risk__in=keys, ended_at=None)
    actions = as_they_stood(Mitigation, at=at).filter(risk__in=keys, removed_at=None)
    # Recorded once and frozen: what a close recorded belongs to the moment of that close.
    residuals = Residual.objects.filter(risk__in=keys, recorded_at__lte=at)
    around = _gathered(
        place,
        grounds=[
            row_of(one)
            for one in grounds.select_related("board").order_by("began_on", "pgh_obj_id")
        ],
        actions=[
            row_of(one) for one in actions.select_related("owner").order_by("order", "pgh_obj_id")
        ],
        residuals=residuals,
        keys=keys,
        since=since,
        as_at=as_at,
        closed_by=at,
    )
    lines = lines_of(rules_at(place, at=at))
    return [line_of(risk, around, lines, as_at=as_at, since=since) for risk in risks]


def _gathered(
    place: Place,
    *,
    grounds: Iterable[Escalation],
    actions: Iterable[Mitigation],
    residuals: Iterable[Residual],
    keys: list[int],
    since: datetime,
    as_at: date,
    closed_by: datetime | None = None,
) -> Around:
    around = Around()
    for ground in grounds:
        around.grounds[ground.risk_id].append(ground)
    for action in actions:
        around.actions[action.risk_id].append(action)
    for one in residuals:
        around.residuals[one.risk_id][Quarter(one.year, one.quarter)] = one.score
    around.before = scores_before(keys, moment=since)
    around.recorded_up_to = _recorded_up_to(place, closed_by)
    _stood(keys, around, since=since, as_at=as_at, known_at=closed_by)
    return around


def _stood(
    keys: list[int],
    around: Around,
    *,
    since: datetime,
    as_at: date,
    known_at: datetime | None = None,
) -> None:
    """Which of them were closed when movement begins to count, and their scores at the ends of quarters that wait."""
    closed = closed_over(last_day_before(since)).filter(risk__in=keys)
    around.closed_then = set(closed.values_list("risk_id", flat=True))
    around.at_end = scores_at_waiting_ends(
        keys, as_at=as_at, frozen=[around.recorded_up_to], known_at=known_at
    )


def _recorded_up_to(place: Place, closed_by: datetime | None) -> date | None:
    """The last day of the last period that is closed, or was by a moment; else the day before the first. One query, two
    before any is closed.
    """
    periods = Period.objects.filter(place=place)
    closed = periods.frozen()
    if closed_by is not None:
        closed = closed.filter(closed_at__lte=closed_by)
    found = closed.order_by("-ends_on").values_list("ends_on", flat=True).first()
    return found or before_the_first(periods).first()


def scores_before(keys: Iterable[int], *, moment: datetime) -> dict[int, int | None]:
    """The current score that each risk had just before a moment; those without any then are left out. One query."""
    found = current_before(moment).filter(risk__in=list(keys))
    latest = found.order_by("risk_id", "-given_at", "-pk").distinct("risk_id")
    return dict(latest.values_list("risk_id", "score"))


def line_of(risk: Risk, around: Around, lines: Lines, *, as_at: date, since: datetime) -> RiskLine:
    grounds = around.grounds[risk.pk]
    actions = around.actions[risk.pk]
    programme = risk.register.programme
    stood = stood_before(
        since,
        was_scored=risk.pk in around.before,
        created_at=risk.created_at,
        was_closed=risk.pk in around.closed_then,
    )
    return RiskLine(
        pk=risk.pk,
        ref=risk.ref,
        version=risk.version,
        kind=risk.kind,
        state=risk.state,
        title=risk.title,
        register=risk.register.code,
        register_name=programme.name if programme else risk.register.name,
        owner=risk.owner.title if risk.owner else "",
        delegate=risk.delegate.title if risk.delegate else "",
        category=risk.category.name if risk.category else "",
        organisation=risk.organisation.short_name if risk.organisation else "",
        cause=risk.cause,
        event=risk.event,
        consequence=risk.consequence,
        inherent=risk.inherent,
        likelihood=risk.likelihood,
        impact=risk.impact,
        current=risk.current,
        target=risk.target,
        printed_current=risk.printed_current,
        residual=residuals_of(
            as_at=as_at,
            recorded=around.residuals[risk.pk],
            current=risk.current,
            at_end={quarter: scores.get(risk.pk) for quarter, scores in around.at_end.items()},
            ended_on=risk.ended_on,
            exists_from=risk.raised_on or timezone.localdate(risk.created_at),
            recorded_up_to=around.recorded_up_to,
        ),
        band=band(risk.current, lines),
        moved=moved(before=around.before.get(risk.pk), now=risk.current, existed=stood),
        because=because(
            [OpenGround(one.ground, str(one.board or ""), _words(one)) for one in grounds],
            score=risk.current,
            line=lines.escalates_from,
        ),
        grounds=tuple(str(one.ground) for one in grounds),
        proposed_on=next((one.proposed_on for one in grounds if one.proposed_on), None),
        flags=tuple(flag.value for flag in flags_of(risk, actions, as_at=as_at))
        if risk.state == RiskState.OPEN
        else (),
        review_on=risk.review_on,
        raised_on=risk.raised_on,
        proximity=risk.proximity,
        ended_on=risk.ended_on,
        ended_because=risk.ended_because,
        removal_because=risk.removal_because,
        mitigations=tuple(mitigation_line(one) for one in actions),
    )


def flags_of(risk: Risk, actions: Sequence[Mitigation], *, as_at: date) -> list[Flag]:
    facts = Facts(
        current=risk.current,
        printed=risk.printed_current,
        has_owner=risk.owner_id is not None,
        actions=[Action(one.due_on, one.done_on is not None) for one in actions],
        review_on=risk.review_on,
    )
    return flags(facts, as_at=as_at)


def mitigation_line(one: Mitigation) -> MitigationLine:
    return MitigationLine(
        what=one.what,
        owner=one.owner.title if one.owner else "",
        due_on=one.due_on,
        percent=one.percent,
        done_on=one.done_on,
        effect=one.effect,
        progress=one.progress,
    )


def _words(one: Escalation) -> str:
    return "" if one.ground == "score" else one.because
