"""What a status lacks before its return may be submitted."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.rag import OFF_TRACK, Rag
from programmes.rules.submission import StatusFacts, missing_from

TODAY = date(2020, 2, 14)


def lacks(status, proposed=None):
    return [wanted.field for wanted in missing_from(status, proposed=proposed, today=TODAY)]


def test_red_needs_a_reason_and_a_get_to_green():
    assert lacks(StatusFacts(rag=Rag.RED)) == ["reason", "get_to_green"]


def test_spaces_are_not_a_reason():
    assert lacks(StatusFacts(rag=Rag.AMBER, reason="  ", get_to_green="\n")) == [
        "reason",
        "get_to_green",
    ]


def test_green_where_the_dates_propose_red_says_why():
    assert lacks(StatusFacts(rag=Rag.GREEN), proposed=Rag.RED) == ["reason"]
    assert lacks(StatusFacts(rag=Rag.GREEN, reason="Agreed verbally."), proposed=Rag.RED) == []


def test_green_where_the_dates_propose_green_needs_nothing():
    assert lacks(StatusFacts(rag=Rag.GREEN), proposed=Rag.GREEN) == []


def test_a_status_without_a_rag_is_not_whole():
    assert lacks(StatusFacts(rag=None, percent_complete=40)) == ["rag"]


def test_complete_says_when_and_not_in_the_future():
    assert lacks(StatusFacts(rag=Rag.COMPLETE)) == ["actual_finish"]
    assert lacks(StatusFacts(rag=Rag.COMPLETE, actual_finish=date(2020, 2, 15))) == [
        "actual_finish"
    ]
    assert lacks(StatusFacts(rag=Rag.COMPLETE, actual_finish=TODAY)) == []


def test_an_actual_finish_on_a_green_row_is_a_contradiction():
    assert lacks(StatusFacts(rag=Rag.GREEN, actual_finish=date(2020, 2, 1))) == ["actual_finish"]


def test_a_decision_says_what_and_a_need_to_know_says_what():
    asked = StatusFacts(rag=Rag.GREEN, decision_from="AOG", need_to_know=True)
    assert lacks(asked) == ["decision_needed", "need_to_know_note"]


@given(
    rag=st.sampled_from(OFF_TRACK),
    proposed=st.none() | st.sampled_from(list(Rag)),
    reason=st.text(),
    plan=st.text(),
)
def test_red_and_amber_never_pass_without_both_texts(rag, proposed, reason, plan):
    wanted = lacks(StatusFacts(rag=rag, reason=reason, get_to_green=plan), proposed)
    assert ("reason" in wanted) == (not reason.strip())
    assert ("get_to_green" in wanted) == (not plan.strip())
