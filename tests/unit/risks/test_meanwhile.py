"""What a file changes, beside what was saved since it was written."""

from hypothesis import given
from hypothesis import strategies as st

from risks.rules.meanwhile import meanwhile

NAMES = ("title", "cause", "owner")
texts = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["a", "b", "c"])))


def test_what_the_file_alone_changed_wins_and_what_others_changed_stands():
    was = {"title": "a", "cause": "a", "owner": "a"}
    now = {"title": "a", "cause": "b", "owner": "b"}
    brought = {"title": "b", "cause": "a", "owner": "c"}
    found = meanwhile(was=was, now=now, brought=brought)
    assert (found.changed, found.conflicts) == ({"title"}, {"owner"})


@given(was=texts, now=texts, brought=texts)
def test_each_difference_is_the_files_the_others_or_a_conflict(was, now, brought):
    found = meanwhile(was=was, now=now, brought=brought)
    for name in NAMES:
        touched = {"file": was[name] != brought[name], "here": was[name] != now[name]}
        same = now[name] == brought[name]
        assert (name in found.changed) == (touched["file"] and not touched["here"])
        assert (name in found.conflicts) == (all(touched.values()) and not same)


@given(now=texts, brought=texts)
def test_where_nobody_knows_what_stood_before_every_difference_is_a_conflict(now, brought):
    found = meanwhile(was=None, now=now, brought=brought)
    assert not found.changed
    assert found.conflicts == {name for name in NAMES if now[name] != brought[name]}
