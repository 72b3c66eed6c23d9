"""A place's page, a programme's page and lists of rows: counts that agree, filters, access, queries."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from icp.common.models import DemoClock
from programmes import selectors
from programmes.selectors.place import coming_days, place_lines
from programmes.selectors.plan import rows_above
from tests.factories import (
    NOW,
    TODAY,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
    StatusFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def it():
    DemoClock.objects.create(today=TODAY)
    return ProgrammeFactory(code="IT", name="IT Enabler", order=1)


@pytest.fixture
def place(it):
    return it.place


@pytest.fixture
def period(place):
    return PeriodFactory(place=place)


@pytest.fixture
def office(client, place):
    client.force_login(MembershipFactory(place=place).user)
    return client


def address(name, place, **extra):
    return reverse(name, kwargs={"place": place.slug, **extra})


def a_mixed_plan(programme, period):
    """Rows of every kind that a count must take or leave."""
    january = PeriodFactory(place=programme.place, january=True)
    heading = PlanItemFactory(programme=programme, kind="summary", finish=date(2020, 1, 31))
    overdue = PlanItemFactory(programme=programme, finish=date(2020, 1, 31), parent=heading)
    due = PlanItemFactory(programme=programme, finish=date(2020, 2, 28), parent=heading)
    undated = PlanItemFactory(programme=programme, start=None, finish=None, finish_tbc=True)
    later = PlanItemFactory(programme=programme, finish=date(2020, 9, 30))
    done = PlanItemFactory(programme=programme, finish=date(2020, 1, 20), ticked=True)
    removed = PlanItemFactory(programme=programme, finish=date(2020, 1, 20), removed_at=NOW)
    pulled_in = PlanItemFactory(programme=programme, finish=date(2020, 6, 30))
    StatusFactory(item=pulled_in, period=period, rag="amber", forecast_finish=date(2020, 2, 20))
    StatusFactory(item=later, period=period, rag="red")
    StatusFactory(item=later, period=january, rag="amber")
    januarys_end = {"state": "closed", "closed_at": NOW, "closed_by": UserFactory()}
    type(january).objects.filter(pk=january.pk).update(**januarys_end)
    return locals()


def listed(client, place, query=""):
    page = client.get(f"{address('rows', place)}?{query}")
    assert page.status_code == 200
    return re.findall(r'class="icp-nowrap"><a href="[^"]+">([^<]+)</a>', page.content.decode())


def test_every_count_on_the_place_page_is_the_length_of_the_list_it_opens(
    office, it, place, period
):
    a_mixed_plan(it, period)
    page = office.get(address("place", place)).content.decode()
    tiles = re.findall(r'href="([^"]+)">\s*<span class="icp-tile__count">(\d+)</span>', page)
    counted = {}
    for href, count in tiles:
        href = href.replace("&amp;", "&")
        found = office.get(href).content.decode()
        if "look-ahead" in href:
            found = found.split('id="overdue"')[0]
        rows = re.findall(r'class="icp-nowrap"><a href="[^"]+">([^<]+)</a>', found)
        assert len(rows) == int(count), href
        counted[href] = int(count)
    assert sorted(counted.values()) == [0, 1, 1, 1, 1, 1, 2]
    tallies = re.findall(r'class="icp-tally__[^"]+"><a href="([^"]+)">(\d+) ([a-z ]+)', page)
    assert {words: int(count) for _, count, words in tallies} == {"complete": 1, "undeclared": 3}
    for href, count, _ in tallies:
        found = office.get(href.replace("&amp;", "&")).content.decode()
        assert found.count('role="rowheader" class="icp-nowrap"') == int(count), href


def test_what_is_complete_in_the_plan_is_told_from_what_a_lead_declared_complete(
    office, it, place, period
):
    ticked = PlanItemFactory(programme=it, ticked=True)
    declared = StatusFactory(
        item__programme=it, period=period, rag="complete", actual_finish=TODAY
    ).item
    PlanItemFactory(programme=it)
    assert listed(office, place, "rag=complete") == [ticked.reference, declared.reference]
    page = office.get(f"{address('rows', place)}?rag=complete").content.decode()
    assert page.count("icp-rag--proposed-complete") == 1
    assert page.count("icp-rag--complete") == 1
    assert len(listed(office, place, "rag=none")) == 1
    own = address("item", place, code="IT", plan_id=ticked.plan_id)
    assert "in the plan or an earlier month" in office.get(own).content.decode()
    [line] = place_lines(place=place, period=period, last=None, today=TODAY)
    assert (line.complete, line.undeclared, line.green) == (2, 1, 0)


def test_a_row_that_was_complete_before_and_is_declared_red_again_is_not_complete(
    office, it, place, period
):
    reopened = PlanItemFactory(programme=it, ticked=True)
    StatusFactory(item=reopened, period=period, rag="red")
    assert listed(office, place, "rag=complete") == []
    assert listed(office, place, "rag=red") == [reopened.reference]


def test_headings_removed_and_complete_rows_are_never_late(it, place, period):
    rows = a_mixed_plan(it, period)
    last = selectors.last_frozen_period(place=place)
    [line] = place_lines(place=place, period=period, last=last, today=TODAY)
    assert (line.overdue, line.due, line.undated) == (1, 2, 1)
    assert (line.red, line.amber, line.last_amber) == (1, 1, 1)
    assert rows["done"].refresh_from_db() is None
    assert rows["done"].is_complete


def test_the_coming_days_end_with_the_month_of_tomorrow():
    assert coming_days(date(2020, 2, 14)).last == date(2020, 2, 29)
    assert coming_days(date(2020, 2, 29)).last == date(2020, 3, 31)


def test_a_programme_inside_another_stands_under_it(office, it, place, period):
    ProgrammeFactory(place=place, code="ZZ", order=2)
    ProgrammeFactory(place=place, code="IN", order=3, parent=it)
    page = office.get(address("place", place)).content.decode()
    assert page.index("Programme IN") < page.index("Programme ZZ")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("late=on", ["overdue"]),
        ("undated=on", ["undated"]),
        ("rag=red", ["later"]),
        ("last_rag=amber", ["later"]),
        ("rag=none", ["overdue", "due", "undated"]),
        ("rag=complete", ["done"]),
        ("due_from=1+Feb+20&due_to=29/2/2020", ["due", "pulled_in"]),
        ("open=on&rag=none", ["overdue", "due", "undated"]),
        ("q=row", ["overdue", "due", "undated", "later", "done", "pulled_in"]),
        ("programme=IT&late=on", ["overdue"]),
    ],
)
def test_filters_find_the_rows_people_mean(office, it, place, period, query, wanted):
    rows = a_mixed_plan(it, period)
    assert set(listed(office, place, query)) == {rows[name].reference for name in wanted}


def test_a_row_is_found_by_owner_and_by_its_number(office, it, place, period):
    owner = PostFactory(place=place)
    row = PlanItemFactory(programme=it, plan_id="11", owner=owner)
    PlanItemFactory(programme=it, plan_id="12")
    assert listed(office, place, f"owner={owner.pk}") == [row.reference]
    assert listed(office, place, "q=it+11") == [row.reference]
    assert listed(office, place, "q=it11") == [row.reference]


def test_a_filter_that_cannot_be_read_says_so_and_shows_nothing(office, it, place, period):
    PlanItemFactory(programme=it)
    page = office.get(f"{address('rows', place)}?due_from=31/2/2020").content.decode()
    assert "is not" in page
    assert "There is a problem" in page
    assert listed(office, place, "due_from=31/2/2020") == []
    assert listed(office, place, "programme=NOPE") == []


@pytest.mark.parametrize("name", ["rows", "look-ahead"])
def test_a_range_of_dates_that_ends_before_it_begins_says_so(office, it, place, period, name):
    PlanItemFactory(programme=it, finish=date(2020, 2, 15))
    query = "?due_from=1/3/2020&due_to=1/2/2020"
    page = office.get(address(name, place) + query).content.decode()
    assert "This is before the first day asked for: turn the two round." in page
    assert "There is a problem" in page


def test_a_download_holds_the_filtered_rows_and_neutralises_formulas(office, it, place, period):
    PlanItemFactory(programme=it, name="=1+1", finish=date(2020, 1, 31))
    PlanItemFactory(programme=it, name="Not late")
    got = office.get(
        reverse("rows-download", kwargs={"place": place.slug, "fmt": "csv"}) + "?late=on"
    )
    text = b"".join(got).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == ["'=1+1"]
    assert rows[0]["RAG (declared)"] == ""
    assert rows[0]["RAG proposed from dates"] == "amber"
    excel = office.get(reverse("rows-download", kwargs={"place": place.slug, "fmt": "xlsx"}))
    assert excel.content[:2] == b"PK"


def test_a_programmes_page_shows_leadership_outline_and_drawing(office, it, place, period):
    LeadershipFactory(programme=it, post=PostFactory(place=place, title="IT Lead"))
    LeadershipFactory(
        programme=it,
        role="sro",
        post=PostFactory(place=place, title="Chief Executive", holder=None),
    )
    rows = a_mixed_plan(it, period)
    page = office.get(address("programme", place, code="IT")).content.decode()
    assert "IT Lead" in page
    assert "Chief Executive (vacant)" in page
    for name in ("heading", "overdue", "due", "undated", "done"):
        assert rows[name].reference in page
    assert rows["removed"].reference not in page
    assert 'aria-label="Task, 6 Jan 2020 to 31 Jan 2020, overdue"' in page
    assert 'aria-label="no finish date"' in page
    assert "proposed from dates" in page
    assert "style=" not in page


def test_a_long_plan_is_paged_and_repeats_its_headings(office, it, place, period):
    heading = PlanItemFactory(programme=it, kind="summary", name="The heading")
    for _ in range(101):
        PlanItemFactory(programme=it, parent=heading, outline_level=2)
    page = office.get(f"{address('programme', place, code='IT')}?page=2").content.decode()
    assert "The heading" in page
    assert "(continued)" in page


def test_one_rows_page_tells_its_story(office, it, place, period):
    rows = a_mixed_plan(it, period)
    page = office.get(
        address("item", place, code="IT", plan_id=rows["later"].plan_id)
    ).content.decode()
    assert "February 2020" in page
    assert "January 2020" in page
    assert "Dates propose green" in page


def test_the_differences_are_listed(office, it, place, period):
    PlanItemFactory(
        programme=it, declared_duration="9 days", declared_days=9, finish=date(2020, 1, 8)
    )
    page = office.get(address("differences", place, code="IT")).content.decode()
    assert "Its dates give 3 working days." in page


@pytest.mark.parametrize(
    ("wanted", "name", "extra"),
    [
        ("IT 11", "item", {"code": "IT", "plan_id": "11"}),
        ("it 11", "item", {"code": "IT", "plan_id": "11"}),
        ("it11", "item", {"code": "IT", "plan_id": "11"}),
        ("IT", "programme", {"code": "IT"}),
    ],
)
def test_find_goes_to_what_was_typed(office, it, place, wanted, name, extra):
    PlanItemFactory(programme=it, plan_id="11")
    answer = office.get(reverse("find"), {"q": wanted})
    assert answer.headers["Location"] == address(name, place, **extra)


def test_find_takes_a_lead_to_the_row_of_the_update(client, it, place, period):
    PlanItemFactory(programme=it, plan_id="11")
    client.force_login(LeadershipFactory(programme=it).post.holder)
    answer = client.get(reverse("find"), {"q": "IT 11"})
    assert answer.headers["Location"].startswith(address("update", place, code="IT"))


@pytest.mark.parametrize(
    "wanted", ["", "   ", "no such words", "'; DROP TABLE x; --", "\u202e", "9" * 300]
)
def test_find_searches_the_names_otherwise(office, it, place, wanted):
    answer = office.get(reverse("find"), {"q": wanted}, follow=True)
    assert answer.status_code == 200


def test_the_periods_of_now_are_the_earliest_live_and_the_last_frozen(place, period):
    assert selectors.periods_now(place=place) == selectors.PeriodsNow(period, None)
    PeriodFactory(place=place, march=True)
    frozen = {"state": "closed", "closed_at": NOW, "closed_by": UserFactory()}
    january = PeriodFactory(place=place, january=True, **frozen)
    december = {"starts_on": date(2019, 12, 1), "ends_on": date(2019, 12, 31)}
    PeriodFactory(place=place, key="2019-12", due_on=NOW.date(), **december, **frozen)
    assert selectors.periods_now(place=place) == selectors.PeriodsNow(period, january)
    assert selectors.period_to_report(place=place) == period
    assert selectors.last_frozen_period(place=place) == january


def test_the_headings_above_a_row_come_outermost_first_in_one_query(it, django_assert_num_queries):
    outer = PlanItemFactory(programme=it, kind="summary")
    inner = PlanItemFactory(programme=it, kind="summary", parent=outer, outline_level=3)
    row = PlanItemFactory(programme=it, parent=inner, outline_level=4)
    with django_assert_num_queries(1):
        assert rows_above(row) == [outer, inner]
    assert rows_above(outer) == []


def anchors(page):
    return re.findall(r'<tr role="row" id="row-([^"]+)"', page)


def an_outline(it):
    """Two headings with a row each, the first of them two deep."""
    outer = PlanItemFactory(programme=it, kind="summary", name="Outer")
    inner = PlanItemFactory(programme=it, kind="summary", parent=outer, outline_level=2)
    late = PlanItemFactory(
        programme=it, parent=inner, outline_level=3, finish=date(2020, 1, 31), name="Late one"
    )
    PlanItemFactory(programme=it, parent=outer, outline_level=2, name="In time")
    other = PlanItemFactory(programme=it, kind="summary", name="Other")
    PlanItemFactory(programme=it, parent=other, outline_level=2)
    return outer, inner, late


def test_a_filtered_plan_keeps_the_headings_its_rows_stand_under_and_no_other(
    office, it, place, period
):
    kept = [f"IT-{row.plan_id}" for row in an_outline(it)]
    page = office.get(f"{address('programme', place, code='IT')}?late=on").content.decode()
    assert anchors(page) == kept
    assert "Overdue only" in page
    words = office.get(f"{address('programme', place, code='IT')}?q=late+one").content.decode()
    assert anchors(words) == kept


def test_a_filtered_plan_says_when_nothing_answers_and_keeps_its_way_back(
    office, it, place, period
):
    an_outline(it)
    page = office.get(f"{address('programme', place, code='IT')}?undated=on").content.decode()
    assert anchors(page) == []
    assert "No row answers to these filters" in page
    wrong = office.get(f"{address('programme', place, code='IT')}?due_to=never").content.decode()
    assert anchors(wrong) == []
    assert "There is a problem" in wrong


def test_the_depth_of_the_outline_is_marked_and_keeps_the_filters(office, it, place, period):
    an_outline(it)
    page = office.get(f"{address('programme', place, code='IT')}?late=on&levels=2").content.decode()
    assert '?late=on&amp;levels=2#plan" aria-current="true"' in page
    assert len(anchors(page)) == 2


def test_a_plan_is_downloaded_as_it_is_shown(office, it, place, period):
    an_outline(it)
    got = office.get(address("programme-download", place, code="IT", fmt="csv") + "?late=on&page=2")
    rows = list(csv.DictReader(io.StringIO(b"".join(got).decode("utf-8-sig"))))
    assert [row["outline level"] for row in rows] == ["1", "2", "3"]
    assert rows[-1]["name"] == "Late one"


def test_differences_are_filtered_and_downloaded(office, it, place, period):
    days = {"declared_duration": "9 days", "declared_days": 9}
    owner = PostFactory(place=place)
    PlanItemFactory(programme=it, name="Mine", owner=owner, **days)
    PlanItemFactory(programme=it, name="Theirs", **days)
    page = office.get(f"{address('differences', place, code='IT')}?owner={owner.pk}")
    assert "Mine" in page.content.decode()
    assert "Theirs" not in page.content.decode()
    got = office.get(
        address("differences-download", place, code="IT", fmt="csv") + f"?owner={owner.pk}"
    )
    [row] = csv.DictReader(io.StringIO(b"".join(got).decode("utf-8-sig")))
    assert (row["name"], row["declared"]) == ("Mine", "9 days")
    assert "working days" in row["difference"]


def test_the_look_ahead_is_filtered_as_every_list_is(office, it, place, period):
    sro = LeadershipFactory(programme=it, role="sro").post
    owner = PostFactory(place=place)
    PlanItemFactory(programme=it, name="Owned and due", owner=owner)
    PlanItemFactory(programme=it, name="Owned and overdue", owner=owner, finish=date(2020, 1, 31))
    PlanItemFactory(programme=it, name="Of nobody")
    PlanItemFactory(programme=ProgrammeFactory(place=place), name="Elsewhere", owner=owner)
    page = office.get(address("look-ahead", place), {"owner": owner.pk, "sro": sro.title})
    text = page.content.decode()
    assert "Owned and due" in text
    assert "Owned and overdue" in text
    assert "Of nobody" not in text
    assert "Elsewhere" not in text
    assert "take this filter off" in text
    due = office.get(address("look-ahead", place), {"due_to": "31/1/2020"}).content.decode()
    assert "Owned and overdue" in due
    assert "Owned and due" not in due


@pytest.mark.parametrize(
    ("name", "extra"), [("programme", {"code": "IT"}), ("differences", {"code": "IT"})]
)
def test_a_download_with_a_filter_that_cannot_be_read_goes_back_to_the_page(
    office, it, place, name, extra
):
    answer = office.get(
        address(f"{name}-download", place, fmt="csv", **extra) + "?due_from=31/2/2020"
    )
    assert answer.headers["Location"] == address(name, place, **extra) + "?due_from=31%2F2%2F2020"


PAGES = [
    ("place", {}),
    ("rows", {}),
    ("look-ahead", {}),
    ("programme", {"code": "IT"}),
    ("item", {"code": "IT", "plan_id": "11"}),
    ("differences", {"code": "IT"}),
]


@pytest.mark.parametrize(("name", "extra"), PAGES)
def test_people_of_another_place_and_the_signed_out_learn_nothing(client, it, place, name, extra):
    PlanItemFactory(programme=it, plan_id="11")
    signed_out = client.get(address(name, place, **extra))
    assert signed_out.headers["Location"].startswith("/accounts/login/")
    client.force_login(MembershipFactory().user)
    assert client.get(address(name, place, **extra)).status_code == 404


@pytest.mark.parametrize(("name", "extra"), PAGES)
def test_a_longer_plan_takes_no_more_queries(office, it, place, period, name, extra):
    heading = PlanItemFactory(programme=it, plan_id="11", kind="summary")

    def grow(count):
        for _ in range(count):
            programme = ProgrammeFactory(place=place)
            LeadershipFactory(programme=programme)
            StatusFactory(item=PlanItemFactory(programme=it, parent=heading), period=period)
            PlanItemFactory(programme=programme, finish=date(2020, 1, 10))

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert office.get(address(name, place, **extra)).status_code == 200
        return len(queries)

    grow(2)
    few = count()
    grow(8)
    assert count() == few
    assert few <= 25
