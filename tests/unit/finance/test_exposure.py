"""Risks, opportunities and mitigations: weighed, compared, never guessed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.exposure import Exposure, bridge, share_of_total, side_of

thousands = st.integers(-10_000, 10_000).map(Decimal)


def one(side="risk", **more):
    return Exposure(organisation="CCG", side=side, ref="1", title="Acute performance", **more)


def test_a_printed_percentage_explains_half_a_point():
    found = one(full_value=Decimal(1_833_000), probability=Decimal(56), entered=Decimal(1_033_000))
    assert found.computed == Decimal("1026480.00")
    assert found.contradiction == ""
    further = one(full_value=Decimal(1000), probability=Decimal(56), entered=Decimal("565.01"))
    assert "56% of £1,000.00 is £560.00" in further.contradiction


def test_an_opportunity_at_nought_percent_with_a_weighted_value_contradicts_itself():
    found = one(
        "opportunity",
        full_value=Decimal(-700_000),
        probability=Decimal(0),
        recurrent=Decimal(-601_000),
    )
    assert found.contradiction
    assert found.weighted == -601_000


def test_to_be_confirmed_is_not_nought():
    found = [one("mitigation"), one("mitigation", full_value=Decimal(10), probability=Decimal(100))]
    side = side_of(found, "mitigation")
    assert (side.weighted, side.count, side.unknown) == (10, 2, 1)
    assert share_of_total(found[0], found) is None


@given(thousands, st.lists(thousands, max_size=5), st.lists(thousands, max_size=5))
def test_a_risk_takes_and_an_offset_gives_back_whatever_its_sign(reported, risks, offsets):
    found = [one(entered=value) for value in risks]
    found += [one("opportunity", entered=value) for value in offsets]
    steps = bridge(reported, found)
    assert steps.unmitigated <= steps.reported
    assert steps.mitigated >= steps.unmitigated
    assert steps.mitigated == reported - abs(sum(risks)) + abs(sum(offsets))
