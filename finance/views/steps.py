"""The next step of whoever opens the money, with the page that it leads to."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.urls import reverse

from finance import access
from finance.models import FinanceMonth, FinanceReport, Submission
from finance.rules.next_step import Act, Step, entering, publishing, running
from finance.selectors.months import partners_of, submissions_of
from finance.selectors.steps import report_to_publish, standing_of
from finance.views.pages import month_address
from icp.accounts.models import User
from programmes.access import Roles
from programmes.models import Organisation, Place

ACTIONS = {
    Act.ENTER: ("Enter the figures", "month-end"),
    Act.SEE: ("See the figures", "month-end"),
    Act.MONTH: ("Open the month", "money-month"),
    Act.REPORT: ("Open the report", "money-report"),
}


def steps_in(
    *,
    month: FinanceMonth,
    partners: list[Organisation],
    mine: Collection[int],
    said: dict[int, Submission],
    roles: Roles,
    user: User,
    today: date,
) -> list[dict[str, Any]]:
    """What this person, who enters for ``mine``, does with an open month. Three queries at most."""
    runs = access.may_run_months(roles=roles)
    if not mine and not runs:
        return []
    stands = standing_of(month=month, partners=partners, said=said)
    gate = access.gate(month=month, entrant=access.Entrant(user, roles, today)) if mine else ""
    steps = entering(stands, mine, on=today, gate=gate)
    if runs:
        steps.append(running(stands, on=today, by=user.pk))
    return [_linked(one, month) for one in _first(steps)]


def steps_of(*, place: Place, roles: Roles, user: User, today: date) -> list[dict[str, Any]]:
    """What this person does with the money of the place: its oldest open month, and a report that waits.
    Seven queries at most.
    """
    found = []
    months = FinanceMonth.objects.filter(place=place).exclude(state="closed")
    month = months.order_by("year", "number").first()
    if month is not None:
        month.place = place
        partners = partners_of(place=place, year=month.year)
        said = submissions_of(month=month)
        mine = access.partners_to_enter(place=place, roles=roles).values_list("pk", flat=True)
        found = steps_in(
            month=month,
            partners=partners,
            mine=set(mine),
            said=said,
            roles=roles,
            user=user,
            today=today,
        )
    report = report_to_publish(place=place) if access.may_publish(roles=roles) else None
    if report is not None:
        report.month.place = place
        found = [step_of(report, user), *found]
    return found


def step_of(report: FinanceReport, user: User) -> dict[str, Any]:
    """What becomes of a report that is stamped and not published, for who may publish."""
    step = publishing(str(report.month), closed_it=report.closed_by_id == user.pk)
    return _linked(step, report.month)


def _first(steps: list[Step]) -> list[Step]:
    """What wants doing stands before what is done."""
    return sorted(steps, key=lambda one: (one.is_done, not one.is_late))


def _linked(step: Step, month: FinanceMonth) -> dict[str, Any]:
    action, name = ACTIONS[step.act]
    words = month_address(month)
    if step.partner and name == "month-end":
        words |= {"partner": step.partner}
    return {
        "title": step.title,
        "text": step.text,
        "kind": "late" if step.is_late else "done" if step.is_done else "",
        "href": reverse(name, kwargs=words),
        "action": action,
    }
