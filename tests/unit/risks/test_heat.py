"""The heat map and exposure over time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from risks.rules.exposure import Exposure, Life, exposures_at, in_registers
from risks.rules.heat import heat_map, moves
from risks.rules.scores import Lines

STEPS = st.tuples(st.integers(1, 5), st.integers(1, 5))


@given(st.dictionaries(STEPS, st.integers(1, 9)))
def test_every_risk_stands_on_one_square(counts):
    rows = heat_map(counts, likelihoods=5, impacts=5, lines=Lines())
    cells = [cell for row in rows for cell in row]
    assert sum(cell.count for cell in cells) == sum(counts.values())
    assert all(cell.score == cell.likelihood * cell.impact for cell in cells)


def test_the_highest_likelihood_stands_at_the_top():
    rows = heat_map({}, likelihoods=5, impacts=4, lines=Lines())
    assert [row[0].likelihood for row in rows] == [5, 4, 3, 2, 1]
    assert [cell.impact for cell in rows[0]] == [1, 2, 3, 4]


REFS = st.sampled_from(["PC1", "PC2", "IT1", "IT2", "IC1"])


SQUARES = st.none() | STEPS


@given(st.dictionaries(st.tuples(SQUARES, SQUARES), st.lists(REFS, min_size=1)))
def test_moves_hold_each_risk_that_stands_elsewhere_once(stood):
    elsewhere = [
        ref
        for (start, end), refs in stood.items()
        for ref in refs
        if start is not None and end is not None and start != end
    ]
    assert sorted(ref for one in moves(stood) for ref in one.risks) == sorted(elsewhere)


def test_exposure_counts_what_stood_open_with_the_score_it_had():
    lives = [
        Life("PC", date(2020, 1, 1), None, ((date(2020, 1, 1), 12), (date(2020, 2, 10), 20))),
        Life("P", date(2020, 1, 1), date(2020, 2, 1), ((date(2020, 1, 1), 15),)),
    ]
    days = [date(2020, 1, 31), date(2020, 2, 29)]
    january, february = exposures_at(lives, days=days, line=15)
    assert (january.risks, january.above, january.score) == (2, 1, 27)
    assert (february.risks, february.above, february.score) == (1, 1, 20)
    assert february.by_register == {"PC": 20}


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
LIVES = st.builds(
    Life,
    st.sampled_from(["PC", "IT"]),
    DAYS,
    st.none() | DAYS,
    st.lists(st.tuples(DAYS, st.none() | st.integers(1, 25))).map(
        lambda scores: tuple(sorted(scores, key=lambda one: one[0]))
    ),
    # One after another, as a risk is closed and reopened.
    st.lists(DAYS, max_size=4).map(
        lambda days: tuple(zip(sorted(days)[::2], sorted(days)[1::2], strict=False))
    ),
)


@given(st.lists(LIVES, max_size=6), st.lists(DAYS, max_size=4).map(sorted))
def test_exposure_on_a_day_is_that_of_each_risk_that_stands_then(lives, days):
    assert exposures_at(lives, days=days, line=15) == [_one_by_one(lives, day) for day in days]


def _one_by_one(lives, day):
    standing = [
        (life.register, ([0] + [score or 0 for since, score in life.scores if since <= day])[-1])
        for life in lives
        if life.begins <= day and (life.ends is None or life.ends > day)
        if not any(ended <= day < reopened for ended, reopened in life.closed)
    ]
    scores = [score for _, score in standing]
    by_register = {
        code: sum(score for register, score in standing if register == code) for code, _ in standing
    }
    return Exposure(
        day, len(standing), sum(score >= 15 for score in scores), sum(scores), by_register
    )


def test_a_risk_does_not_stand_while_it_was_closed_and_does_again_from_the_day_it_is_reopened():
    closed = ((date(2020, 1, 20), date(2020, 2, 5)),)
    life = Life("PC", date(2020, 1, 1), None, ((date(2020, 1, 1), 12),), closed)
    days = [date(2020, 1, 19), date(2020, 1, 20), date(2020, 2, 4), date(2020, 2, 5)]
    found = exposures_at([life], days=days, line=15)
    assert [(one.risks, one.score) for one in found] == [(1, 12), (0, 0), (0, 0), (1, 12)]


def test_a_risk_that_was_transferred_stood_in_the_register_that_it_left():
    left, moved = date(2020, 2, 10), date(2020, 1, 1)
    stood = in_registers("IC", [("PC", left)], begins=moved, ends=None)
    lives = [Life(code, since, until, ((moved, 12),)) for code, since, until in stood]
    before, after = exposures_at(lives, days=[date(2020, 2, 9), left], line=15)
    assert (before.risks, before.by_register) == (1, {"PC": 12})
    assert (after.risks, after.by_register) == (1, {"IC": 12})
