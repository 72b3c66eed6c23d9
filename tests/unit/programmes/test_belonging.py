"""From when until when somebody belonged."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.belonging import Held, Span, spans

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


def day(number):
    return BEGAN + timedelta(days=number)


def test_somebody_belongs_from_what_they_were_given_until_it_was_taken():
    role = ("role", 1)
    told = spans([Held(role, day(1), 7), Held(role, day(5), None)])
    assert told == {7: [Span(day(1), day(5))]}
    assert told[7][0].holds(day(1))
    assert not told[7][0].holds(day(5))


def test_what_overlaps_is_one_span_and_a_gap_makes_two():
    told = spans(
        [
            Held(("role", 1), day(1), 7),
            Held(("role", 1), day(5), None),
            Held(("seat", 2), day(3), 7),
            Held(("seat", 2), day(8), None),
            Held(("seat", 3), day(10), 7),
        ]
    )
    assert told == {7: [Span(day(1), day(8)), Span(day(10))]}


def test_a_post_that_changes_hands_ends_one_span_and_begins_another():
    post = ("post", 1)
    told = spans([Held(post, day(1), 7), Held(post, day(2), 8), Held(post, day(4), None)])
    assert told == {7: [Span(day(1), day(2))], 8: [Span(day(2), day(4))]}


HISTORIES = st.lists(
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from([None, 7, 8])), max_size=5), max_size=4
)


@given(HISTORIES, st.integers(0, 21))
def test_the_spans_hold_a_moment_exactly_if_something_was_held_then(things, number):
    moment = day(number)
    history = [
        Held(("thing", index), day(when), who)
        for index, changes in enumerate(things)
        for when, who in sorted(changes, key=lambda one: one[0])
    ]
    told = spans(history)
    for person in (7, 8):
        holds = []
        for index in range(len(things)):
            so_far = [one for one in history if one.thing[1] == index and one.at <= moment]
            holds.append(bool(so_far) and so_far[-1].person == person)
        assert any(span.holds(moment) for span in told.get(person, [])) == any(holds)


@given(HISTORIES)
def test_spans_are_in_order_and_never_touch(things):
    history = [
        Held(("thing", index), day(when), who)
        for index, changes in enumerate(things)
        for when, who in sorted(changes, key=lambda one: one[0])
    ]
    for each in spans(history).values():
        for one, after in pairwise(each):
            assert one.until is not None
            assert one.since < one.until < after.since
