"""The date: asked for once in a request, and by every call outside one."""

from datetime import date

import pytest

from icp.common import clock
from icp.common.models import DemoClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def february():
    DemoClock.objects.create(today=date(2020, 2, 14))


def test_a_request_keeps_the_date_it_began_with(django_assert_num_queries):
    with clock.one_date(), django_assert_num_queries(1):
        assert clock.today() == date(2020, 2, 14)
        assert clock.now().date() == date(2020, 2, 14)


def test_outside_a_request_every_call_asks():
    assert clock.today() == date(2020, 2, 14)
    DemoClock.objects.update(today=date(2020, 3, 2))
    assert clock.today() == date(2020, 3, 2)


def test_the_next_request_asks_again():
    with clock.one_date():
        clock.today()
    DemoClock.objects.update(today=date(2020, 3, 2))
    with clock.one_date():
        assert clock.today() == date(2020, 3, 2)


def test_the_request_that_moves_the_clock_sees_it_moved():
    with clock.one_date():
        clock.today()
        clock.move_demo_clock(to=date(2020, 3, 2))
        assert clock.today() == date(2020, 3, 2)
