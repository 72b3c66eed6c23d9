"""What a position is asked before it is handed in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.rules.checks import Ask, Entered, Thresholds, ledger_questions, questions_of

LIMITS = Thresholds(Decimal(250_000), Decimal(5))
FIGURES = ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn")


def line(annual=1_000_000, to_date=800_000, actual=800_000, forecast=1_000_000, **more):
    said = (annual, to_date, actual, forecast)
    figures = {n: None if v is None else Decimal(v) for n, v in zip(FIGURES, said, strict=True)}
    kept = {"comment": "", "budget": Decimal(annual or 0), **more}
    return Entered(line=1, label="Planned Care", figures=figures, **kept)


def asked(entered, limits=LIMITS):
    return {one.ask for one in questions_of(entered, limits, number=10)}


def test_a_line_on_budget_is_asked_nothing():
    assert asked(line()) == set()
    assert asked(line(phased=Decimal(800_000))) == set()


@pytest.mark.parametrize(
    ("entered", "ask"),
    [
        (line(actual=None), Ask.MISSING),
        (line(actual=851_000), Ask.VARIANCE),
        (line(forecast=1_050_000), Ask.VARIANCE),
        (line(prior=Decimal(60_000)), Ask.MOVEMENT),
        (line(actual=1_000_001, to_date=1_000_001), Ask.BEYOND_ANNUAL),
        (line(actual=1_000_000, to_date=1_000_001), Ask.BEYOND_ANNUAL),
        (line(-100, -101, -100, -100, is_income=True), Ask.BEYOND_ANNUAL),
        (line(actual=800_000, forecast=799_999), Ask.BELOW_ACTUAL),
        (line(to_date=-1, actual=-1), Ask.SIGN),
        (line(budget=Decimal(999_999)), Ask.BUDGET),
        (line(-100, -80, -80, 1, is_income=True), Ask.SIGN),
        (line(phased=Decimal("799999.99")), Ask.PHASED),
    ],
)
def test_each_slip_is_asked_about(entered, ask):
    assert ask in asked(entered)


def test_just_below_five_percent_needs_no_comment():
    assert asked(line(forecast="1049999.99")) == set()


def test_a_variance_from_no_budget_needs_a_comment():
    assert Ask.VARIANCE in asked(line(0, 0, 0, 1))


def test_a_comment_answers_a_question_but_not_a_missing_figure():
    said = questions_of(line(forecast=1_100_000, comment="Packages cost more."), LIMITS, number=10)
    assert [one.stops for one in said] == [False]
    missing = questions_of(line(actual=None, comment="Not in yet."), LIMITS, number=10)
    assert [one.stops for one in missing] == [True]


def test_a_place_may_make_a_wall_of_a_question():
    walls = Thresholds(LIMITS.amount, LIMITS.percent, frozenset({Ask.SIGN}))
    said = questions_of(line(to_date=-1, actual=-1, comment="A refund."), walls, number=10)
    assert {one.ask: one.stops for one in said}[Ask.SIGN] is True


@given(st.sampled_from(FIGURES), st.integers(1, 10**9))
def test_a_ledger_that_says_otherwise_is_asked_about_by_how_much(field, pence):
    entered = line()
    ledger = dict(entered.figures)
    ledger[field] += Decimal(pence) / 100
    found = ledger_questions([entered], ledger, answer="", walls=())
    assert [(one.field, one.stops) for one in found] == [(field, True)]
    assert f"£{Decimal(pence) / 100:,.2f} less" in found[0].words
    answered = ledger_questions([entered], ledger, answer="Posted late.", walls=())
    assert [one.stops for one in answered] == [False]
    assert ledger_questions([entered], entered.figures, answer="", walls=()) == []
