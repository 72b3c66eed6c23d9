"""The first draft of a narrative: what the figures say, in sentences."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from boards.rules.facts import Agreement
from boards.rules.narrative import first_draft
from tests.unit.boards.facts import DECEMBER, JANUARY, facts, row, said


def achieved(*rows, **more):
    return first_draft("achievements", facts(*rows, **more))


def ahead(*rows, **more):
    return first_draft("look-ahead", facts(*rows, **more))


def test_achievements_are_counted_told_by_programme_and_held_against_the_whole():
    done = (said("complete"),)
    found = achieved(
        row("1", said=done),
        row("2", said=done),
        row("3", programme="EST", kind="milestone", name="Lease signed.", said=done),
        row("4"),
    )
    assert found == (
        "In January 2020, 2 tasks and 1 milestone were first reported complete:"
        " 2 in IT Enabler and 1 in Estates Enabler.\n\n"
        "By 31 January 2020, 3 of 4 tasks and milestones were complete.\n\n"
        "Milestones among them: EST 3 Lease signed."
    )


def test_a_first_issue_tells_all_that_is_complete():
    found = achieved(row("1", ticked=True), row("2", ticked=True), first_issue=True)
    assert found == "By 31 January 2020, 2 tasks were complete: 2 in IT Enabler."


def test_what_came_late_is_named():
    late = said("complete", actual=date(2020, 1, 30))
    found = achieved(
        row("1", finish=date(2020, 1, 15), said=(late,)), row("2", said=(said("complete"),))
    )
    assert "1 of them finished after the agreed day: IT 1 Row 1." in found
    alone = achieved(row("1", finish=date(2020, 1, 15), said=(late,)))
    assert "It finished after the agreed day: IT 1 Row 1." in alone


def test_the_look_ahead_tells_what_falls_due_and_what_its_leads_call_off_track():
    found = ahead(
        row("1", kind="milestone", name="Network live", said=(said("amber"),)),
        row("2"),
        row("3", finish=date(2020, 6, 1)),
    )
    assert found == (
        "In February 2020, 1 task and 1 milestone fall due: 2 in IT Enabler.\n\n"
        "1 of them is red or amber: IT 1 Network live.\n\n"
        "Milestones among them: IT 1 Network live."
    )


def test_what_only_dates_propose_is_never_told_as_a_leads_word():
    assert "amber" not in ahead(row("1", said=(said(forecast=date(2020, 2, 20)),)))


def test_what_is_overdue_longest_comes_first_and_no_more_than_five_are_named():
    rows = [row(str(n), finish=date(2019, 12, 31 - n)) for n in range(1, 8)]
    assert ahead(*rows) == (
        "7 tasks are overdue and still open, since 24 December 2019 at the longest. The longest overdue:"
        " IT 7 Row 7; IT 6 Row 6; IT 5 Row 5; IT 4 Row 4; IT 3 Row 3; and 2 more."
    )


def exceptional(*rows, **more):
    return first_draft("exceptions", facts(*rows, **more)).split("\n\n")


def test_the_exceptions_tell_red_and_amber_and_each_of_the_kinds_that_there_is():
    late, later = date(2019, 11, 14), date(2019, 10, 14)
    board = {"board": "icb", "board_name": "Hackney ICB", "decision": "Extend the contract."}
    found = exceptional(
        row("1", finish=late, said=(said("red"),)),
        row("2", finish=later, programme="EST"),
        row("3", finish=date(2020, 8, 31), said=(said("amber", forecast=date(2020, 3, 31)),)),
        row("4", said=(said("green", **board),)),
        row("5", said=(said("green", need_to_know=True, note="Measles in two schools."),)),
    )
    assert found == [
        "2 tasks are red or amber: 2 in IT Enabler. Red: IT 1 Row 1.",
        "Late by more than the tolerance: 2 tasks, 1 in IT Enabler and 1 in Estates Enabler. The latest:"
        " EST 2 Row 2, 3 months 17 days beyond the agreed finish;"
        " IT 1 Row 1, 2 months 17 days beyond the agreed finish.",
        "Early by more than the tolerance: IT 3 Row 3, 5 months before the agreed finish.",
        "Hackney ICB is asked to decide on IT 4 Row 4: Extend the contract.",
        "The boards need to know of IT 5 Row 5: Measles in two schools.",
    ]


def test_fewer_reds_are_no_good_news_where_nothing_was_said_of_the_rest():
    told = exceptional(
        row("11", finish=date(2020, 10, 30), said=(said("red", reason="Late."),)),
        row("12", finish=date(2020, 10, 30), said=(said("red", period=DECEMBER),)),
        row("13", finish=date(2020, 10, 30), said=(said("amber", period=DECEMBER),)),
    )
    assert "1 task is red or amber: 1 in IT Enabler. Red: IT 11 Row 11." in told
    assert (
        "2 tasks that were red or amber when last reported have no colour now: 2 in IT Enabler."
        in told
    )


def test_many_slips_that_were_agreed_one_by_one_are_told_in_total():
    steps = tuple(
        Agreement(date(2019, month, 1), date(2020, finish, 28))
        for month, finish in ((6, 1), (8, 3), (10, 5))
    )
    [told] = exceptional(row("1", finish=date(2020, 5, 28), agreed=steps))
    assert told == (
        "Late by more than the tolerance: IT 1 Row 1,"
        " in total 4 months beyond the finish first agreed, 28 January 2020."
    )


def test_a_row_late_since_the_approved_finish_and_early_in_total_is_told_of_each_by_its_own_slip():
    steps = (Agreement(date(2019, 6, 1), date(2020, 12, 31)),)
    late, early = exceptional(
        row(
            "1",
            finish=date(2020, 2, 29),
            agreed=(*steps, Agreement(date(2019, 8, 1), date(2020, 2, 29))),
            said=(said(forecast=date(2020, 6, 30)),),
        )
    )
    assert late == (
        "Late by more than the tolerance: IT 1 Row 1, 4 months 1 day beyond the agreed finish."
    )
    assert early == (
        "Early by more than the tolerance: IT 1 Row 1,"
        " in total 6 months 1 day before the finish first agreed, 31 December 2020."
    )


def test_no_more_than_five_decisions_are_told_and_the_rest_counted():
    rows = [row(str(n), said=(said("green", board="icb", decision="Go"),)) for n in range(7)]
    *told, rest = exceptional(*rows)
    assert len(told) == 5
    assert rest == "And 2 more decisions."


def test_figures_that_say_nothing_give_no_draft():
    assert exceptional(row("1")) == [""]
    assert achieved(row("1")) == ""
    assert ahead(row("1", finish=None)) == ""
    assert (
        first_draft(
            "now-green", facts(row("1", said=(said("red", period=DECEMBER), said("green"))))
        )
        == ""
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["IT", "EST"]),
            st.sampled_from(["task", "milestone", "summary"]),
            st.none() | st.dates(date(2019, 6, 1), date(2020, 8, 31)),
            st.sampled_from([None, "red", "amber", "green", "complete"]),
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_every_draft_is_whole_sentences_and_counts_no_heading(found, first_issue):
    rows = [
        row(str(n), programme=code, kind=kind, finish=finish, said=(said(rag),) if rag else ())
        for n, (code, kind, finish, rag) in enumerate(found)
    ]
    for kind in ("achievements", "look-ahead", "exceptions"):
        draft = first_draft(kind, facts(*rows, first_issue=first_issue, period=JANUARY))
        for paragraph in draft.split("\n\n") if draft else []:
            assert paragraph[0].isupper() or paragraph[0].isdigit()
            assert paragraph.endswith(".")
            assert not paragraph.endswith("..")
        summaries = [one.name for one in rows if one.is_summary]
        assert not any(f" {name};" in draft or f" {name}." in draft for name in summaries)
