"""A row and what was said of it, read as they stood at a moment: by page and by API."""

from datetime import date

import pytest
from django.urls import reverse

from icp.common.models import DemoClock
from programmes.models import PlanItem, Status
from tests.factories import MembershipFactory, PlanItemFactory, PostFactory, StatusFactory
from tests.integration.audit.test_history_pages import at, words_of
from tests.integration.cycle import conftest


def on(day):
    DemoClock.objects.update(today=day)


@pytest.fixture(scope="module")
def made(standing):
    """On 3 February."""
    DemoClock.objects.create(today=date(2020, 2, 3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conftest, "TODAY", date(2020, 2, 3))
        return conftest.make_world()


@pytest.fixture
def it(world):
    """On 3 February IT 13 was amber and owned by nobody; on the 10th it was red, owned, and renamed."""
    row = PlanItemFactory(programme=world.programme, plan_id="20", position=20, name="Old name")
    on(date(2020, 2, 10))
    world.said = world.record(row, rag="red", reason="Late.", get_to_green="Chase.")
    on(date(2020, 2, 12))
    row.name, row.owner = "New name", PostFactory(place=world.place, title="Head of Stores")
    row.baseline_finish = date(2020, 3, 31)
    row.save()
    world.record(row, version=1, rag="complete")
    on(date(2020, 2, 14))
    world.row = row
    return world


def page(it, moment=None, row=None):
    address = at(it, "item", code="IT", plan_id=(row or it.row).plan_id)
    return it.client(it.member).get(address, {"as-at": moment} if moment else {})


def api(it, address, moment=None, who=None, **more):
    asked = more | ({"as_at": moment} if moment else {})
    return it.client(who or it.member).get(f"/api/v1/{address}", asked)


def test_a_row_is_read_as_it_stood(it):
    then = words_of(page(it, "2020-02-11"))
    assert "Old name" in then
    assert "New name" not in then
    assert "Head of Stores" not in then
    assert "February 2020 Red" in then
    assert "As it stood at 11 Feb 2020, 23:59" in then
    before = words_of(page(it, "2020-02-05"))
    assert "No lead has given this row a status yet." in before
    now = words_of(page(it))
    assert "New name" in now
    assert "As it stood at" not in now


def test_the_past_offers_nothing_to_change_and_a_way_back(it):
    answer = it.client(it.lead).get(
        at(it, "item", code="IT", plan_id="20"), {"as-at": "2020-02-11T09:00"}
    )
    words = words_of(answer)
    assert "Update this row" not in words
    assert "Save the owner" not in words
    assert f'href="{at(it, "item", code="IT", plan_id="20")}"' in answer.content.decode()
    assert 'value="2020-02-11T09:00"' in answer.content.decode()
    assert "demonstration’s clock" in words


def test_a_row_that_was_not_there_yet_is_not_found_and_one_removed_since_is(it):
    assert page(it, "2020-02-01").status_code == 404
    gone = PlanItemFactory(programme=it.programme, plan_id="30", position=30, name="Short-lived")
    key = gone.pk
    on(date(2020, 2, 15))
    gone.delete()
    assert page(it, row=gone).status_code == 404
    assert "Short-lived" in words_of(page(it, "2020-02-14", row=gone))
    found = api(it, "plan-items/", "2020-02-14").json()
    assert "IT 30" in {one["reference"] for one in found["results"]}
    assert api(it, f"plan-items/{key}/", "2020-02-14").json()["reference"] == "IT 30"


@pytest.mark.parametrize("moment", ["soon", "2020-02-15", "2020-02-14T23:59:59.5", ""])
def test_nonsense_and_the_future_are_refused_in_words(it, moment, monkeypatch):
    address = at(it, "item", code="IT", plan_id="20")
    if moment == "2020-02-14T23:59:59.5":
        moment = "2020-02-20T10:00"
    answer = it.client(it.member).get(address, {"as-at": moment})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    if moment:
        refused = api(it, "plan-items/", moment)
        assert refused.status_code == 400
        words = refused.json()["errors"]["as_at"][0]
        assert "has not come yet" in words or "is not a moment" in words
        assert api(it, f"statuses/{it.said.pk}/", moment).status_code == 400


def test_the_api_shows_a_row_as_it_stood(it):
    then = api(it, f"plan-items/{it.row.pk}/", "2020-02-11T12:00").json()
    now = api(it, f"plan-items/{it.row.pk}/").json()
    assert (then["name"], then["owner"], then["agreed_finish"]) == ("Old name", None, "2020-02-28")
    assert (then["status"]["rag"], then["status"]["version"]) == ("red", 1)
    assert not then["is_complete"]
    assert (now["name"], now["status"]["rag"], now["is_complete"]) == ("New name", "complete", True)
    assert then.keys() == now.keys()
    assert api(it, f"plan-items/{it.row.pk}/", "2020-02-05").json()["status"] is None
    assert api(it, f"plan-items/{it.row.pk}/", "2020-02-01").status_code == 404


def test_now_reads_the_same_by_the_journal_as_by_the_tables(it):
    for address in ("plan-items/", "statuses/", f"plan-items/{it.row.pk}/"):
        assert api(it, address, "2020-02-14").json() == api(it, address).json()


def test_lists_are_filtered_as_they_stood(it):
    def found(moment, **filters):
        rows = api(it, "plan-items/", moment, **filters).json()["results"]
        return {row["reference"] for row in rows}

    assert "IT 20" in found("2020-02-11", rag="red")
    assert "IT 20" not in found("2020-02-13", rag="red")
    assert "IT 20" in found("2020-02-13", owner="Head of Stores")
    assert "IT 20" not in found("2020-02-11", owner="Head of Stores")
    assert found("2020-02-11", complete="true") == set()
    assert found("2020-02-05", overdue="true") == {"IT 11"}
    assert found("2020-02-13", overdue="true") == {"IT 11", "IT 12"}
    assert found("2020-02-11", programme="EST") == set()
    assert api(it, "plan-items/", "2020-02-11", colour="red").status_code == 400


def test_statuses_are_read_as_they_stood(it):
    then = api(it, f"statuses/{it.said.pk}/", "2020-02-11")
    assert (then.json()["rag"], then.json()["reason"]) == ("red", "Late.")
    assert "ETag" not in then.headers
    assert api(it, f"statuses/{it.said.pk}/").json()["rag"] == "complete"
    listed = api(it, "statuses/", "2020-02-11", period="2020-02").json()["results"]
    assert [(one["reference"], one["rag"]) for one in listed] == [("IT 20", "red")]
    assert api(it, "statuses/", "2020-02-05", period="2020-02").json()["count"] == 0
    Status.objects.filter(pk=it.said.pk).delete()
    assert api(it, f"statuses/{it.said.pk}/").status_code == 404
    assert api(it, f"statuses/{it.said.pk}/", "2020-02-11").json()["rag"] == "red"


def test_another_places_past_is_no_more_to_be_seen_than_its_present(it):
    elsewhere = MembershipFactory().user
    assert api(it, "plan-items/", "2020-02-11", who=elsewhere).json()["count"] == 0
    assert api(it, f"plan-items/{it.row.pk}/", "2020-02-11", who=elsewhere).status_code == 404
    address = at(it, "item", code="IT", plan_id="20")
    assert it.client(elsewhere).get(address, {"as-at": "2020-02-11"}).status_code == 404


def test_the_past_is_not_written_to(it):
    answer = it.client(it.lead).patch(
        f"/api/v1/statuses/{it.said.pk}/?as_at=2020-02-11",
        {"reason": "x"},
        content_type="application/json",
        headers={"If-Match": f'"{it.said.pk}-1"'},
    )
    assert answer.status_code == 400
    assert "not a parameter here" in str(answer.json())


def test_a_list_as_it_stood_asks_the_same_number_of_questions(it, django_assert_max_num_queries):
    with django_assert_max_num_queries(26) as few:
        api(it, "plan-items/", "2020-02-14")
    for n in range(40):
        row = PlanItemFactory(programme=it.programme, plan_id=f"9{n}", position=100 + n)
        StatusFactory(item=row, period=it.february)
    with django_assert_max_num_queries(len(few)):
        assert api(it, "plan-items/", "2020-02-14").json()["count"] == 45
    with django_assert_max_num_queries(34):
        page(it, "2020-02-11")


def test_a_page_of_a_row_as_it_stood_names_its_headings_then(it):
    heading = PlanItemFactory(
        programme=it.programme, plan_id="40", position=40, kind="summary", name="Old heading"
    )
    below = PlanItemFactory(
        programme=it.programme, plan_id="41", position=41, outline_level=2, parent=heading
    )
    on(date(2020, 2, 16))
    PlanItem.objects.filter(pk=heading.pk).update(name="New heading")
    assert "under Old heading" in words_of(page(it, "2020-02-15", row=below))
    assert "under New heading" in words_of(page(it, row=below))


def test_changed_since_goes_by_the_portals_clock(it):
    def found(since):
        rows = api(it, "plan-items/", changed_since=since).json()["results"]
        return {row["reference"] for row in rows}

    assert found("2020-02-11T00:00:00Z") == {"IT 20"}
    assert found("2020-02-13T00:00:00Z") == set()
    listed = it.client(it.member).get(
        reverse("rows", kwargs={"place": it.place.slug}), {"changed_since": "11/2/2020"}
    )
    assert "IT 20" in words_of(listed)
    assert "IT 13" not in words_of(listed)
