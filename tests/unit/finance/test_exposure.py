"""Risks, opportunities and mitigations: weighed, compared, never guessed."""

from decimal import ROUND_DOWN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.exposure import RISK, Exposure, Signs, bridge, share_of_total, side_of, totals

thousands = st.integers(-10_000, 10_000).map(Decimal)


def one(side="risk", organisation="CCG", **more):
    return Exposure(
        organisation=organisation, side=side, ref="1", title="Acute performance", **more
    )


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


@given(
    st.decimals(-10_000_000, 10_000_000, places=2),
    st.decimals(0, 100, places=2),
    st.decimals("-0.5", "0.5", places=2),
)
def test_what_half_a_point_explains_is_never_flagged(full_value, probability, off):
    room = abs(full_value * off / 100).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    bare = one(full_value=full_value, probability=probability)
    said = bare.computed + (room if off > 0 else -room)
    assert one(full_value=full_value, probability=probability, entered=said).contradiction == ""


@given(st.lists(st.tuples(st.sampled_from(["CCG", "LBH"]), st.integers(1, 10_000)), max_size=6))
def test_partners_that_write_risks_with_different_signs_do_not_cancel_each_other(parts):
    signed = {"CCG": 1, "LBH": -1}
    found = [one(organisation=who, entered=Decimal(signed[who] * value)) for who, value in parts]
    assert Signs(found).amount(found, RISK) == sum(value for _, value in parts)
    assert bridge(Decimal(0), found).net == -sum(value for _, value in parts)


@given(st.lists(st.tuples(thousands, st.booleans(), thousands), min_size=1, max_size=6))
def test_brought_forward_and_in_year_make_the_whole_side(parts):
    found = [
        one(entered=value, brought_forward=early, carried_forward=later)
        for value, early, later in parts
    ]
    [risks] = totals(found)
    assert (
        risks.brought_forward + risks.in_year == risks.weighted == abs(sum(v for v, _, _ in parts))
    )
    assert risks.movement is None
    [moved] = totals(found, found)
    assert moved.movement == 0


def test_what_was_withdrawn_since_last_month_is_in_the_movement():
    [risks] = totals(
        [one(entered=Decimal(100))], [one(entered=Decimal(100)), one(entered=Decimal(40))]
    )
    assert risks.movement == -40
    [gone] = totals([], [one(entered=Decimal(40))])
    assert (gone.count, gone.movement) == (0, -40)


def test_parts_that_do_not_make_the_weighted_value_are_flagged():
    [flag] = one(entered=Decimal(100), recurrent=Decimal(60), non_recurrent=Decimal(30)).flags
    assert "£100.00" in flag
    assert "£90.00" in flag
    assert one(entered=Decimal(100), recurrent=Decimal(60), non_recurrent=Decimal(40)).flags == []


@given(st.lists(st.integers(1, 10_000).map(Decimal), min_size=1, max_size=8))
def test_shares_of_a_side_make_a_hundred(values):
    found = [one(entered=value) for value in values]
    assert abs(sum(share_of_total(each, found) for each in found) - 100) < Decimal("0.0001")


def test_half_a_penny_is_rounded_away_from_nought_as_everywhere():
    risk = Exposure("CCG", RISK, "1", "", full_value=Decimal("0.50"), probability=Decimal(1))
    gain = Exposure("CCG", RISK, "2", "", full_value=Decimal("-0.50"), probability=Decimal(1))
    assert (risk.computed, gain.computed) == (Decimal("0.01"), Decimal("-0.01"))
