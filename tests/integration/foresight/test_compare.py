"""Two states of a plan: what the database finds is what the rule says, and each page tells it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icp.common.models import DemoClock
from programmes.models import PlanItem
from programmes.rules.compare import ChangeOf, RowState, compare
from programmes.selectors.compare import ComparedPages, Comparison
from programmes.selectors.compare_sql import AGREED, EXPECTED
from programmes.selectors.points import Point
from programmes.services.baselines import agree_baseline
from tests.factories import PlanItemFactory, PostFactory, ProgrammeFactory, StatusFactory
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db

NOW = Point("now", "Now")
FIRST = Point("baseline-1", "The first plan", baseline=1)
MAY, JUNE = date(2020, 5, 29), date(2020, 6, 30)


def on(day: date) -> None:
    DemoClock.objects.update(today=day)


def at(day: int) -> Point:
    moment = datetime(2020, 2, day, 23, 59, 59, 999999, tzinfo=UTC)
    return Point(moment.isoformat(), "then", at=moment)


def compared(world, before: Point, after: Point = NOW, **more) -> dict[str, list[str]]:
    asked = Comparison((world.programme.pk, world.other.pk), before, after, **more)
    return {row.reference: [*row.change.kinds] for row in asked.rows()}


def change_everything(world) -> None:
    """On 20 February: row 11 is renamed and re-owned, 12 goes, 13 moves under 11, 14 is re-dated, 15 comes."""
    on(date(2020, 2, 20))
    rows = PlanItem.objects.filter(programme=world.programme)
    post = PostFactory(place=world.place, title="Head of lines")
    rows.filter(plan_id="11").update(name="Otherwise", owner=post)
    rows.filter(plan_id="12").update(removed_at=datetime(2020, 2, 20, tzinfo=UTC))
    rows.filter(plan_id="13").update(parent=world.items[0])
    rows.filter(plan_id="14").update(baseline_finish=JUNE, finish=JUNE)
    PlanItemFactory(programme=world.programme, plan_id="15", position=15)
    on(date(2020, 2, 21))


CHANGED = {
    "IT 11": ["renamed", "re-owned"],
    "IT 12": ["removed"],
    "IT 13": ["re-parented"],
    "IT 14": ["moved"],
    "IT 15": ["added"],
}


def test_every_kind_of_change_between_two_moments_is_found(world):
    change_everything(world)
    assert compared(world, at(14), at(20)) == CHANGED
    assert compared(world, at(14)) == CHANGED
    assert compared(world, at(20)) == {}


def test_a_change_told_backwards_adds_what_was_removed(world):
    change_everything(world)
    assert compared(world, at(20), at(14))["IT 12"] == ["added"]


def test_a_baseline_gives_its_dates_with_the_names_of_its_day(world):
    agree_baseline(programme=world.programme, items=world.items)
    change_everything(world)
    assert compared(world, FIRST) == CHANGED


def test_the_second_baseline_keeps_what_the_first_agreed_of_other_rows(world):
    agree_baseline(programme=world.programme, items=world.items)
    on(date(2020, 2, 20))
    later = world.items[3]
    later.baseline_finish = JUNE
    later.save()
    agree_baseline(programme=world.programme, items=[later])
    second = Point("baseline-2", "2", baseline=2)
    assert compared(world, FIRST, second) == {"IT 14": ["moved"]}


def test_a_forecast_moves_what_is_expected_and_not_what_is_agreed(world):
    on(date(2020, 2, 20))
    StatusFactory(item=world.items[3], period=world.february, forecast_finish=JUNE)
    assert compared(world, at(14), dates=EXPECTED) == {"IT 14": ["moved"]}
    assert compared(world, at(14), dates=AGREED) == {}


def test_unchanged_rows_are_shown_when_they_are_asked_for(world):
    change_everything(world)
    PlanItemFactory(programme=world.other, plan_id="1")
    on(date(2020, 2, 22))
    assert compared(world, at(21), unchanged=True)["EST 1"] == []


def test_another_place_is_not_compared(world):
    elsewhere = make_world("elsewhere")
    change_everything(elsewhere)
    assert compared(world, at(14)) == {}


def test_a_heading_that_did_not_change_is_named_as_it_was_called_then(world):
    change_everything(world)
    on(date(2020, 2, 25))
    PlanItem.objects.filter(plan_id="11").update(name="Called anew")
    asked = Comparison((world.programme.pk,), at(14), at(21))
    under = {row.reference: row.change.shown.parent_name for row in asked.rows()}
    assert under["IT 13"] == "Otherwise"
    assert world.items[0].name in {
        row.change.before.name for row in asked.rows() if row.change.before
    }
    now = Comparison((world.programme.pk,), at(21), NOW)
    assert [row.reference for row in now.rows()] == ["IT 11"]


def test_rows_that_nobody_touched_need_not_be_read(world):
    change_everything(world)
    for before, after in ((at(14), at(20)), (at(20), at(14)), (at(14), NOW), (NOW, at(14))):
        few = Comparison((world.programme.pk,), before, after)
        every = Comparison((world.programme.pk,), before, after, unchanged=True)
        assert [*few.rows()] == [row for row in every.rows() if row.change.kinds]


def test_a_page_beyond_the_last_is_the_last_by_one_query(world, django_assert_num_queries):
    change_everything(world)
    asked = Comparison((world.programme.pk,), at(14), NOW)
    with django_assert_num_queries(1):
        found = ComparedPages(asked, 2).get_page("99")
    assert (found.number, [row.reference for row in found.object_list]) == (3, ["IT 15"])


STATES = st.builds(
    RowState,
    name=st.sampled_from(["Lines", "Phones"]),
    start=st.none(),
    finish=st.sampled_from([None, MAY, JUNE]),
    owner=st.booleans(),
)
PLANS = st.dictionaries(st.integers(1, 5), STATES, max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=PLANS, after=PLANS)
def test_the_database_counts_what_the_rule_says(world, before, after):
    programme = ProgrammeFactory(place=world.place)
    post = PostFactory(place=world.place)
    on(date(2020, 2, 10))
    rows = {}
    for number in {*before, *after}:
        rows[number] = PlanItemFactory(
            programme=programme, plan_id=str(number), position=number, removed_at=clock_of(10)
        )
    for day, states in ((11, before), (12, after)):
        on(date(2020, 2, day))
        for number, row in rows.items():
            write(row, states.get(number), post, day)
    asked = Comparison((programme.pk,), at(11), at(12), dates=AGREED)
    told = {row.plan_id: row.change.kinds for row in asked.rows()}
    expected = {str(change.row): change.kinds for change in compare(before, after)}
    assert told == expected
    counts, _ = asked.page(first=0, count=1)
    assert counts.every == len(expected)
    for kind in ChangeOf:
        assert counts.of[kind] == sum(kind in kinds for kinds in expected.values())


def clock_of(day: int) -> datetime:
    return datetime(2020, 2, day, 12, tzinfo=UTC)


def write(row, state, post, day) -> None:
    found = PlanItem.objects.filter(pk=row.pk)
    if state is None:
        found.update(removed_at=clock_of(day))
        return
    found.update(
        removed_at=None,
        name=state.name,
        start=None,
        baseline_start=None,
        finish=state.finish,
        baseline_finish=state.finish,
        owner=post if state.owner else None,
    )


# --- The page, the file, the API ----------------------------------------------------------------
def page(world, query: str = "", user=None):
    return world.client(user or world.lead).get(f"/places/{world.place.slug}/compare/?{query}")


def test_the_page_strikes_the_old_through_and_says_so_in_words(world):
    change_everything(world)
    html = page(world, "before_at=2020-02-14&programme=IT").content.decode()
    assert (
        '<span class="nhsuk-u-visually-hidden">was </span><del class="icp-del">Row number 1</del>'
        in html
    )
    assert "was 30 Nov 2020, now 30 Jun 2020" in html
    assert "Finish 5 months earlier (109 working days)" in html
    assert "removed: was 7 Feb 2020" in html


def test_it_is_filtered_by_kind_and_says_how_many_of_each(world):
    change_everything(world)
    found = page(world, "before_at=2020-02-14&kind=removed")
    assert found.context["page_obj"].paginator.count == 1
    assert {one["kind"]: one["count"] for one in found.context["tallies"]}["moved"] == 1


def test_by_itself_it_begins_at_the_last_periods_end(world):
    assert page(world).context["form"]["before"].value() == "period-2020-01"


@pytest.mark.parametrize(
    "query",
    [
        "before_at=2030-01-01T10:00",
        "before=baseline-99",
        "programme=NOWHERE",
        "kind=x",
        "after_at=" + "1" * 5000,
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(world, query):
    found = page(world, query)
    assert found.status_code == 400
    assert found.context["form"].errors


def test_a_long_comparison_is_shown_page_by_page_at_the_same_number_of_queries(world):
    client = world.client(world.lead)
    address = f"/places/{world.place.slug}/compare/?before_at=2020-01-01T10:00"
    counted = []
    for more in (0, 120):
        for number in range(more):
            PlanItemFactory(programme=world.other, plan_id=str(number), position=number + 1)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = client.get(address)
        counted.append(len(queries))
    assert len(found.context["page_obj"].object_list) == 50
    assert counted[0] == counted[1] <= 25


@pytest.mark.parametrize(
    ("number", "shown"), [("2", 2), ("99", 3), ("x", 1), ("-1", 1), ("9" * 40, 1), ("%00", None)]
)
def test_a_page_that_is_not_there_is_the_nearest_one(world, number, shown):
    for row in range(116):
        PlanItemFactory(programme=world.other, plan_id=str(row), position=row + 1)
    found = page(world, f"before_at=2020-01-01&page={number}")
    assert (found.context["page_obj"].number if shown else found.status_code) == (shown or 400)


def test_the_file_has_the_old_beside_the_new(world):
    change_everything(world)
    answer = world.client(world.lead).get(
        f"/places/{world.place.slug}/compare.csv?before_at=2020-02-14"
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 6
    assert any(line.startswith("IT 14,IT Enabler,moved") and "-109" in line for line in lines)


def test_the_api_tells_the_same(world):
    change_everything(world)
    client = world.client(world.lead)
    address = f"/api/v1/comparisons/{world.place.slug}/?before_at=2020-02-14"
    found = client.get(address).json()
    assert {one["reference"]: one["changes"] for one in found["results"]} == CHANGED
    moved = next(one for one in found["results"] if one["reference"] == "IT 14")
    assert moved["finish_moved"] == {"working_days": -109, "calendar": "5 months earlier"}
    assert len(client.get(f"{address}&page_size=2&page=2").json()["results"]) == 2
    assert client.get(f"{address}&page=99").status_code == 404
    assert client.get(f"{address}&page=x").status_code == 404
    assert client.get(f"{address}&kind=x").json()["errors"].keys() == {"kind"}
    elsewhere = make_world("elsewhere").lead
    assert world.client(elsewhere).get(address).status_code == 404
