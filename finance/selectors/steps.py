"""How an open month stands, as the next step is told from it."""

from django.db.models import Count, Exists, OuterRef

from finance.models import (
    BudgetLine,
    FinanceMonth,
    FinanceReport,
    Position,
    Submission,
)
from finance.models.month import SubmissionState
from finance.rules.next_step import Month, Partner
from finance.selectors.months import due_day
from finance.selectors.positions import rules_of
from programmes.models import Organisation, Place


def standing_of(
    *, month: FinanceMonth, partners: list[Organisation], said: dict[int, Submission]
) -> Month:
    """The month with each of its partners, of whom ``said`` holds what they handed in. Two queries."""
    left = _left(month)
    return Month(
        name=str(month),
        ends_on=month.month.ends_on,
        due_on=due_day(month, rules_of(place=month.place)),
        partners=[_partner(one, said.get(one.pk), left.get(one.pk, 0)) for one in partners],
    )


def _partner(one: Organisation, said: Submission | None, left: int) -> Partner:
    state = said.state if said else SubmissionState.NOT_STARTED
    return Partner(
        key=one.pk,
        name=one.short_name,
        state=state,
        left=left,
        question=said.question if said else "",
        handed_in_by=said.submitted_by_id if said else None,
    )


def _left(month: FinanceMonth) -> dict[int, int]:
    """How many lines of each partner are not entered whole. One query."""
    whole = Position.objects.filter(month=month, line=OuterRef("pk")).complete()
    lines = BudgetLine.objects.filter(organisation__place=month.place_id).of_year(month.year)
    lines = lines.in_month(month.number).exclude(Exists(whole))
    return dict(lines.order_by().values_list("organisation_id").annotate(Count("pk")))


def report_to_publish(*, place: Place) -> FinanceReport | None:
    """The oldest report that is stamped and not published yet. One query."""
    reports = FinanceReport.objects.filter(month__place=place, published_at__isnull=True)
    found: FinanceReport | None = (
        reports.select_related("month")
        .defer("content", "pdf")
        .order_by("month__year", "month__number")
        .first()
    )
    return found
