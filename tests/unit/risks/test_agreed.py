"""Inherent and target scores of a file agree with their likelihood and impact, or are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.rules.agreed import SCORES, Contradiction, agreed

WAS = {"inherent": 20, "inherent_likelihood": 4, "inherent_impact": 5}
steps = st.none() | st.integers(1, 5)


def said(**more):
    return agreed(WAS | more, was=WAS)


def test_of_score_and_steps_that_one_holds_which_the_file_changed():
    assert said(inherent_likelihood=2)["inherent"] == 10
    alone = said(inherent=12)
    assert (alone["inherent"], alone["inherent_likelihood"], alone["inherent_impact"]) == (
        12,
        None,
        None,
    )


def test_both_changed_to_what_does_not_agree_contradict():
    with pytest.raises(Contradiction) as found:
        said(inherent=12, inherent_likelihood=2)
    assert (found.value.name, found.value.product) == ("inherent", 10)
    with pytest.raises(Contradiction):
        agreed(WAS | {"inherent": 12}, was=None)


@given(st.none() | st.integers(1, 25), steps, steps, st.booleans())
def test_whatever_is_said_agrees_or_is_a_contradiction(score, likelihood, impact, new):
    values = {
        "inherent": score,
        "inherent_likelihood": likelihood,
        "inherent_impact": impact,
    }
    try:
        found = agreed(values, was=None if new else WAS)
    except Contradiction as problem:
        assert problem.name in SCORES
        assert score != likelihood * impact
        return
    one, other = found["inherent_likelihood"], found["inherent_impact"]
    assert None in (one, other) or found["inherent"] == one * other
