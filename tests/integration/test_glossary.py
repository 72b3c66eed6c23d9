"""The glossary: read by all with a role, kept by the office, followed by drafts."""

import pytest
from django.urls import reverse

from programmes.errors import CannotKeepEntry, StaleEntry
from programmes.models import GlossaryEntry
from programmes.services import glossary as services
from tests.factories import BoardMemberFactory, MembershipFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return PlaceFactory()


@pytest.fixture
def office(place):
    return MembershipFactory(place=place).user


@pytest.fixture
def entry(place, office):
    return services.add_glossary_entry(
        place=place, acronym="BAU", expansion="Business as usual", by=office
    )


def address(place, name="glossary", **more):
    return reverse(name, kwargs={"place": place.slug, **more})


def test_adding_twice_adds_once(place, office, entry):
    again = services.add_glossary_entry(
        place=place, acronym=" BAU ", expansion="Business  as usual", by=office
    )
    assert again == entry
    assert GlossaryEntry.objects.count() == 1


def test_an_acronym_stands_for_one_thing(place, office, entry):
    with pytest.raises(CannotKeepEntry, match="already, as Business as usual"):
        services.add_glossary_entry(place=place, acronym="BAU", expansion="Other", by=office)


@pytest.mark.parametrize("acronym", ["", "=BAU", "\u202eUAB", "<b>"])
def test_what_is_no_acronym_is_refused(place, office, acronym):
    with pytest.raises(CannotKeepEntry, match="letters and digits"):
        services.add_glossary_entry(place=place, acronym=acronym, expansion="Words", by=office)


def test_the_second_writer_is_told(office, entry):
    services.change_glossary_entry(
        entry=entry, expansion="As before", expected_version=1, by=office
    )
    with pytest.raises(StaleEntry, match="Both are shown") as refused:
        services.change_glossary_entry(
            entry=entry, expansion="As ever", expected_version=1, by=office
        )
    assert refused.value.current.expansion == "As before"
    with pytest.raises(StaleEntry):
        services.remove_glossary_entry(entry=entry, expected_version=1, by=office)


def test_what_was_removed_stays_in_the_history(office, entry):
    services.remove_glossary_entry(entry=entry, expected_version=1, by=office)
    from pghistory.models import Events

    said = Events.objects.filter(pgh_model="programmes.GlossaryEntryEvent")
    assert [event.pgh_label for event in said.order_by("pgh_created_at", "pgh_id")] == [
        "insert",
        "delete",
    ]


def test_the_office_adds_and_finds(client, place, office, entry):
    client.force_login(office)
    answer = client.post(address(place), {"acronym": "IAPT", "expansion": "Talking therapies"})
    assert answer.status_code == 302
    page = client.get(address(place), {"q": "talking"})
    assert "IAPT" in page.text
    assert "BAU" not in page.text
    csv = b"".join(client.get(address(place, "glossary-download", fmt="csv")).streaming_content)
    assert csv.decode("utf-8-sig").splitlines() == [
        "acronym,expansion",
        "BAU,Business as usual",
        "IAPT,Talking therapies",
    ]


def test_a_refused_entry_keeps_what_was_typed_and_says_where(client, place, office, entry):
    client.force_login(office)
    page = client.post(address(place), {"acronym": "BAU", "expansion": "Something else"})
    assert "already, as Business as usual" in page.text
    assert "Something else" in page.text


def test_two_people_on_one_entry_see_both_texts(client, place, office, entry):
    services.change_glossary_entry(
        entry=entry, expansion="As before", expected_version=1, by=office
    )
    client.force_login(office)
    page = client.post(
        address(place, "glossary-entry", pk=entry.pk),
        {"expansion": "Mine", "version": 1, "do": "save"},
    )
    assert page.status_code == 409
    assert "As before" in page.text
    assert "Mine" in page.text
    client.post(
        address(place, "glossary-entry", pk=entry.pk),
        {"expansion": "Mine", "version": 2, "do": "save"},
    )
    entry.refresh_from_db()
    assert entry.expansion == "Mine"


def test_others_read_and_change_nothing(client, place, entry):
    client.force_login(BoardMemberFactory(board__place=place).user)
    page = client.get(address(place))
    assert "Business as usual" in page.text
    assert "Add an acronym" not in page.text
    refused = client.post(address(place), {"acronym": "X", "expansion": "Y"})
    change = client.get(address(place, "glossary-entry", pk=entry.pk))
    for answer in (refused, change):
        assert answer.status_code == 403
        assert "The programme office keeps the glossary. You may read it." in answer.text


def test_another_place_is_not_found(client, place, office):
    other = MembershipFactory(place=PlaceFactory()).user
    client.force_login(other)
    assert client.get(address(place)).status_code == 404


@pytest.mark.parametrize("many", [3, 60])
def test_the_list_asks_the_same_number_of_questions(
    client, place, office, many, django_assert_max_num_queries
):
    GlossaryEntry.objects.bulk_create(
        GlossaryEntry(place=place, acronym=f"A{n}", expansion="Words") for n in range(many)
    )
    client.force_login(office)
    with django_assert_max_num_queries(12):
        assert client.get(address(place)).status_code == 200
