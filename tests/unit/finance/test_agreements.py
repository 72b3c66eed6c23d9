"""Agreements: their dates, their warnings, and shares that always make the whole."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.agreements import (
    BANDS,
    CONTRIBUTIONS,
    LAPSED,
    OWN,
    TAKEN,
    Band,
    KeyDate,
    Option,
    Term,
    bands_wrong,
    key_dates,
    overspend_borne,
    shared,
    warning_due,
)

pounds = st.decimals(-10_000_000, 10_000_000, places=2)
weights = st.dictionaries(
    st.sampled_from(["CCG", "LBH", "CoLC"]), st.decimals("0.01", 1_000_000, places=2), min_size=1
)
percent = st.integers(0, 100)
DAY = date(2020, 3, 31)


def term(**more):
    options = (Option(date(2021, 3, 31)), Option(date(2022, 3, 31)))
    return Term(**{"starts_on": date(2017, 4, 1), "ends_on": DAY, "options": options, **more})


def test_an_option_is_decided_a_month_before_the_term_ends_and_notice_given_six():
    found = {one.what: one.day for one in key_dates(term())}
    assert found["Decide whether to extend to 31 Mar 2021"] == date(2020, 2, 29)
    assert found["Last day for notice before it ends"] == date(2019, 9, 30)
    assert found["It ends"] == DAY


def test_an_option_taken_up_moves_every_date_and_brings_the_next():
    taken = term(options=(Option(date(2021, 3, 31), TAKEN), Option(date(2022, 3, 31))))
    assert taken.end == date(2021, 3, 31)
    assert taken.longest == date(2022, 3, 31)
    assert KeyDate(date(2021, 2, 28), "Decide whether to extend to 31 Mar 2022") in key_dates(taken)


def test_an_option_let_go_is_not_asked_for_again():
    gone = term(options=(Option(date(2021, 3, 31), LAPSED),))
    assert (gone.end, gone.longest, gone.next_option) == (DAY, DAY, None)


def test_notice_ends_it_earlier_and_never_later():
    assert term(notice_given_on=date(2019, 5, 31)).end == date(2019, 11, 30)
    assert term(notice_given_on=date(2020, 1, 1)).end == DAY
    assert term(notice_given_on=date(2019, 5, 31)).next_option is None


def test_the_shortest_warning_that_has_come_is_due():
    for days, due in (
        (91, None),
        (90, 90),
        (31, 90),
        (30, 30),
        (8, 30),
        (7, 7),
        (0, 7),
        (-1, None),
    ):
        assert warning_due(DAY, today=DAY - timedelta(days=days)) == due


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60), st.integers(0, 24))
def test_dates_to_act_on_never_come_after_the_end(end, notice, decide):
    found = Term(date(1999, 1, 1), end, (Option(end + timedelta(days=365)),), notice, decide)
    assert all(one.day <= found.end for one in key_dates(found))


@given(pounds, weights)
def test_shares_add_up_to_the_whole_and_are_within_a_penny_of_exact(amount, parts):
    found = shared(amount, parts)
    assert sum(found.values()) == amount
    whole = sum(parts.values())
    for name, value in found.items():
        assert abs(value - amount * parts[name] / whole) < Decimal("0.01")


@given(
    st.decimals("0.01", 10_000_000, places=2),
    st.lists(
        st.tuples(st.integers(1, 1_000_000), percent), max_size=4, unique_by=lambda one: one[0]
    ),
    percent,
)
def test_a_table_of_bands_shares_every_overspend_to_the_penny(amount, above, first):
    bands = [Band(Decimal(0), {"CCG": Decimal(first), "LBH": Decimal(100 - first)})]
    bands += [Band(Decimal(at), {"CCG": Decimal(p), "LBH": Decimal(100 - p)}) for at, p in above]
    found = overspend_borne(amount, rule=BANDS, contributions={}, bands=bands)
    assert sum(found.parts.values()) == amount


def test_bands_cut_an_overspend():
    bands = [
        Band(Decimal(0), {"CCG": Decimal(50), "LBH": Decimal(50)}),
        Band(Decimal(100_000), {"CCG": Decimal(80), "LBH": Decimal(20)}),
    ]
    found = overspend_borne(Decimal(150_000), rule=BANDS, contributions={}, bands=bands)
    assert found.parts == {"CCG": 90_000, "LBH": 60_000}


def test_an_underspend_goes_back_by_contributions_whatever_the_table():
    bands = [Band(Decimal(0), {"CCG": Decimal(100)})]
    parts = {"CCG": Decimal(208_000), "LBH": Decimal(79_000)}
    found = overspend_borne(Decimal(-287), rule=BANDS, contributions=parts, bands=bands)
    assert (found.rule, found.parts) == (CONTRIBUTIONS, {"CCG": -208, "LBH": -79})


def test_a_table_that_does_not_share_everything_is_said_to_be_wrong():
    assert "add up to 90%" in bands_wrong([Band(Decimal(0), {"CCG": Decimal(90)})])
    assert "the first pound" in bands_wrong([Band(Decimal(5), {"CCG": Decimal(100)})])
    assert overspend_borne(Decimal(1), rule=BANDS, contributions={}).why_not
    assert overspend_borne(Decimal(1), rule=OWN, contributions={"CCG": Decimal(1)}).parts == {}
    assert overspend_borne(Decimal(1), rule=CONTRIBUTIONS, contributions={}).why_not
