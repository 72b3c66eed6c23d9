"""The first draft of a narrative: what the figures say, in sentences."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

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


def test_figures_that_say_nothing_give_no_draft():
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
    for kind in ("achievements", "look-ahead"):
        draft = first_draft(kind, facts(*rows, first_issue=first_issue, period=JANUARY))
        for paragraph in draft.split("\n\n") if draft else []:
            assert paragraph[0].isupper() or paragraph[0].isdigit()
            assert paragraph.endswith(".")
            assert not paragraph.endswith("..")
        summaries = [one.name for one in rows if one.is_summary]
        assert not any(f" {name};" in draft or f" {name}." in draft for name in summaries)
