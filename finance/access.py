"""Who may see and do what with the money (domain section 6). Every read of finance starts here."""

from datetime import date

from django.db.models import QuerySet

from finance.models import (
    BudgetLine,
    FinanceMonth,
    FinanceReport,
    MonthException,
    MonthState,
    Virement,
)
from finance.models.month import FinanceMonthQuerySet
from finance.models.report import FinanceReportQuerySet
from icp.accounts.models import User
from programmes.access import Roles
from programmes.models import Organisation, Place


def may_read(*, roles: Roles) -> bool:
    """Who reads figures as they are entered."""
    return roles.sees_money


def months_of(*, place: Place, roles: Roles) -> FinanceMonthQuerySet:
    """The months of a place that somebody with these roles may see."""
    months = FinanceMonth.objects.filter(place=place)
    return months if may_read(roles=roles) else months.none()


def lines_of(*, place: Place, roles: Roles) -> "QuerySet[BudgetLine]":
    lines = BudgetLine.objects.filter(organisation__place=place)
    return lines if may_read(roles=roles) else lines.none()


def virements_of(*, place: Place, roles: Roles) -> "QuerySet[Virement]":
    found = Virement.objects.filter(place=place)
    return found if may_read(roles=roles) else found.none()


def may_enter_for(*, roles: Roles, organisation_id: int) -> bool:
    """A finance lead enters for their own organisation; the programme finance lead for any."""
    return roles.programme_finance or organisation_id in roles.finance_of


def partners_to_enter(*, place: Place, roles: Roles) -> "QuerySet[Organisation]":
    """The partners whose figures somebody with these roles enters."""
    partners = Organisation.objects.filter(place=place, budget_lines__isnull=False).distinct()
    return partners if roles.programme_finance else partners.filter(pk__in=roles.finance_of)


def gate(*, roles: Roles, month: FinanceMonth, user: User, on: date) -> str:
    """Why figures of the month cannot be entered by this person on a day; empty where they can.

    Three gates: closed for good, closed to finance leads (by hand, or from a date), and named exceptions.
    """
    if month.state == MonthState.CLOSED:
        return month.says_closed
    if roles.programme_finance:
        return ""
    locked = month.state == MonthState.LOCKED or (
        month.locks_on is not None and on >= month.locks_on
    )
    if not locked:
        return ""
    excepted = MonthException.objects.filter(month=month, user=user, until__gte=on)
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
