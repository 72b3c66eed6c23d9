"""What the registers can be asked for, and that what leads to a list finds in it what it counted."""

import csv
from datetime import date

import pytest

from icp.common import clock
from icp.common.models import DemoClock
from programmes.models import Organisation, Period
from programmes.services import close_period
from risks import services
from risks.filters import STANDINGS, RiskFilter
from risks.models import Risk, RiskCategory
from risks.rules.scores import Lines, standing
from risks.selectors.groups import GROUPS
from tests.factories import TODAY
from tests.integration.risks.conftest import on, raised

BASE = "/places/testshire/risks/"


def raised_on(day, world, **values):
    return raised(world, said=on(day, world.office), title="A risk", **values)


def found(world, **asked):
    rows = Risk.objects.filter(place=world.place)
    asked = RiskFilter(asked, queryset=rows, place=world.place, lines=Lines(), today=TODAY)
    return sorted(asked.rows().values_list("ref", flat=True))


@pytest.fixture
def closed(world):
    """Moved on 18 February and closed on the 25th."""
    risk = raised_on(TODAY, world)
    moved = services.change_risk(
        risk=risk,
        values={"likelihood": 2},
        seen=risk.version,
        because="Half is moved.",
        **on(date(2020, 2, 18), world.office),
    )
    services.close_risk(risk=moved, because="Past.", **on(date(2020, 2, 25), world.office))
    DemoClock.objects.update(today=date(2020, 2, 26))
    return moved


def test_the_map_shows_who_moved_while_it_was_open_although_it_is_closed_now(world, closed):
    client = world.client(world.member)
    for state in ("", "&state=open", "&state="):
        page = client.get(f"{BASE}map/?moved_from=2020-02-14&moved_to=2020-02-24{state}")
        assert "1 from 4 x 4 to 2 x 4" in page.content.decode()
    listed = client.get(f"{BASE}?state=open&move=2020-02-14_2020-02-24_4-4_2-4")
    assert closed.title in listed.content.decode()


def test_what_ended_between_two_days_stood_nowhere_on_the_second(world, closed):
    page = world.client(world.member).get(f"{BASE}map/?moved_from=2020-02-14&state=")
    assert "No risk moved between these days." in page.content.decode()


def test_many_that_went_one_way_are_a_number_that_leads_to_their_list(world):
    for _ in range(13):
        one = raised_on(TODAY, world)
        services.change_risk(
            risk=one,
            values={"likelihood": 2},
            seen=one.version,
            because="Half is moved.",
            **on(date(2020, 2, 18), world.office),
        )
    DemoClock.objects.update(today=date(2020, 2, 26))
    client = world.client(world.member)
    [line] = client.get(f"{BASE}map/?moved_from=2020-02-14").context["moves"]
    assert (line["refs"], line["all"]) == ("", "13 risks")
    assert client.get(line["href"]).context["page_obj"].paginator.count == 13


@pytest.fixture
def scattered(world):
    """Owned, acted for, of a partner and a category, or of none."""
    lead, sro = (world.place.posts.get(title=title) for title in ("lead", "sro"))
    partner = Organisation.objects.create(place=world.place, name="A council", short_name="AC")
    money = RiskCategory.objects.create(place=world.place, name="Money", appetite=6, tolerance=10)
    raised_on(TODAY, world, owner=lead, delegate=sro, category=money, impact=1)
    raised_on(
        TODAY, world, owner=sro, delegate=lead, organisation=partner, category=money, impact=2
    )
    raised_on(TODAY, world, owner=lead, category=money)
    raised_on(TODAY, world)
    return lead


@pytest.mark.parametrize("by", list(GROUPS))
def test_each_group_leads_to_as_many_risks_as_it_counts(world, scattered, by):
    client = world.client(world.member)
    page = client.get(f"{BASE}by/{by}/")
    for line in page.context["lines"]:
        file = client.get(line["href"].replace("/risks/?", "/risks.csv?"))
        rows = list(csv.reader(b"".join(file).decode("utf-8-sig").splitlines()))
        assert len(rows) - 1 == line["group"].total


def test_who_moved_this_month_is_put_together_as_the_list_finds_it(world):
    fell, _ = raised_on(date(2020, 1, 20), world), raised_on(date(2020, 1, 20), world)
    services.change_risk(
        risk=fell,
        values={"likelihood": 2},
        seen=fell.version,
        because="Half is moved.",
        **on(date(2020, 2, 10), world.lead),
    )
    raised_on(TODAY, world)
    page = world.client(world.member).get(f"{BASE}by/movement/")
    counted = {line["name"]: line["group"].total for line in page.context["lines"]}
    assert counted == {"Down": 1, "Unchanged": 1, "New": 1}


def test_words_are_found_in_whatever_text_of_a_risk_has_them_and_a_reference_by_itself(world):
    texts = ("title", "cause", "event", "consequence")
    for text in texts:
        raised(world, **{text: f"So much for the {text.upper()}: 100%"})
    for number, text in enumerate(texts, start=1):
        assert found(world, q=f"the {text}:") == [f"IT{number}"]
    assert found(world, q="100%") == found(world) == ["IT1", "IT2", "IT3", "IT4"]
    assert found(world, q="1_0%") == []
    assert found(world, q="it 2") == ["IT2"]
    assert found(world, q="failsSo") == [], "where one text ends and the next begins is no word"


def test_whatever_a_list_offers_to_choose_can_be_chosen(world, scattered):
    """Each choice of each filter is asked of Postgres; what is left is what can have been left."""
    filters = RiskFilter({}, place=world.place, lines=Lines(), today=TODAY).form.fields
    offered = {
        name: [str(value) for value, _ in field.choices if value]
        for name, field in filters.items()
        if hasattr(field, "choices")
    }
    assert {"register", "state", "owner", "movement", "escalated", "flag", "sort"} <= set(offered)
    everything = set(found(world, state=""))
    for name, values in offered.items():
        assert values, name
        for value in values:
            assert set(found(world, **{"state": "", name: value})) <= everything


def test_an_owner_and_a_delegate_are_asked_for_apart(world, scattered):
    assert found(world, owner=str(scattered.pk)) == ["IT1", "IT3"]
    assert found(world, delegate=str(scattered.pk)) == ["IT2"]
    assert found(world, delegate="none") == ["IT3", "IT4"]


def test_risks_are_found_by_what_is_accepted_of_their_category(world, scattered):
    for name, expected in STANDINGS.items():
        refs = [
            one.ref
            for one in Risk.objects.filter(category__isnull=False)
            if standing(current=one.current, appetite=6, tolerance=10) == expected
        ]
        assert found(world, standing=name) == refs
        assert refs


def test_what_the_report_of_the_last_close_shows_is_no_more_for_the_next_board(world):
    raised_on(date(2020, 3, 1), world)
    february = Period.objects.get(key="2020-02", place=world.place)
    DemoClock.objects.update(today=date(2020, 3, 2))
    close_period(
        period=february,
        by=world.office,
        at=clock.now(),
        today=date(2020, 3, 2),
        without_late_returns=True,
    )
    raised_on(date(2020, 3, 3), world)
    assert found(world, escalated="next") == ["IT2"]


def test_the_api_finds_by_what_the_list_finds_by(world, scattered):
    client = world.client(world.member)

    def asked(query):
        rows = client.get(f"/api/v1/risks/?place=testshire&{query}").json()["results"]
        return [one["ref"] for one in rows]

    assert asked("owner=lead") == ["IT1", "IT3"]
    assert asked("delegate=lead") == ["IT2"]
    assert asked("organisation=AC") == ["IT2"]
    assert asked("category=Money&standing=above-tolerance") == ["IT3"]
    assert asked("flag=no-owner") == ["IT4"]
    assert asked("movement=new") == ["IT1", "IT2", "IT3", "IT4"]
    assert asked("movement=up") == []
