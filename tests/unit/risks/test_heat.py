"""The heat map and exposure over time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from risks.rules.exposure import Life, exposure_at
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


@given(st.dictionaries(REFS, STEPS), st.dictionaries(REFS, STEPS))
def test_moves_hold_each_risk_that_stands_elsewhere_once(before, after):
    found = moves(before, after)
    keys = [key for one in found for key in one.risks]
    assert sorted(keys) == sorted(k for k in before.keys() & after.keys() if before[k] != after[k])


def test_exposure_counts_what_stood_open_with_the_score_it_had():
    lives = [
        Life("PC", date(2020, 1, 1), None, ((date(2020, 1, 1), 12), (date(2020, 2, 10), 20))),
        Life("P", date(2020, 1, 1), date(2020, 2, 1), ((date(2020, 1, 1), 15),)),
    ]
    january = exposure_at(lives, day=date(2020, 1, 31), line=15)
    february = exposure_at(lives, day=date(2020, 2, 29), line=15)
    assert (january.risks, january.above, january.score) == (2, 1, 27)
    assert (february.risks, february.above, february.score) == (1, 1, 20)
    assert february.by_register == {"PC": 20}
