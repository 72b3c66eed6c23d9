"""When a risk goes to the boards, why, and what is flagged of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from risks.rules.escalation import OpenGround, Step, because, step
from risks.rules.flags import Action, Facts, Flag, flags

SCORES = st.none() | st.integers(1, 25)
MARCH = date(2020, 3, 12)


@given(SCORES, st.booleans(), st.booleans())
def test_no_score_ends_an_escalation_by_itself(score, escalated, proposed):
    found = step(score=score, line=15, escalated=escalated, proposed=proposed)
    assert found in (Step.NOTHING, Step.ESCALATE, Step.PROPOSE_END, Step.TAKE_PROPOSAL_BACK)
    if found == Step.ESCALATE:
        assert not escalated
        assert score is not None
        assert score >= 15


def test_fifteen_crosses_the_line_and_fourteen_does_not():
    assert step(score=15, line=15, escalated=False, proposed=False) == Step.ESCALATE
    assert step(score=14, line=15, escalated=False, proposed=False) == Step.NOTHING


def test_falling_below_proposes_and_rising_again_takes_that_back():
    assert step(score=14, line=15, escalated=True, proposed=False) == Step.PROPOSE_END
    assert step(score=14, line=15, escalated=True, proposed=True) == Step.NOTHING
    assert step(score=15, line=15, escalated=True, proposed=True) == Step.TAKE_PROPOSAL_BACK


def test_what_was_decided_of_this_score_is_not_proposed_again():
    kept = step(score=14, line=15, escalated=True, proposed=False, decided=True)
    assert kept == Step.NOTHING


def test_why_is_said_in_words():
    by_score = [OpenGround("score")]
    asked = [OpenGround("board", "AOG"), OpenGround("need to know", words="An outbreak.")]
    assert because(by_score, score=16, line=15) == "residual score 16 is 15 or more"
    assert because(asked, score=10, line=15) == "asked for by AOG; need to know: An outbreak."
    assert because(by_score, score=9, line=15) == (
        "residual score was 15 or more; the residual score is 9 now, and its de-escalation waits for a decision"
    )
    assert because([], score=25, line=15) is None


def test_a_risk_that_is_looked_after_has_no_flags():
    done = Facts(current=16, printed="16", actions=[Action(MARCH, False)], review_on=MARCH)
    assert flags(done, as_at=MARCH) == []


def test_everything_that_is_missing_is_flagged():
    found = flags(
        Facts(
            current=16,
            printed="20",
            has_owner=False,
            actions=[Action(date(2020, 3, 11), False)],
            review_on=date(2020, 3, 11),
        ),
        as_at=MARCH,
    )
    assert found == [Flag.PRINTED, Flag.NO_OWNER, Flag.MITIGATION_OVERDUE, Flag.REVIEW_OVERDUE]
    assert flags(Facts(current=None), as_at=MARCH) == [Flag.NO_MITIGATION, Flag.NO_SCORE]


def test_a_mitigation_that_is_done_is_never_overdue():
    assert flags(Facts(current=4, actions=[Action(date(2019, 1, 1), True)]), as_at=MARCH) == []
