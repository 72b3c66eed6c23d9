"""Lines that are carried on: no budget comes or goes, whatever joins what."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.lines import (
    Division,
    NewLine,
    OldLine,
    Wanted,
    carried,
    plan_year,
    proposed,
)
from finance.rules.phasing import evenly, to_date, wrong_phases

pennies = st.integers(-(10**12), 10**12).map(lambda pence: Decimal(pence) / 100)


@st.composite
def ending_years(draw):
    """Lines of two partners, and what becomes of each."""
    count = draw(st.integers(1, 8))
    old = [
        OldLine(
            key=n,
            organisation=draw(st.sampled_from((1, 2))),
            fund="pooled",
            workstream=None,
            name=f"Line {n}",
            label=f"Line {n}",
            closing=draw(pennies),
        )
        for n in range(1, count + 1)
    ]
    wanted = {
        one.key: Wanted(
            goes_on=draw(st.booleans()),
            fund=one.fund,
            workstream=None,
            name=one.name,
            opening=draw(pennies),
            joins=draw(st.none() | st.integers(0, count + 1)),
        )
        for one in old
    }
    return old, wanted


@given(ending_years())
def test_an_untouched_year_opens_with_what_the_last_one_closed_with(year):
    old, _ = year
    plan = plan_year(old, proposed(old), [])
    assert not plan.wrong
    for partner in (1, 2):
        closing = sum((one.closing for one in old if one.organisation == partner), Decimal(0))
        opening = sum(
            (one.opening for one in plan.lines if one.organisation == partner), Decimal(0)
        )
        assert opening == closing


@given(ending_years())
def test_what_joins_what_loses_no_opening_budget(year):
    old, wanted = year
    plan = plan_year(old, wanted, [])
    asked = sum(
        (one.opening for key, one in wanted.items() if one.goes_on and key not in plan.wrong),
        Decimal(0),
    )
    assert sum((one.opening for one in plan.lines), Decimal(0)) == asked
    carried_on = [key for one in plan.lines for key in one.continues]
    assert len(carried_on) == len(set(carried_on))


def test_a_line_joins_one_of_its_own_partner_that_goes_on_itself():
    old = [OldLine(n, min(n, 2), "pooled", None, f"L{n}", f"L{n}", Decimal(1)) for n in (1, 2, 3)]
    said = proposed(old)
    said[2] = Wanted(True, "pooled", None, "L2", Decimal(1), joins=1)
    assert "own partner" in plan_year(old, said, []).wrong[2]
    said[2] = Wanted(True, "pooled", None, "L2", Decimal(1), joins=3)
    said[3] = Wanted(False, "pooled", None, "L3", Decimal(1))
    assert "does not go on" in plan_year(old, said, []).wrong[2]
    said[2] = Wanted(True, "pooled", None, "L2", Decimal(1), joins=2)
    assert "no such line" in plan_year(old, said, []).wrong[2]


def test_two_lines_of_one_name_are_told_to_join():
    old = [OldLine(n, 1, "pooled", None, f"L{n}", f"L{n}", Decimal(1)) for n in (1, 2)]
    said = proposed(old)
    said[2] = Wanted(True, "pooled", None, "l1", Decimal(1))
    assert "let them join" in plan_year(old, said, []).wrong[2]
    new = NewLine(1, "pooled", None, "L1", Decimal(1))
    assert "let them join" in plan_year(old[:1], proposed(old[:1]), [new]).wrong[0]


def divided(fund="unsplit", opening=10, parts=((4, 6),)):
    old = [
        OldLine(
            n,
            1,
            "unsplit",
            None,
            f"L{n}",
            f"L{n}",
            Decimal(sum(one or 0 for one in part)),
            division=Division(*(one if one is None else Decimal(one) for one in part)),
        )
        for n, part in enumerate(parts, start=1)
    ]
    said = proposed(old) | {1: Wanted(True, fund, None, "L1", Decimal(opening))}
    for one in old[1:]:
        said[one.key] = Wanted(True, fund, None, one.name, one.closing, joins=1)
    [line] = plan_year(old, said, []).lines
    return line.division


def test_an_unsplit_line_goes_on_divided_as_it_was():
    assert divided() == Division(Decimal(4), Decimal(6))
    assert divided(parts=((4, 6), (1, 2))) == Division(Decimal(5), Decimal(8))


def test_of_another_budget_or_fund_or_an_unknown_part_no_division_is_invented():
    assert divided(opening=11) == Division()
    assert divided(fund="pooled") == Division()
    assert divided(parts=((4, 6), (1, None))) == Division()


def test_a_division_that_a_virement_has_overtaken_is_not_carried_on():
    old = OldLine(
        1, 1, "unsplit", None, "L", "L", Decimal(12), division=Division(Decimal(4), Decimal(6))
    )
    [line] = plan_year([old], proposed([old]), []).lines
    assert (line.opening, line.division) == (12, Division())


@given(st.lists(pennies, max_size=12), pennies)
def test_lines_put_together_keep_their_budget(budgets, moved):
    assert carried(budgets, already_moved=moved) + moved == sum(budgets, Decimal(0))


@given(pennies)
def test_an_even_phasing_adds_up_to_the_penny(annual):
    months = evenly(annual)
    assert wrong_phases(dict(enumerate(months, start=1)), annual=annual) == ""
    assert to_date(months, 12) == annual


@given(st.lists(pennies, min_size=12, max_size=12), pennies)
def test_twelve_months_that_do_not_add_up_are_refused_by_how_much(months, annual):
    said = wrong_phases(dict(enumerate(months, start=1)), annual=annual)
    assert bool(said) == (sum(months, Decimal(0)) != annual)
    assert "month 12" in wrong_phases(dict(enumerate(months[:11], start=1)), annual=annual)
