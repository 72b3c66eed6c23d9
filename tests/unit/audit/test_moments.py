"""Moments as people and programs write them."""

from datetime import UTC, datetime

import pytest

from icp.audit.moments import NotAMoment, read_moment

NOW = datetime(2020, 7, 10, 9, 30, tzinfo=UTC)  # 10:30 in the United Kingdom.


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-02-03T14:00", datetime(2020, 2, 3, 14, tzinfo=UTC)),
        ("2020-02-03 14:00:30", datetime(2020, 2, 3, 14, 0, 30, tzinfo=UTC)),
        ("2020-02-03T14:00Z", datetime(2020, 2, 3, 14, tzinfo=UTC)),
        ("2020-02-03T14:00+02:00", datetime(2020, 2, 3, 12, tzinfo=UTC)),
        ("2020-02-03T14:00 02:00", datetime(2020, 2, 3, 12, tzinfo=UTC)),
        ("3 February 2020 14:00", datetime(2020, 2, 3, 14, tzinfo=UTC)),
        ("3/2/2020, at 9:05", datetime(2020, 2, 3, 9, 5, tzinfo=UTC)),
        ("2020-07-01T00:30", datetime(2020, 6, 30, 23, 30, tzinfo=UTC)),
        ("2020-07-10T10:30", NOW),
    ],
)
def test_a_moment_is_by_clocks_in_the_united_kingdom_unless_it_names_a_zone(text, moment):
    assert read_moment(text, now=NOW) == moment


@pytest.mark.parametrize("text", ["2020-02-03", "3/2/2020", "3 Feb 2020"])
def test_a_day_is_read_at_its_end(text):
    found = read_moment(text, now=NOW)
    assert found.isoformat() == "2020-02-03T23:59:59.999999+00:00"


def test_today_is_read_as_now():
    assert read_moment("2020-07-10", now=NOW) == NOW


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("soon", "“soon” is not a moment: write it like"),
        ("", "is not a moment"),
        ("3/2/2020 25:00", "is not a moment"),
        ("30/2/2020", "is not a moment"),
        ("0001-01-01T00:00", "check the year"),
        ("9999-12-31T23:59", "check the year"),
        ("2020-07-10T10:31", "has not come yet: the portal's clock stands at 10 July 2020, 10:30."),
        ("2020-07-11", "has not come yet"),
        ("x" * 1_000_000, "is not a moment"),
        ("2020-02-03T14:00\u202e", "is not a moment"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text, words):
    with pytest.raises(NotAMoment, match=words.replace(".", r"\.")):
        read_moment(text, now=NOW)
