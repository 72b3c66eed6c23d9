"""A programme that missed a month: what was said of its rows before stands until there is another word."""

import re
from datetime import date

import pytest
from django.urls import reverse

from programmes import selectors, services
from programmes.errors import CannotSubmit
from programmes.models import PlanItem, Status
from programmes.selectors.last_said import rows_last_said
from tests.factories import NOW, PeriodFactory, PlanItemFactory, StatusFactory

MARCH = date(2020, 3, 12)


def open_march(world):
    return PeriodFactory(place=world.place, march=True, due_on=date(2020, 3, 31))


@pytest.fixture
def march(world):
    """February is closed without any return; row 11 was red in January."""
    services.close_period(
        period=world.february,
        by=world.office,
        at=NOW,
        today=date(2020, 3, 2),
        without_late_returns=True,
    )
    return open_march(world)


def page_of(world, name, query="", *, by=None, **kwargs):
    address = reverse(name, kwargs={"place": world.place.slug, **kwargs}) + query
    return re.sub(r"\s+", " ", world.client(by or world.office).get(address).content.decode())


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def given(world, march):
    return {"programme": world.programme, "period": march, "by": world.lead, "at": NOW}


def test_the_update_shows_the_red_of_january_with_its_month(world, march):
    words = text_of(page_of(world, "update", "?show=attention", by=world.lead, code="IT"))
    assert "January 2020 Red" in words
    assert "It was red in January 2020: say how it stands now." in words
    assert "Copy January 2020’s RAG, reason and plan" in words
    assert "Copy what was last said to 1 row not yet updated" in words


def test_what_is_corrected_is_the_return_of_january_by_its_name(world, march):
    asked = text_of(page_of(world, "update", "?show=attention", by=world.lead, code="IT"))
    assert "What this corrects in January 2020’s return" in asked
    status = Status.objects.get(item=world.items[0], period=world.january)
    services.record_status(
        item=status.item,
        period=march,
        by=world.lead,
        at=NOW,
        expected_version=0,
        values={"rag": "green", "corrects": status, "correction_note": "It was green."},
    )
    # What was said in March is the last word in April; what it corrects stays January's.
    again = text_of(page_of(world, "update", "?show=all", by=world.lead, code="IT"))
    assert "What this corrects in January 2020’s return" in again


def test_a_return_that_says_nothing_of_the_red_row_is_refused(world, march):
    with pytest.raises(CannotSubmit):
        services.submit_return(**given(world, march), today=MARCH)


def test_a_nil_return_carries_the_red_of_january(world, march):
    services.nil_return(**given(world, march), today=MARCH)
    said = Status.objects.get(item=world.items[0], period=march)
    assert (said.rag, said.reason) == ("red", "Parts are late.")


def test_the_place_counts_it_and_the_list_holds_it_with_its_month(world, march):
    words = text_of(page_of(world, "place"))
    assert "1 red in February 2020 or before" in words
    listed = text_of(page_of(world, "rows", "?last_rag=red"))
    assert "IT 11" in listed
    assert "Red in January 2020" in listed
    assert "IT 12" not in listed


def wanted(world, periods):
    return {
        "programmes": type(world.programme).objects.filter(pk=world.programme.pk),
        "periods": periods,
        "today": date(2019, 11, 1),
    }


def test_who_signs_off_sees_it_as_the_last_word(world, march):
    looked_at = [march, world.february]
    [item] = selectors.troubled_items(**wanted(world, looked_at))
    [row] = selectors.troubled_rows([item], place=world.place, periods=looked_at, today=MARCH)
    assert (item, row.status.period) == (world.items[0], world.january)


def test_an_empty_forecast_says_that_the_earlier_one_stands(world):
    item = world.items[2]
    StatusFactory(item=item, period=world.february, rag="green", forecast_finish=date(2020, 9, 30))
    march = open_march(world)
    words = page_of(world, "update", "?show=all&period=2020-03", by=world.lead, code="IT")
    assert "February 2020’s forecast, 30 Sep 2020, stands until you give another." in words
    StatusFactory(item=item, period=march, rag="green", forecast_finish=date(2020, 10, 1))
    words = page_of(world, "update", "?show=all&period=2020-03", by=world.lead, code="IT")
    assert "stands until you give another" not in words


def test_a_later_word_takes_the_place_of_an_earlier_one(world):
    StatusFactory(item=world.items[0], period=world.february, rag="green")
    [said] = selectors.last_said(up_to=world.february)
    assert said.rag == "green"
    [before] = selectors.last_said(up_to=world.january)
    assert before.rag == "red"
    assert not selectors.last_said(up_to=None)


def test_the_list_finds_the_rows_that_each_last_word_is_of(world):
    march = open_march(world)
    elsewhere = PeriodFactory(january=True)
    StatusFactory(
        period=elsewhere, rag="red", item=PlanItemFactory(programme__place=elsewhere.place)
    )
    first, second, third = world.items[:3]
    StatusFactory(item=second, period=world.february, rag="red")
    StatusFactory(item=second, period=march, rag=None, reason="Still to say.")
    StatusFactory(item=third, period=world.february, rag="amber")
    StatusFactory(item=first, period=march, rag="green")
    for up_to in (None, world.january, world.february, march):
        for rag in ("red", "amber", "green"):
            expected = (
                selectors.last_said(up_to=up_to).filter(rag=rag).values_list("item", flat=True)
            )
            found = PlanItem.objects.filter(pk__in=rows_last_said(rag=rag, up_to=up_to))
            assert sorted(row.pk for row in found) == sorted(expected), (up_to, rag)
    found = PlanItem.objects.filter(pk__in=rows_last_said(rag="red", up_to=world.february))
    assert set(found) == {first, second}


def test_a_row_that_is_half_typed_this_month_keeps_its_last_rag_for_who_signs_off(world, march):
    StatusFactory(item=world.items[0], period=march, rag=None, reason="Still to say.")
    periods = [march, world.february]
    [item] = selectors.troubled_items(**wanted(world, periods))
    [row] = selectors.troubled_rows([item], place=world.place, periods=periods, today=MARCH)
    assert (item.declared, row.status.period) == ("red", world.january)
    # What is half typed is the last word all the same, where no RAG is asked for.
    assert selectors.last_said(up_to=march).get(item=item).rag is None


@pytest.mark.parametrize("rag", ["red", "amber", "green", None])
def test_the_list_of_who_signs_off_and_what_was_last_said_agree(world, march, rag):
    StatusFactory(item=world.items[0], period=march, rag=rag)
    for periods in ([march, world.february], [march], [world.february, march], []):
        up_to = max(periods, key=lambda one: one.ends_on, default=None)
        said = selectors.last_said(up_to=up_to, with_a_rag=True)
        off_track = set(said.off_track().values_list("item_id", "rag"))
        listed = selectors.troubled_items(**wanted(world, periods))
        assert {(one.pk, one.declared) for one in listed} == off_track


def test_without_a_period_nothing_was_said(world):
    assert not selectors.troubled_items(**wanted(world, []))
