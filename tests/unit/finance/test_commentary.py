"""What is said of a month in words follows its figures, and never says the opposite."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.commentary import draft, headline
from finance.rules.positions import Amounts

MONEY = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def said(variance, prior=None, parts=None, mitigated=0):
    return headline(
        variance=Decimal(variance),
        prior=None if prior is None else Decimal(prior),
        parts={name: Decimal(value) for name, value in (parts or {}).items()},
        mitigated=Decimal(mitigated),
        number=10,
    )


def test_a_month_in_three_sentences():
    parts = {"Planned Care": -5_272_000, "Prevention": 15_000, "Unplanned Care": -603_000}
    assert said(-1_861_000, -3_772_000, parts, -61_000) == [
        "Adverse by £1.9m at the year’s end, £1.9m better than at month 9.",
        "Furthest over: Planned Care, £5.3m; furthest under: Prevention, £15k.",
        "With weighted risks and what offsets them: adverse by £61k.",
    ]


def test_nothing_is_compared_where_there_is_no_month_before():
    assert said(0)[0] == "On budget at the year’s end."


def forecast(variance, prior):
    return [
        Amounts(
            forecast_outturn=Decimal(-variance),
            prior_forecast_variance=None if prior is None else Decimal(prior),
        )
    ]


def test_what_moved_is_named_and_not_what_stands_furthest_from_budget():
    parts = {"Planned Care": forecast(-4_500_000, -4_500_000), "Prevention": forecast(-90_000, 0)}
    assert draft(parts, number=10) == (
        "Adverse by £4.6m at the year’s end, £90k worse than at month 9; driven by Prevention (£90k worse)."
    )
    parts["Prevention"] = forecast(0, 0)
    assert draft(parts, number=10) == (
        "Adverse by £4.5m at the year’s end, unchanged from month 9; driven by Planned Care (£4.5m adverse)."
    )


@given(variance=MONEY, prior=MONEY, parts=st.dictionaries(st.text(min_size=1), MONEY))
def test_over_is_only_what_is_over_and_better_only_what_is_better(variance, prior, parts):
    first, *rest = said(variance, prior, parts)
    assert ("worse" in first) == (variance < prior)
    assert ("Adverse" in first) == (variance < 0)
    furthest = rest[0] if len(rest) == 2 else ""
    assert furthest.startswith("Furthest over") == any(value < 0 for value in parts.values())
    assert bool(furthest) == any(parts.values())
