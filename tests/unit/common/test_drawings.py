"""Where the labels of a drawing stand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from icp.common.drawings import pushed_apart


@given(st.lists(st.floats(0, 320), max_size=20))
def test_labels_neither_touch_nor_stand_below_the_drawing(wanted):
    places = pushed_apart(sorted(wanted), apart=15, last=324)
    assert len(places) == len(wanted)
    assert all(second - first >= 15 - 1e-9 for first, second in pairwise(places))
    assert all(place <= 324 for place in places)


def test_labels_with_room_stand_where_they_want_and_others_as_near_as_they_can():
    assert pushed_apart([10, 20, 100], apart=15, last=324) == [10, 25, 100]
    assert pushed_apart([320, 320, 320], apart=15, last=324) == [294, 309, 324]
