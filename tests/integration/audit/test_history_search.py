"""Searching a place's history: by whom, of what, when, which way; shared by address, downloaded."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.urls import reverse

from icp.audit.models import Change, Way
from icp.audit.recording import recorded
from programmes.models import GlossaryEntry, PlaceRole
from programmes.views import history_search
from tests.factories import MembershipFactory, PlanItemFactory
from tests.integration.audit.test_history_pages import at, words_of


@pytest.fixture
def it(world):
    """Two people's work in two programmes, one of them by the API; and one change by SQL."""
    with recorded(way=Way.PAGE, by=world.lead):
        world.record(world.items[2], rag="green")
    with recorded(way=Way.API, by=world.other_lead):
        row = PlanItemFactory(programme=world.other, plan_id="9", name="Roof", position=9)
        row.name = "Roof and walls"
        row.save()
    GlossaryEntry.objects.create(place=world.place, acronym="BAU", expansion="=SUM(A1:A9)")
    return world


def search(it, query="", who=None):
    address = at(it, "history") + (f"?{query}" if query else "")
    return it.client(who or it.office).get(address)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def download(it, query="", fmt="csv"):
    return it.client(it.office).get(at(it, "history-download", fmt=fmt) + f"?{query}")


def test_the_office_and_auditors_find_it_in_the_menu_and_others_do_not(it):
    auditor = MembershipFactory(place=it.place, role=PlaceRole.AUDITOR).user
    link = f'href="{at(it, "history")}"'
    for who, sees in ((it.office, True), (auditor, True), (it.lead, False), (it.member, False)):
        assert (link in it.client(who).get(at(it, "place")).content.decode()) == sees
        assert search(it, who=who).status_code == (200 if sees else 404)


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("person={lead}", "Status: IT 13", "Roof"),
        ("programme=EST", "Roof", "Status: IT 13"),
        ("field=planitem.name", "name Roof to Roof and walls", "BAU"),
        ("way=api", "Roof and walls", "Status: IT 13"),
        ("way=sql", "BAU", "Roof and walls"),
        ("date_from=14/2/2020&date_to=14/2/2020", "Roof and walls", "No change"),
    ],
)
def test_each_filter_narrows(it, query, found, left_out):
    words = words_of(search(it, query.format(lead=it.lead.pk)))
    assert found in words.split("Clear all filters")[1]
    assert left_out not in words.split("Clear all filters")[1].replace("Anything", "")


def test_days_are_those_of_the_united_kingdom(it):
    Change.objects.update(at=datetime(2020, 6, 30, 23, 30, tzinfo=UTC))  # 1 July, 00:30 there.
    assert "Roof" in words_of(search(it, "date_from=1/7/2020"))
    assert "No change answers" in words_of(search(it, "date_to=30/6/2020"))


def test_a_filter_that_cannot_be_read_shows_nothing_and_says_so(it):
    answer = search(it, "date_from=soon&person=zebra")
    words = words_of(answer)
    assert "is not a date" in words
    assert "No change answers to these filters" in words
    assert download(it, "date_from=soon").status_code == 302


def test_another_places_history_is_not_told(it):
    elsewhere = PlanItemFactory(name="Elsewhere")
    assert "Elsewhere" not in words_of(search(it))
    assert elsewhere.programme.name not in b"".join(download(it)).decode()


def test_a_download_has_a_line_for_each_field_and_defuses_formulas(it):
    rows = rows_of(download(it, "way=api&field=planitem.name"))
    renamed = [row for row in rows if row["done"] == "Changed"]
    assert [(r["who"], r["what"], r["field"], r["before"], r["after"]) for r in renamed] == [
        ("Other lead", "EST 9", "name", "Roof", "Roof and walls")
    ]
    formulas = [row["after"] for row in rows_of(download(it)) if "SUM" in row["after"]]
    assert formulas == ["'=SUM(A1:A9)"]


def test_the_same_in_excel(it):
    book = openpyxl.load_workbook(io.BytesIO(download(it, "way=api", fmt="xlsx").content))
    rows = list(book.active.values)
    assert "who" in rows[0] or any("who" in row for row in rows[:5])
    assert any("Roof and walls" in row for row in rows)


def test_the_search_asks_as_many_questions_of_a_long_history(it, django_assert_max_num_queries):
    client, address = it.client(it.office), at(it, "history")
    with django_assert_max_num_queries(20):
        client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(f"{address}?field=planitem.name")
    for n in range(60):
        it.items[2].name = f"Name {n}"
        it.items[2].save()
    with django_assert_max_num_queries(len(few)):
        client.get(f"{address}?field=planitem.name")


def test_a_long_history_is_counted_only_so_far(it, monkeypatch):
    monkeypatch.setattr(history_search, "COUNTED_TO", 2)
    words = words_of(search(it))
    assert "The newest 2 changes." in words
    assert "choose a last day" in words
    assert "?page=2" not in search(it).content.decode()


def test_pages_keep_the_filters(it):
    for n in range(60):
        GlossaryEntry.objects.create(place=it.place, acronym=f"A{n}", expansion="Words")
    page = search(it, "field=glossaryentry.acronym").content.decode()
    assert "field=glossaryentry.acronym&amp;page=2" in page
    second = words_of(search(it, "field=glossaryentry.acronym&page=2"))
    assert "acronym A1;" in second
    assert date(2020, 2, 14).strftime("%-d %b %Y") in second


def test_the_address_of_history_is_not_taken_for_anothers(it):
    assert reverse("history", kwargs={"place": "x"}) == "/places/x/history/"
