"""Financial years begin in April."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.rules.years import FinanceMonthKey, month_of, read_year, year_name, year_slug

days = st.dates(date(2001, 1, 1), date(2098, 12, 31))


@given(days)
def test_a_month_holds_its_day_and_follows_the_one_before(day):
    found = month_of(day)
    assert found.starts_on <= day <= found.ends_on
    assert found.after.starts_on == found.ends_on + timedelta(days=1)
    assert found.after.before in (found, None)


@given(st.integers(2000, 2098))
def test_a_year_is_read_as_it_is_written(start):
    assert read_year(year_name(start)) == read_year(year_slug(start)) == start


@pytest.mark.parametrize("text", ["2019", "2019/21", "19/20", "", "2019/2020"])
def test_what_is_no_year_is_refused(text):
    with pytest.raises(ValueError, match="2019/20"):
        read_year(text)


def test_month_ten_is_january():
    assert month_of(date(2020, 1, 31)) == FinanceMonthKey(2019, 10)
    assert FinanceMonthKey(2019, 10).name == "Month 10, January 2020"
    assert FinanceMonthKey(2019, 1).before is None
