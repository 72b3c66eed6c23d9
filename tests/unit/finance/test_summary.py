"""Every view of the money adds up the same exact figures."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.exporters.content import row_content
from finance.exporters.printed import tables
from finance.rules.positions import Amounts, total
from finance.rules.summary import (
    ALIGNED,
    COLLABORATION,
    POOLED,
    UNSPLIT,
    Line,
    consolidated,
    organisations,
    workstreams,
)
from icp.common.money import in_millions, in_thousands

PARTNERS = ("CCG", "LBH", "CoLC")
STREAMS = ("Unplanned Care", "Planned Care", "Prevention")
pennies = st.integers(-(10**12), 10**12).map(lambda pence: Decimal(pence) / 100)
amounts = st.builds(
    Amounts, pennies, pennies, pennies, pennies, prior_forecast_variance=st.none() | pennies
)
lines = st.lists(
    st.builds(
        Line,
        organisation=st.sampled_from(PARTNERS),
        fund=st.sampled_from((POOLED, ALIGNED, UNSPLIT, COLLABORATION)),
        name=st.sampled_from(("Reserves", "Capital", *STREAMS)),
        amounts=amounts,
        workstream=st.sampled_from(("", *STREAMS)),
    ),
    max_size=30,
)


absent = st.builds(
    Line,
    organisation=st.sampled_from(PARTNERS),
    fund=st.sampled_from((POOLED, ALIGNED, UNSPLIT, COLLABORATION)),
    name=st.just("Reserves"),
    amounts=st.none(),
    workstream=st.sampled_from(("", *STREAMS)),
    absent=st.just("not entered"),
)


def amounts_of(rows, label, section):
    return next(row.amounts for row in rows if (row.label, row.section) == (label, section))


@given(lines)
def test_the_workstream_view_equals_the_consolidated_view_to_the_penny(found):
    fund = amounts_of(consolidated(found, order=PARTNERS), "Integrated Commissioning Fund", "fund")
    grand = amounts_of(workstreams(found, order=STREAMS), "Grand total", "all")
    partners = amounts_of(
        organisations(found, order=PARTNERS), "Integrated Commissioning Fund", "organisation"
    )
    assert fund == grand == partners


@given(lines)
def test_workstreams_and_what_belongs_to_none_make_the_grand_total(found):
    rows = workstreams(found, order=STREAMS)
    parts = [row.amounts for row in rows if row.kind == "subtotal"]
    assert total(parts) == amounts_of(rows, "Grand total", "all")
    assert total([row.amounts for row in rows if row.kind == "line"]) == total(parts)


@given(lines)
def test_a_fund_has_a_total_only_where_every_partner_has_a_split(found):
    rows = consolidated(found, order=PARTNERS)
    has_unsplit = any(one.fund == UNSPLIT for one in found)
    for fund in (POOLED, ALIGNED):
        kinds = {row.kind for row in rows if row.section == fund}
        assert ("total" in kinds) == (not has_unsplit and any(one.fund == fund for one in found))
        without = [row for row in rows if row.section == fund and row.amounts is None]
        assert all("split not available" in row.label for row in without)
        assert bool(without) == has_unsplit


@given(st.lists(amounts, max_size=20))
def test_a_variance_of_a_sum_is_the_sum_of_the_variances(parts):
    whole = total(parts)
    assert whole.ytd_variance == sum((one.ytd_variance for one in parts), Decimal(0))
    assert whole.forecast_variance == sum((one.forecast_variance for one in parts), Decimal(0))


@given(lines, st.lists(absent, min_size=1, max_size=10))
def test_what_is_not_entered_changes_no_sum_and_makes_none_of_nought(found, missing):
    for view, order in (
        (consolidated, PARTNERS),
        (workstreams, STREAMS),
        (organisations, PARTNERS),
    ):
        with_missing = {(r.section, r.label): r for r in view([*found, *missing], order=order)}
        for row in view(found, order=order):
            other = with_missing.get((row.section, row.label))
            if other and row.amounts is not None and other.amounts is not None:
                assert other.amounts == row.amounts
        for row in view(missing, order=order):
            assert row.amounts is None or not row.lacking
            assert row.absent in ("", "not entered")


@given(lines)
def test_nothing_is_ever_summed_from_rounded_numbers(found):
    """What is printed of every sum is the exact sum, rounded once."""
    views = {
        "consolidated": consolidated(found, order=PARTNERS),
        "workstreams": workstreams(found, order=STREAMS),
        "organisations": organisations(found, order=PARTNERS),
    }
    content = {name: [row_content(row) for row in rows] for name, rows in views.items()}
    for table in tables(content):
        write = in_millions if table.name == "workstreams" else in_thousands
        for row, shown in zip(views[table.name], table.rows, strict=True):
            if row.amounts is not None:
                assert shown.figures[0].text == write(row.amounts.annual_budget)
                assert shown.figures[5].text == write(row.amounts.forecast_variance)
    exact = sum((one.amounts.annual_budget for one in found if one.is_in_fund), Decimal(0))
    for name, written in (
        ("organisations", in_thousands(exact)),
        ("workstreams", in_millions(exact)),
    ):
        [table] = [one for one in tables(content) if one.name == name]
        assert table.rows[-1].figures[0].text == written


def test_three_sums_that_round_to_nought_print_as_one_where_they_make_one():
    parts = [Line("CCG", POOLED, f"L{n}", Amounts(Decimal("499.99"))) for n in range(3)]
    rows = organisations(parts, order=PARTNERS)
    content = {"organisations": [row_content(row) for row in rows]}
    [table] = [
        one
        for one in tables({"consolidated": [], "workstreams": [], **content})
        if one.name == "organisations"
    ]
    # 3 x 499.99 is 1,499.97: one thousand, though each by itself is printed as nought.
    assert in_thousands(parts[0].amounts.annual_budget) == "0"
    assert table.rows[-1].figures[0].text == "1"


def test_an_overspend_is_negative():
    said = Amounts(Decimal(100), Decimal(80), Decimal(90), Decimal(120), Decimal(-5))
    assert (said.ytd_variance, said.forecast_variance, said.movement) == (-10, -20, -15)


def test_a_sum_has_no_movement_where_one_of_its_lines_said_nothing_last_month():
    known = Amounts(forecast_outturn=Decimal(10), prior_forecast_variance=Decimal(-5))
    late = Amounts(forecast_outturn=Decimal(4000), without_prior=1)
    begun = Amounts(forecast_outturn=Decimal(7))
    assert total([known, late]).movement is None
    assert total([total([known]), total([late])]).movement is None
    assert total([known, begun]).movement == -12


def test_a_division_of_another_budget_than_is_reported_is_not_printed():
    amounts = Amounts(annual_budget=Decimal(12))
    told = {"pooled_budget": Decimal(4), "aligned_budget": Decimal(6)}
    printed = [
        consolidated([Line("LBH", UNSPLIT, "Care", amounts, **said)], order=["LBH"])[
            0
        ].annual_budget
        for said in (told, told | {"aligned_budget": Decimal(8)})
    ]
    assert printed == [None, 4]
