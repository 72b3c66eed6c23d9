"""Who may see and do what with the money (domain section 6). Every read of finance starts here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from finance.models import (
    Agreement,
    BudgetLine,
    Commentary,
    FinanceMonth,
    FinanceReport,
    FinancialRisk,
    Headroom,
    MonthException,
    MonthState,
    PoolingCase,
    Position,
    SavingsScheme,
    Submission,
    SubmissionState,
    Virement,
)
from finance.models.agreement import AgreementQuerySet
from finance.models.month import FinanceMonthQuerySet
from finance.models.report import FinanceReportQuerySet
from icp.accounts.models import User
from icp.audit.as_at import as_they_stood
from programmes.access import Roles
from programmes.models import FinanceLead, Organisation, Place

# From when on a partner's figures of a month are read by others (docs/adr/0014-figures-in-hand.md): by who runs or
# watches the money once they are handed in, by other partners' finance leads once they are accepted.
HANDED_IN = (SubmissionState.SUBMITTED, SubmissionState.QUERIED, SubmissionState.ACCEPTED)
ACCEPTED = (SubmissionState.ACCEPTED,)


def may_read(*, roles: Roles) -> bool:
    """Who reads months, lines and virements; whose figures, :func:`readable_partners` says."""
    return roles.sees_money


def _read_by_others(roles: Roles) -> tuple[SubmissionState, ...]:
    """In which states somebody with these roles reads figures of a partner that is not theirs."""
    if roles.programme_finance or roles.office or roles.auditor:
        return HANDED_IN
    return ACCEPTED if roles.finance_of else ()


def readable_partners(
    *, month: FinanceMonth, roles: Roles, own: Collection[int] | None = None
) -> set[int]:
    """The partners whose figures of the month somebody with these roles reads. Two queries; one where ``own``, those
    that this person enters for, are known.
    """
    if own is None:
        own = partners_to_enter(place=month.place, roles=roles).values_list("pk", flat=True)
    shown = Submission.objects.filter(month=month, state__in=_read_by_others(roles))
    return {*own, *shown.values_list("organisation_id", flat=True)}


def positions_of(*, place: Place, roles: Roles) -> "QuerySet[Position]":
    """The figures of a place, of every month, that somebody with these roles reads."""
    found = Position.objects.filter(month__place=place)
    if not may_read(roles=roles):
        return found.none()
    shown = Submission.objects.filter(
        month=OuterRef("month"),
        organisation=OuterRef("line__organisation"),
        state__in=_read_by_others(roles),
    )
    own = partners_to_enter(place=place, roles=roles).values("pk")
    return found.filter(Q(line__organisation__in=own) | Exists(shown))


def positions_then(*, place: Place, roles: Roles, at: datetime) -> "QuerySet[Any]":
    """As :func:`positions_of`, copies of the figures as they stood at a moment: handed in or accepted by then."""
    found: QuerySet[Any] = as_they_stood(Position, at=at).filter(month__place=place)
    if not may_read(roles=roles):
        return found.none()
    shown = as_they_stood(Submission, at=at).filter(
        month=OuterRef("month"),
        organisation=OuterRef("line__organisation"),
        state__in=_read_by_others(roles),
    )
    own = partners_to_enter(place=place, roles=roles).values("pk")
    return found.filter(Q(line__organisation__in=own) | Exists(shown))


def months_of(*, place: Place, roles: Roles) -> FinanceMonthQuerySet:
    """The months of a place that somebody with these roles may see."""
    months = FinanceMonth.objects.filter(place=place)
    return months if may_read(roles=roles) else months.none()


def commentary_of(*, month: FinanceMonth, roles: Roles) -> "QuerySet[Commentary]":
    """The words of a month: of partners whose figures this person reads, and of workstreams once all are; of a
    closed month, of workstreams that stand in it.
    """
    said = Commentary.objects.filter(month=month)
    reads = readable_partners(month=month, roles=roles)
    if month.is_closed:
        return said.filter(Q(organisation__in=reads) | stands_in_figures(month=month))
    shared = Q(workstream__isnull=False)
    if not (roles.programme_finance or roles.office or roles.auditor):
        partners = Organisation.objects.filter(place=month.place, budget_lines__year=month.year)
        shared &= Q() if not partners.exclude(pk__in=reads).exists() else Q(pk__in=[])
    return said.filter(Q(organisation__in=reads) | shared)


def stands_in_figures(*, month: FinanceMonth) -> Exists:
    """Whether some line of a paragraph's workstream has figures in the month that were accepted."""
    figures = Position.objects.filter(month=month, line__workstream=OuterRef("workstream"))
    return Exists(figures.accepted())


def lines_of(*, place: Place, roles: Roles) -> "QuerySet[BudgetLine]":
    lines = BudgetLine.objects.filter(organisation__place=place)
    return lines if may_read(roles=roles) else lines.none()


def virements_of(*, place: Place, roles: Roles) -> "QuerySet[Virement]":
    found = Virement.objects.filter(place=place)
    return found if may_read(roles=roles) else found.none()


def _has_a_lead() -> Exists:
    return Exists(FinanceLead.objects.filter(organisation=OuterRef("pk"), user__is_active=True))


def may_enter_for(*, roles: Roles, organisation: Organisation) -> bool:
    """A finance lead enters for their own organisation; the programme finance lead for one that has no lead."""
    if organisation.pk in roles.finance_of or not roles.programme_finance:
        return organisation.pk in roles.finance_of
    return _entered_by(Organisation.objects.filter(pk=organisation.pk), roles).exists()


def _entered_by(partners: "QuerySet[Organisation]", roles: Roles) -> "QuerySet[Organisation]":
    own = Q(pk__in=roles.finance_of)
    return partners.filter(own | ~_has_a_lead() if roles.programme_finance else own)


def risks_of(*, place: Place, roles: Roles) -> "QuerySet[FinancialRisk]":
    """Financial risks, opportunities and mitigations of the place's partners."""
    found = FinancialRisk.objects.filter(organisation__place=place)
    return found if may_read(roles=roles) else found.none()


def schemes_of(*, month: FinanceMonth, roles: Roles) -> "QuerySet[Any]":
    """The savings schemes of a month's year; of a closed month copies, by ``id``, as they stood when it closed.

    A scheme is of the whole year: what is changed after a month closed is of a later month, where it is in its
    partner's own hands.
    """
    found: QuerySet[Any] = SavingsScheme.objects.all()
    if month.closed_at is not None:
        found = as_they_stood(SavingsScheme, at=month.closed_at)
    found = found.filter(organisation__place=month.place_id, year=month.year)
    return found if may_read(roles=roles) else found.none()


def agreements_of(*, place: Place, roles: Roles) -> AgreementQuerySet:
    found = Agreement.objects.filter(place=place)
    return found if may_read(roles=roles) else found.none()


def cases_of(*, place: Place, roles: Roles) -> "QuerySet[PoolingCase]":
    found = PoolingCase.objects.filter(place=place)
    return found if may_read(roles=roles) else found.none()


def headrooms_of(*, place: Place, roles: Roles) -> "QuerySet[Headroom]":
    found = Headroom.objects.filter(place=place)
    return found if may_read(roles=roles) else found.none()


def may_keep_agreements(*, roles: Roles) -> bool:
    """The programme finance lead or the office keeps agreements, business cases and headroom."""
    return roles.programme_finance or roles.office


def may_prepare(*, roles: Roles, organisation_id: int) -> bool:
    """Who phases a partner's budget, keeps its working papers and writes its notes: its finance leads, and the
    programme finance lead.
    """
    return roles.programme_finance or organisation_id in roles.finance_of


def may_read_papers(*, roles: Roles, organisation_id: int) -> bool:
    """A working paper may say what is still in hand: it is for its partner, and for who runs or watches the money."""
    watches = roles.programme_finance or roles.office or roles.auditor
    return watches or organisation_id in roles.finance_of


def partners_to_enter(*, place: Place, roles: Roles) -> "QuerySet[Organisation]":
    """The partners whose figures somebody with these roles enters."""
    partners = Organisation.objects.filter(place=place, budget_lines__isnull=False).distinct()
    return _entered_by(partners, roles)


@dataclass(frozen=True)
class Entrant:
    """Who comes to enter figures on a day, and what they are in the place."""

    user: User
    roles: Roles
    on: date


def gate(*, month: FinanceMonth, entrant: Entrant) -> str:
    """Why figures of the month, as it is read, cannot be entered by this person; empty where they can.

    Three gates: closed for good, closed to finance leads (by hand, or from a date), and named exceptions. A page asks
    so that it can say so; what counts is what :func:`finance.services.locking.enter_month` asks. One query at most.
    """
    if month.state == MonthState.CLOSED:
        return month.says_closed
    if entrant.roles.programme_finance:
        return ""
    locked = month.state == MonthState.LOCKED or (
        month.locks_on is not None and entrant.on >= month.locks_on
    )
    if not locked:
        return ""
    excepted = MonthException.objects.filter(month=month, user=entrant.user, until__gte=entrant.on)
    if excepted.exists():
        return ""
    return f"{month} is closed to finance leads. Ask the programme finance lead to let you in until a day."


def may_run_months(*, roles: Roles) -> bool:
    """Open, lock and close months, query and accept what is handed in."""
    return roles.programme_finance


def may_propose_virements(*, roles: Roles) -> bool:
    return bool(roles.finance_of) or roles.programme_finance


def may_decide_virements(*, roles: Roles) -> bool:
    """The programme finance lead or the office, never for what they proposed themselves."""
    return roles.programme_finance or roles.office


def reports_of(*, place: Place, roles: Roles) -> FinanceReportQuerySet:
    """The finance reports of a place: published ones for everybody with a role in it, all for who reads its money."""
    found = FinanceReport.objects.filter(month__place=place)
    if roles.sees_money:
        return found
    return found.published() if roles.any else found.none()


def may_publish(*, roles: Roles) -> bool:
    """The programme finance lead or the office, never who closed the month."""
    return roles.programme_finance or roles.office
