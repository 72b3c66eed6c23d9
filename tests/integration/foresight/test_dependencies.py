"""What dependencies warn of: in the list, on the plan, on a row's page; and what a slip would push."""

from datetime import UTC, date, datetime

import pytest

from programmes.models import Dependency, PlanItem
from tests.factories import PlanItemFactory, ProgrammeFactory
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(standing):
    """It is 14 February 2020. EST 1 runs to 13 March, IT 21 from 9 to 20 March, IT 22 is a milestone of 20 March."""
    world = make_world()
    world.est = row(world.other, "1", date(2020, 2, 3), date(2020, 3, 13))
    world.it = row(world.programme, "21", date(2020, 3, 9), date(2020, 3, 20))
    world.end = row(world.programme, "22", None, date(2020, 3, 20), kind="milestone")
    return world


def row(programme, number, start, finish, **more):
    return PlanItemFactory(
        programme=programme,
        plan_id=number,
        position=int(number) + 20,
        start=start,
        finish=finish,
        **more,
    )


def waits(after, before=None, **more):
    return Dependency.objects.create(successor=after, predecessor=before, **more)


def listed(world, query="", user=None):
    found = world.client(user or world.lead).get(
        f"/places/{world.place.slug}/dependency-warnings/?{query}"
    )
    return [(one.concern.value, one.reference, one.words) for one in found.context["page_obj"]]


def test_a_broken_dependency_is_told_with_both_dates(world):
    waits(world.it, world.est)
    assert (
        "broken",
        "IT 21",
        "Starts on 9 Mar 2020, but waits for EST 1 to finish on 13 Mar 2020, so it may start on"
        " 16 Mar 2020 at the earliest: 5 working days too early.",
    ) in listed(world)


def test_bank_holidays_count_by_the_places_own_calendar(world):
    """Good Friday and Easter Monday of 2020 are 10 and 13 April."""
    early = row(world.other, "2", date(2020, 4, 1), date(2020, 4, 9))
    waits(row(world.programme, "23", date(2020, 4, 10), date(2020, 4, 30)), early)
    assert not listed(world, "concern=broken")
    world.place.holidays = "england"
    world.place.save()
    [(_, _, words)] = listed(world, "concern=broken")
    assert "14 Apr 2020 at the earliest" in words


def test_an_overdue_row_is_reckoned_with_for_today(world):
    late = row(world.other, "2", date(2020, 1, 6), date(2020, 1, 31))
    waits(row(world.programme, "23", date(2020, 2, 10), date(2020, 2, 28)), late)
    [(_, _, words)] = listed(world, "concern=broken")
    assert "EST 2 to finish on 14 Feb 2020 (overdue, so today at the earliest)" in words


def test_a_circle_is_named(world):
    waits(world.it, world.est)
    waits(world.est, world.it)
    assert [words for _, _, words in listed(world, "concern=circular")] == [
        "Waits in a circle: EST 1, IT 21, EST 1. No dates can satisfy it."
    ] * 2


def test_something_outside_without_a_day_cannot_be_checked(world):
    waits(world.it, outside="The national standard", outside_date=None)
    assert listed(world) == [
        (
            "undated",
            "IT 21",
            "Waits for “The national standard”, which has no date: it cannot be checked.",
        )
    ]


def test_a_promise_from_outside_is_held_against_the_dates(world):
    waits(
        world.it,
        outside="The contract",
        outside_programme=ProgrammeFactory(place=world.place, name="NEL 2021", in_scope=False),
        outside_date=date(2020, 4, 1),
    )
    [(_, _, words)] = listed(world, "concern=broken")
    assert "waits for “The contract (NEL 2021)”, promised for 1 Apr 2020" in words


def test_a_row_that_waits_for_a_removed_one_is_told(world):
    waits(world.it, world.est)
    PlanItem.objects.filter(pk=world.est.pk).update(removed_at=datetime(2020, 2, 14, tzinfo=UTC))
    assert [(kind, row) for kind, row, _ in listed(world)] == [("removed", "IT 21")]


def test_the_list_is_filtered_and_downloaded(world):
    waits(world.it, world.est)
    waits(world.end, world.it)
    assert listed(world, "programme=EST&concern=broken") == []
    answer = world.client(world.lead).get(
        f"/places/{world.place.slug}/dependency-warnings.csv?concern=broken"
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("IT 21,IT Enabler,Row 21,Broken")


def test_an_unknown_filter_is_said_and_shows_nothing(world):
    waits(world.it, world.est)
    assert listed(world, "concern=nonsense") == []


def test_the_plan_and_the_rows_page_say_it_too(world):
    waits(world.it, world.est)
    client = world.client(world.lead)
    plan = client.get(f"/places/{world.place.slug}/programmes/IT/").content.decode()
    page = client.get(f"/places/{world.place.slug}/rows/IT/21/").content.decode()
    assert "Broken: Starts on 9 Mar 2020" in plan
    assert "<strong>Broken: its dates contradict it.</strong> Starts on 9 Mar 2020" in page


def slip(world, query):
    return world.client(world.lead).get(f"/places/{world.place.slug}/rows/EST/1/?{query}#what-if")


def test_what_a_slip_would_push_is_shown_and_nothing_is_changed(world):
    later = row(world.programme, "23", date(2020, 3, 16), date(2020, 3, 27))
    waits(later, world.est)
    waits(row(world.programme, "24", None, date(2020, 3, 27), kind="milestone"), later)
    found = slip(world, "slip=2&unit=weeks")
    assert [(one.reference, one.by, one.would_be) for one in found.context["pushed"]] == [
        ("IT 23", "10 working days", "10 Apr 2020"),
        ("IT 24", "10 working days", "10 Apr 2020"),
    ]
    assert "A slip of 2 weeks would push 2 rows. Nothing is changed." in found.content.decode()
    later.refresh_from_db()
    assert later.finish == date(2020, 3, 27)


def test_a_slip_that_slack_takes_up_pushes_nothing(world):
    waits(row(world.programme, "23", date(2020, 3, 30), date(2020, 4, 10)), world.est)
    assert "would push nothing" in slip(world, "slip=3&unit=days").content.decode()


@pytest.mark.parametrize(
    "query", ["slip=", "slip=99999999999&unit=days", "slip=x&unit=y", "slip=-1"]
)
def test_a_slip_that_cannot_be_read_is_said_at_its_box(world, query):
    waits(world.it, world.est)
    found = slip(world, query)
    assert found.status_code == 200
    assert found.context["slip_form"].errors


def test_another_places_dependencies_are_not_shown(world):
    waits(world.it, world.est)
    elsewhere = make_world("elsewhere")
    assert listed(elsewhere) == []
