"""Achievements: what was first reported complete in the period."""

from datetime import date

import pytest

from boards.rules.content import build
from boards.rules.exceptions import LATE
from tests.unit.boards.facts import DECEMBER, JANUARY, NOVEMBER, facts, ids, row, said


def achieved(*rows, **more):
    (section,) = build("achievements", facts(*rows, **more))["sections"]
    return ids(section)


@pytest.mark.parametrize("finish", [date(2019, 3, 1), date(2020, 1, 31), date(2021, 1, 1), None])
def test_a_row_reported_complete_in_the_period_counts_whatever_its_finish(finish):
    assert achieved(row(finish=finish, said=(said("complete"),))) == ["11"]


def test_a_row_reported_complete_before_is_not_achieved_again():
    again = (said("complete", period=DECEMBER), said("complete"))
    assert achieved(row(said=again)) == []


def test_a_row_that_was_reopened_and_completed_again_was_achieved_the_first_time():
    story = (
        said("complete", period=NOVEMBER),
        said("red", period=DECEMBER),
        said("complete"),
    )
    assert achieved(row(said=story)) == []


def test_a_tick_counts_in_the_period_whose_import_brought_it():
    assert achieved(row(ticked=True, ticked_on=JANUARY.ends_on)) == ["11"]
    assert achieved(row(ticked=True, ticked_on=DECEMBER.ends_on)) == []


def test_a_tick_from_before_the_first_period_counts_in_the_first_issue_only():
    assert achieved(row(ticked=True), first_issue=True) == ["11"]
    assert achieved(row(ticked=True)) == []


def test_a_leads_complete_on_a_row_ticked_long_ago_is_nothing_new():
    assert achieved(row(ticked=True, said=(said("complete"),))) == []


def test_a_ticked_row_that_its_lead_calls_red_is_not_achieved():
    assert achieved(row(ticked=True, said=(said("red"),)), first_issue=True) == []


def test_a_summary_is_a_heading_and_never_achieved():
    assert achieved(row(kind="summary", ticked=True), first_issue=True) == []


@pytest.mark.parametrize("ticked_on", [None, DECEMBER.ends_on])
def test_a_tick_that_its_lead_contradicted_does_not_hide_when_it_was_complete(ticked_on):
    story = (said("amber", period=DECEMBER), said("complete", actual=date(2020, 1, 10)))
    late = row(finish=date(2019, 10, 1), ticked=True, ticked_on=ticked_on, said=story)
    assert achieved(late) == ["11"]
    (section,) = (
        one for one in build("exceptions", facts(late))["sections"] if one["heading"] == LATE
    )
    assert ids(section) == ["11"]


def test_a_tick_counts_from_its_own_period_where_its_lead_was_silent_until_then():
    story = (said("complete"),)
    assert achieved(row(ticked=True, ticked_on=DECEMBER.ends_on, said=story)) == []
    assert achieved(row(ticked=True, said=story)) == []
