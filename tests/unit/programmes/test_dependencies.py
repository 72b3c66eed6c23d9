"""Dependencies by author's dates."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.workingdays import add_working_days
from programmes.rules.dependencies import Dated, Link, Network, days_between

MARCH = {day: date(2020, 3, day) for day in range(1, 32)}


def task(first: int, last: int, **more) -> Dated:
    return Dated(MARCH[first], MARCH[last], **more)


def milestone(day: int) -> Dated:
    return Dated(None, MARCH[day])


def judged(before: Dated, after: Dated, kind: str = "FS", lag: int = 0, holidays=frozenset()):
    link = Link("A", "B", kind, lag)
    return Network({"A": before, "B": after}, (link,), holidays).judge(link)


@pytest.mark.parametrize(
    ("before", "after", "kind", "lag", "slack"),
    [
        (task(2, 6), task(9, 13), "FS", 0, 0),
        (task(2, 6), task(6, 13), "FS", 0, -1),
        (task(2, 6), task(11, 13), "FS", 2, 0),
        (task(2, 6), task(5, 13), "FS", -2, 0),
        # A milestone may share the day it waits for, and a task the day of the milestone.
        (task(2, 6), milestone(6), "FS", 0, 0),
        (milestone(6), task(6, 13), "FS", 0, 0),
        (milestone(6), task(5, 13), "FS", 0, -1),
        (task(9, 13), task(10, 20), "SS", 0, 1),
        (task(9, 13), task(6, 20), "SS", 0, -1),
        (task(9, 20), task(2, 19), "FF", 0, -1),
        (task(9, 20), task(2, 9), "SF", 0, 0),
        # Only the week-end is missing, and it is missing.
        (milestone(9), milestone(8), "FS", 0, -1),
    ],
)
def test_dates_are_held_against_kind_and_lag(before, after, kind, lag, slack):
    assert judged(before, after, kind, lag).slack == slack


def test_lag_counts_working_days_of_the_places_calendar():
    monday_off = frozenset({MARCH[9]})
    assert judged(task(2, 6), task(9, 13), holidays=monday_off).earliest == MARCH[10]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Dated(None, None), task(2, 6)),
        (task(2, 6), Dated(None, None)),
        (task(9, 13, done=True), task(2, 6)),
        (task(9, 13), task(2, 6, done=True)),
    ],
)
def test_what_is_undated_or_done_is_not_judged(before, after):
    assert judged(before, after) is None


def test_a_circle_is_named_from_its_least_row_back_to_it():
    links = (Link("C", "A"), Link("A", "B"), Link("B", "C"), Link("C", "D"))
    assert Network({}, links).circles() == [["A", "B", "C", "A"]]


def test_the_row_with_least_slack_drives():
    rows = {"A": task(2, 6), "B": task(2, 10), "C": task(16, 20)}
    driving = Network(rows, (Link("A", "C"), Link("B", "C"))).driving()
    assert [one.link.before for one in driving["C"]] == ["B"]


def test_rows_without_slack_to_the_last_are_critical():
    rows = {"A": task(2, 6), "B": task(9, 13), "C": task(2, 4), "D": task(16, 20)}
    links = (Link("A", "B"), Link("B", "D"), Link("C", "D"))
    network = Network(
        rows, links, programme_of=dict.fromkeys(rows, "IT"), last_finish={"IT": MARCH[20]}
    )
    assert network.slacks() == {"D": 0, "B": 0, "A": 0, "C": 7}
    assert sorted(network.critical()) == ["A", "B", "D"]


def test_a_slip_pushes_what_waits_for_it_by_what_slack_leaves():
    rows = {"A": task(2, 6), "B": task(11, 13), "C": milestone(13)}
    network = Network(rows, (Link("A", "B"), Link("B", "C")))
    pushed = network.if_slips("A", 5)
    assert [(one.row, one.by, one.would_be, one.via) for one in pushed] == [
        ("B", 3, MARCH[18], "A"),
        ("C", 3, MARCH[18], "B"),
    ]
    assert network.if_slips("A", 2) == []


def test_what_was_owed_before_is_told_from_what_the_slip_adds():
    network = Network({"A": task(2, 13), "B": task(9, 10)}, (Link("A", "B"),))
    [pushed] = network.if_slips("A", 1)
    assert (pushed.by, pushed.owed) == (6, 5)


# --- Whatever the plan ----------------------------------------------------------------------
DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))
LENGTHS = st.none() | st.integers(0, 60)
NAMES = "ABCDEFGH"


@st.composite
def networks(draw, *, circles: bool):
    rows = {}
    for name in NAMES:
        finish, length = draw(DAYS), draw(LENGTHS)
        rows[name] = Dated(None if length is None else finish - timedelta(days=length), finish)
    links = []
    for before, after in draw(st.sets(st.tuples(*[st.sampled_from(NAMES)] * 2), max_size=12)):
        if before != after and (circles or before < after):
            kind = draw(st.sampled_from(["FS", "SS", "FF", "SF"]))
            links.append(Link(before, after, kind, draw(st.integers(-5, 5))))
    off = draw(st.sets(DAYS, max_size=5))
    return Network(rows, tuple(links), frozenset(off))


@given(networks(circles=False))
def test_links_that_run_one_way_make_no_circle(network):
    assert network.circles() == []


@given(networks(circles=True))
def test_every_circle_that_is_named_is_there(network):
    pairs = {link[:2] for link in network.links}
    for path in network.circles():
        assert path[0] == path[-1]
        assert set(pairwise(path)) <= pairs


@given(networks(circles=True), st.integers(0, 30))
def test_a_longer_slip_pushes_no_row_less(network, days):
    short = {one.row: one.by for one in network.if_slips("A", days)}
    long = {one.row: one.by for one in network.if_slips("A", days + 1)}
    assert all(long.get(row, 0) >= by for row, by in short.items())


@given(networks(circles=True))
def test_no_slip_pushes_nothing(network):
    assert network.if_slips("A", 0) == []


@given(networks(circles=False), st.integers(1, 30))
def test_when_all_that_is_pushed_has_moved_no_link_from_it_is_broken(network, days):
    moved = {one.row: one for one in network._pushed("A", days)}
    rows = dict(network.rows)
    for name, by in [("A", days), *((name, one.by) for name, one in moved.items())]:
        row = rows[name]
        rows[name] = replace(
            row,
            start=row.start and add_working_days(row.start, by, network.holidays),
            finish=add_working_days(row.finish, by, network.holidays),
        )
    after = replace(network, rows=rows)
    broken = {one.link for one in after.broken() if one.link.before in {"A", *moved}}
    assert broken == set()


@given(DAYS, DAYS)
def test_days_between_are_the_same_both_ways(first, last):
    assert days_between(first, last) == -days_between(last, first)
