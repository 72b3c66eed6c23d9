"""Months, and what each partner has handed in of them."""

from datetime import date

from django.db.models import QuerySet

from finance.models import (
    BudgetLine,
    FinanceMonth,
    FinanceRules,
    Position,
    Submission,
    SubmissionState,
)
from icp.common.workingdays import add_working_days
from programmes.models import Organisation, Place
from programmes.selectors import holidays_of


def month_before(month: FinanceMonth) -> FinanceMonth | None:
    """The month before in the same year, if the portal holds it and it is closed: its figures are stamped."""
    key = month.month.before
    if key is None:
        return None
    return (
        FinanceMonth.objects.closed()
        .filter(place_id=month.place_id, year=key.year, number=key.number)
        .first()
    )


def partners_of(*, place: Place, year: int) -> list[Organisation]:
    """The partners that have lines in that year, in the place's order."""
    mine = BudgetLine.objects.filter(organisation__place=place, year=year)
    return list(Organisation.objects.filter(pk__in=mine.values("organisation_id")).order_by("pk"))


def submissions_of(*, month: FinanceMonth) -> dict[int, Submission]:
    """What each partner handed in, by partner; one that has not begun has none yet."""
    found = Submission.objects.filter(month=month).select_related(
        "organisation", "submitted_by", "accepted_by"
    )
    return {one.organisation_id: one for one in found}


def put_right_since(*, month: FinanceMonth, read: QuerySet[Position]) -> list[Position]:
    """Late figures in later months that say they put this one right, of those that somebody reads. One query."""
    found = read.filter(corrects=month).select_related(
        "month", "line__organisation", "line__workstream"
    )
    return list(found.order_by("month__year", "month__number", "line__organisation_id", "line_id"))


def accepted_partners(*, month: FinanceMonth) -> set[int]:
    """The partners whose figures of the month are accepted: what a closed month holds."""
    accepted = Submission.objects.filter(month=month, state=SubmissionState.ACCEPTED)
    return set(accepted.values_list("organisation_id", flat=True))


def not_accepted(*, month: FinanceMonth) -> list[Organisation]:
    """The partners whose figures are still to be handed in or accepted."""
    done = accepted_partners(month=month)
    return [one for one in partners_of(place=month.place, year=month.year) if one.pk not in done]


def due_day(month: FinanceMonth, rules: FinanceRules) -> date:
    """When figures of the month are due: so many working days of the place after its end. No query where the
    month has its place.
    """
    return add_working_days(month.month.ends_on, rules.due_working_days, holidays_of(month.place))
