"""The demonstration's money: month 10 of 2019/20 as published, entered by three finance leads.

Months 1 to 9 are made so that month 9's forecast variances are the published prior month's. What is said of the
lines is our own.
"""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from finance import services
from finance.access import Entrant
from finance.models import (
    FIGURES,
    Basis,
    BudgetLine,
    FinanceMonth,
    FinanceRules,
    FinancialRisk,
    MonthState,
    Position,
    RiskPosition,
    SavingsPosition,
    SavingsScheme,
    SavingType,
    Submission,
    SubmissionState,
)
from finance.rules.positions import NOUGHT
from finance.rules.years import FinanceMonthKey
from finance.services.submissions import questions
from icp.accounts.models import User
from icp.common.money import PENNY, THOUSAND
from programmes.access import Roles
from programmes.models import Organisation, Place, Programme

DATA = Path(__file__).parent / "data"
YEAR, MONTH = 2019, 10
WORKSTREAMS = {
    "Unplanned Care": "UPC",
    "Planned Care": "PC",
    "Prevention": "P",
    "Childrens and Young People": "CYPMF",
    "CYP": "CYPMF",
}
# How LBH's annual budget divides, in thousands: its actuals do not.
DIVIDED = {
    "Local Authority Capital (DFG)": (1525, 0),
    "Unplanned Care": (1029, 4181),
    "Planned Care": (29774, 34261),
    "Childrens and Young People": (0, 9049),
    "Prevention": (0, 23554),
}
BASES = {
    "CCG": "Figures to date and forecasts include accruals.",
    "LBH": "Figures to date are cash paid and received; accruals are in the forecasts only. Actuals are not "
    "split between pooled and aligned budgets.",
    "CoLC": "Figures to date are cash paid and received; accruals are in the forecasts only.",
}
SAID = {
    (
        "CCG",
        "aligned",
        "Unplanned Care",
    ): "Emergency admissions stand above plan; the winter months are forecast as last year’s.",
    (
        "CCG",
        "aligned",
        "Planned Care",
    ): "Referrals for planned surgery are above plan. The forecast expects the last quarter at plan.",
    (
        "CCG",
        "aligned",
        "Childrens and Young People",
    ): "Maternity activity is above plan, and is settled at the year’s end.",
    (
        "CCG",
        "aligned",
        "Corporate and Reserves",
    ): "Reserves are released against the acute position.",
    (
        "LBH",
        "unsplit",
        "Unplanned Care",
    ): "Grants that pay for winter schemes are received in March.",
    (
        "LBH",
        "unsplit",
        "Planned Care",
    ): "Packages of care for adults with learning disabilities cost more than budgeted; income from partners is received late in the year.",
    ("LBH", "unsplit", "Prevention"): "Contracts are invoiced a quarter behind.",
}
SAID_OF_ALL = "Timing of invoices: the forecast is not affected by it."
TYPES = {
    "Productivity": SavingType.PRODUCTIVITY,
    "Acute systems saving": SavingType.ACUTE,
    "Resource re-investment": SavingType.REINVESTMENT,
    "Cash releasing": SavingType.CASH,
    "Systems saving": SavingType.SYSTEM,
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8-sig") as opened:
        return list(csv.DictReader(opened))


def pounds(text: str) -> Decimal | None:
    """A figure of the files, in thousands, as pounds; None where it is empty or to be confirmed."""
    return None if text in ("", "TBC") else Decimal(text) * THOUSAND


def load_money(
    place: Place, people: dict[str, User], *, entered: Iterable[str] | None = None
) -> FinanceMonth:
    """Lines, months 1 to 9 closed, and month 10 entered, handed in and accepted for the partners ``entered``
    (all where it is None). Returns month 10.
    """
    partners = {one.short_name: one for one in Organisation.objects.filter(place=place)}
    FinanceRules.objects.create(place=place)
    lines = _make_lines(place, partners)
    for name, text in BASES.items():
        Basis.objects.create(organisation=partners[name], year=YEAR, text=text)
    closer = people["Programme Finance Lead"]
    for number in range(1, MONTH):
        _make_month_before(place, lines, number=number, by=closer, people=people)
    month = services.open_month(place=place, key=FinanceMonthKey(YEAR, MONTH))
    _make_exposures(month, partners)
    _move_budget(place, lines, proposer=people["CCG Finance Lead"])
    for name in BASES:
        if entered is None or name in entered:
            enter(month, partners[name], lines, lead=people[f"{name} Finance Lead"], closer=closer)
    return month


def _make_lines(
    place: Place, partners: dict[str, Organisation]
) -> list[tuple[BudgetLine, dict[str, str]]]:
    programmes = {one.code: one for one in Programme.objects.in_place(place)}
    made = []
    for order, row in enumerate(rows("finance_positions_m10.csv"), start=1):
        code = WORKSTREAMS.get(row["workstream"])
        pooled, aligned = DIVIDED[row["workstream"]] if row["fund"] == "unsplit" else (None, None)
        line = BudgetLine.objects.create(
            organisation=partners[row["organisation"]],
            year=YEAR,
            fund=row["fund"],
            workstream=programmes[code] if code else None,
            name="" if code else row["workstream"],
            is_income=row["workstream"].endswith("(income)"),
            opening_budget=figures_of(row)["annual_budget"],
            pooled_budget=None if pooled is None else pooled * THOUSAND,
            aligned_budget=None if aligned is None else aligned * THOUSAND,
            order=order,
        )
        made.append((line, row))
    return made


def _move_budget(
    place: Place, lines: list[tuple[BudgetLine, dict[str, str]]], *, proposer: User
) -> None:
    """A virement that waits for somebody to decide it, from month 11 on: February's leads find it there."""
    by_key = {_key(row): line for line, row in lines}
    gives = by_key["CCG", "aligned", "Corporate and Reserves"]
    takes = by_key["CCG", "aligned", "Unplanned Care"]
    services.propose_virement(
        place=place,
        year=YEAR,
        from_month=MONTH + 1,
        amounts={gives.pk: Decimal(-240_000), takes.pk: Decimal(240_000)},
        reason="Winter beds are paid for from the reserve that was kept for them.",
        by=proposer,
        at=datetime(2020, 2, 11, 10, tzinfo=UTC),
    )


def figures_of(row: dict[str, str]) -> dict[str, Decimal]:
    """Month 10's figures of one line, in pounds."""
    return {name: Decimal(row[name]) * THOUSAND for name in FIGURES}


def _make_month_before(
    place: Place,
    lines: list[tuple[BudgetLine, dict[str, str]]],
    *,
    number: int,
    by: User,
    people: dict[str, User],
) -> None:
    """An earlier month: to date in proportion to month 10, the forecast on its way to month 9's variance."""
    month = services.open_month(place=place, key=FinanceMonthKey(YEAR, number))
    following = month.month.after.starts_on
    at = datetime(following.year, following.month, 12, 10, tzinfo=UTC)
    Position.objects.bulk_create(
        Position(line=line, month=month, entered_at=at, **_earlier(row, number))
        for line, row in lines
    )
    for organisation in {line.organisation for line, _ in lines}:
        lead = people[f"{organisation.short_name} Finance Lead"]
        Submission.objects.create(
            month=month,
            organisation=organisation,
            state=SubmissionState.ACCEPTED,
            submitted_by=lead,
            submitted_at=at,
            accepted_by=by,
            accepted_at=at,
        )
    month.state, month.closed_by, month.closed_at = MonthState.CLOSED, by, at
    month.save()


def _earlier(row: dict[str, str], number: int) -> dict[str, Decimal]:
    now = figures_of(row)
    reached = Decimal(row["prior_month_forecast_variance"]) * THOUSAND * number / (MONTH - 1)
    return {
        "annual_budget": now["annual_budget"],
        "ytd_budget": (now["ytd_budget"] * number / MONTH).quantize(PENNY),
        "ytd_actual": (now["ytd_actual"] * number / MONTH).quantize(PENNY),
        "forecast_outturn": (now["annual_budget"] - reached).quantize(PENNY),
    }


def enter(
    month: FinanceMonth,
    organisation: Organisation,
    lines: list[tuple[BudgetLine, dict[str, str]]],
    *,
    lead: User,
    closer: User,
) -> None:
    """One partner's month 10, as its finance lead enters it and the programme finance lead accepts it."""
    mine = [(line, row) for line, row in lines if line.organisation_id == organisation.pk]
    at = datetime(2020, 2, 10, 10, tzinfo=UTC)
    by = Entrant(lead, Roles(finance_of=frozenset({organisation.pk})), at.date())
    entries = [services.Entry(line.pk, 0, figures_of(row)) for line, row in mine]
    services.save_positions(month=month, organisation=organisation, entries=entries, by=by, at=at)
    asked = {one.line for one in questions(month=month, organisation=organisation) if one.stops}
    said = [
        services.Entry(line.pk, 1, {"comment": SAID.get(_key(row), SAID_OF_ALL)})
        for line, row in mine
        if line.pk in asked
    ]
    services.save_positions(month=month, organisation=organisation, entries=said, by=by, at=at)
    totals = {name: sum((figures_of(row)[name] for _, row in mine), NOUGHT) for name in FIGURES}
    services.save_ledger_totals(
        month=month,
        organisation=organisation,
        totals=totals,
        answer="",
        by=by,
        expected_version=1,
    )
    handed_in = services.submit_month(month=month, organisation=organisation, by=by, at=at)
    services.accept_submission(
        month=month,
        organisation=organisation,
        by=closer,
        at=datetime(2020, 2, 11, 10, tzinfo=UTC),
        expected_version=handed_in.version,
    )


def _key(row: dict[str, str]) -> tuple[str, str, str]:
    return row["organisation"], row["fund"], row["workstream"]


def _make_exposures(month: FinanceMonth, partners: dict[str, Organisation]) -> None:
    at = datetime(2020, 2, 10, 10, tzinfo=UTC)
    for row in rows("finance_risks_m10.csv"):
        risk = FinancialRisk.objects.create(
            organisation=partners[row["organisation"]],
            year=YEAR,
            side=row["side"],
            ref=row["ref"],
            title=row["title"],
        )
        said = row["probability_percent"]
        RiskPosition.objects.create(
            risk=risk,
            month=month,
            full_value=pounds(row["full_value"]),
            probability=None if said in ("", "TBC") else Decimal(said),
            recurrent=pounds(row["recurrent"]),
            non_recurrent=pounds(row["non_recurrent"]),
            weighted=pounds(row["weighted"]),
            entered_at=at,
        )
    for row in rows("savings_m10.csv"):
        SavingsPosition.objects.create(
            organisation=partners[row["organisation"]],
            month=month,
            plan_full_year=pounds(row["plan_full_year"]),
            plan_ytd=pounds(row["plan_ytd"]),
            actual_ytd=pounds(row["actual_ytd"]),
            forecast_full_year=pounds(row["forecast_full_year"]),
            at_risk=pounds(row["medium_risk_in_forecast"]),
            entered_at=at,
        )
    programmes = {one.code: one for one in Programme.objects.filter(place_id=month.place_id)}
    for row in rows("qipp_mental_health_2019_20.csv"):
        year, number = row["start"].split("-")
        SavingsScheme.objects.create(
            organisation=partners["CCG"],
            year=YEAR,
            name=row["scheme"],
            saving_type=TYPES[row["saving_type"]],
            provider=row["provider"],
            workstream=programmes[WORKSTREAMS[row["workstream"]]],
            starts_on=date(int(year), int(number), 1),
            value=Decimal(row["value"]),
            mitigated_value=Decimal(row["mitigated_value"]),
            progress=row["progress"],
        )
