"""What change control agreed, in the exception report: rows that came and went, slip in total and since last time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from boards.rules import agreed, exceptions
from boards.rules.content import build
from boards.rules.facts import AgreedChange, Agreement
from icp.common.months import add_months
from tests.unit.boards.facts import DECEMBER, facts, row, said

MID_JANUARY, AUTUMN = date(2020, 1, 15), date(2019, 10, 1)


def change(kind, found=None, **more):
    given = {
        "row": found or row("11"),
        "reference": "CR 3",
        "title": "Move the parts",
        "why": "They come in winter.",
        "agreed_on": MID_JANUARY,
    }
    return AgreedChange(kind=kind, **(given | more))


def report(*rows, **more):
    content = build("exceptions", facts(*rows, **more))
    return {section["heading"]: section for section in content["sections"]}


def agreements(*finishes, on=AUTUMN):
    return tuple(Agreement(on, finish) for finish in finishes)


def test_a_row_that_was_agreed_to_come_is_new_with_why():
    (shown,) = report(row("11"), changes=(change(agreed.ADDED),))[exceptions.NEW]["rows"]
    assert shown["because"] == "Agreed on 15 January 2020 as CR 3"
    assert shown["what"] == "Move the parts. They come in winter."


def test_a_row_that_was_agreed_to_go_is_told_though_it_is_in_the_plan_no_more():
    (shown,) = report(changes=(change(agreed.REMOVED, row("12")),))[exceptions.REMOVED]["rows"]
    assert (shown["plan_id"], shown["programme"]) == ("12", "IT")


def test_a_restored_row_stands_among_the_new_ones():
    (shown,) = report(row("11"), changes=(change(agreed.RESTORED),))[exceptions.NEW]["rows"]
    assert shown["because"] == "Restored on 15 January 2020 as CR 3"


def test_what_another_month_agreed_is_not_told_again():
    other = change(agreed.ADDED, agreed_on=date(2020, 2, 1))
    section = report(row("11"), changes=(other,))[exceptions.NEW]
    assert (section["rows"], section["note"]) == ([], exceptions.BY_CHANGE_CONTROL)


def test_many_slips_within_the_tolerance_are_one_beyond_it():
    first, approved = date(2019, 11, 29), date(2020, 2, 28)
    moved = row(
        "11",
        finish=approved,
        agreed=agreements(first, date(2020, 1, 31), approved),
    )
    (shown,) = report(moved)[exceptions.LATE]["rows"]
    assert shown["because"] == (
        "Expected on the agreed finish, 28 February 2020; the tolerance is 2 months;"
        " in total 2 months 30 days beyond the finish first agreed, 29 November 2019;"
        " as at the last report"
    )


@given(st.lists(st.integers(1, 2), min_size=1, max_size=8))
def test_however_a_slip_is_cut_into_agreed_pieces_its_total_shows(pieces):
    first = date(2020, 3, 31)
    finishes = [first]
    for months in pieces:
        finishes.append(add_months(finishes[-1], months))
    found = row("11", finish=finishes[-1], agreed=agreements(*finishes))
    beyond = finishes[-1] > add_months(first, 2)
    assert exceptions.is_late(found, facts(found)) == beyond


def test_a_row_that_was_brought_forward_in_total_is_early():
    brought = row(
        "11", finish=date(2020, 3, 31), agreed=agreements(date(2020, 8, 31), date(2020, 3, 31))
    )
    assert [r["plan_id"] for r in report(brought)[exceptions.EARLY]["rows"]] == ["11"]


def test_it_says_how_far_a_row_moved_since_the_last_report():
    slipped = row(
        "11",
        finish=date(2019, 11, 29),
        agreed=agreements(date(2019, 11, 29)),
        said=(
            said("red", period=DECEMBER, forecast=date(2020, 2, 28)),
            said("red", forecast=date(2020, 4, 30)),
        ),
    )
    (shown,) = report(slipped)[exceptions.LATE]["rows"]
    assert shown["because"].endswith("; 2 months 2 days later than at the last report")
    (first,) = report(slipped, first_issue=True)[exceptions.LATE]["rows"]
    assert "last report" not in first["because"]


def test_what_was_agreed_this_month_moves_the_row_since_the_last_report():
    found = row(
        "11",
        finish=date(2020, 6, 30),
        agreed=(Agreement(AUTUMN, date(2020, 3, 31)), Agreement(MID_JANUARY, date(2020, 6, 30))),
    )
    assert agreed.since_words(found, facts(found)) == "3 months later than at the last report"


def test_the_narrative_begins_with_what_was_agreed():
    moved = change(agreed.REDATED, old_finish=date(2020, 10, 30), new_finish=date(2020, 12, 18))
    gone = change(agreed.REMOVED, row("12"))
    assert agreed.narrative(facts(row("11"), changes=(moved, gone))) == (
        "Agreed by change control in January 2020:\n\n"
        "CR 3, 15 January 2020: Move the parts. IT 11 from 30 Oct 2020 to 18 Dec 2020; IT 12 removed."
    )
    assert agreed.narrative(facts(row("11"))) == ""


def test_a_request_for_very_many_rows_and_a_month_of_very_many_requests_leave_a_draft_that_can_be_saved():
    moved = [
        change(agreed.REDATED, row(str(n)), new_finish=date(2020, 12, 18), reference=f"CR {n % 30}")
        for n in range(600)
    ]
    told = agreed.narrative(facts(changes=tuple(moved)))
    assert told.count("; and 15 more.") == agreed.REQUESTS
    assert told.endswith("And 10 more requests.")
    assert len(told) < 20_000


def test_where_only_the_start_moved_the_start_is_named():
    finish = date(2020, 12, 18)
    same = change(
        agreed.REDATED,
        old_finish=finish,
        new_finish=finish,
        old_start=date(2020, 1, 31),
        new_start=date(2020, 3, 2),
    )
    assert agreed.narrative(facts(changes=(same,))).endswith(
        "IT 11 start from 31 Jan 2020 to 2 Mar 2020."
    )


def test_to_agree_that_a_finish_is_to_be_confirmed_hides_no_slip():
    first = date(2019, 9, 30)
    late = row("11", finish=None, finish_tbc=True, agreed=agreements(first, None))
    (shown,) = report(late)[exceptions.LATE]["rows"]
    assert shown["because"].startswith(
        "Not complete 4 months 1 day beyond the finish first agreed, 30 September 2019; the tolerance is 2 months"
    )
    assert "agreed to be confirmed since" in shown["because"]
    assert shown["late_in_total_by_days"] == (date(2020, 1, 31) - first).days
    near = row("12", finish=None, finish_tbc=True, agreed=agreements(date(2020, 1, 15), None))
    assert report(near)[exceptions.LATE]["rows"] == []
