from icp.common.batches import in_batches


def test_entries_are_taken_some_at_a_time_and_each_is_looked_at_once():
    looked_at = iter("abcde")
    assert [*in_batches(looked_at, 2)] == [["a", "b"], ["c", "d"], ["e"]]
    assert [*in_batches(looked_at, 2)] == []
