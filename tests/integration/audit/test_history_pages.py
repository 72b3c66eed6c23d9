"""Histories in plain words, for whoever may see the thing."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from boards import services as reports
from boards.models import Report
from icp.audit.models import Change, Way
from icp.audit.recording import recorded
from icp.audit.tracking import JOURNALLED
from icp.common.models import DemoClock
from programmes import services
from programmes.history.lines import how_in_words, lines_of
from programmes.history.names import KINDS
from programmes.history.words import label_of
from programmes.models import Cover, GlossaryEntry, LeadershipRole, PlaceRole
from programmes.services import people
from tests.factories import (
    NOW,
    TODAY,
    BoardMemberFactory,
    CoverFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    PostFactory,
    UserFactory,
)


def words_of(answer):
    assert answer.status_code == 200
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&quot;", '"')


def at(world, name, **more):
    return reverse(name, kwargs={"place": world.place.slug, **more})


def row_history(world, row):
    return at(world, "item-history", code="IT", plan_id=row.plan_id)


def test_a_row_tells_who_turned_it_red_when_and_why(world):
    row = world.items[2]
    with recorded(way=Way.PAGE, by=world.lead):
        world.record(row, rag="amber", reason="Parts are short.", get_to_green="Chase them.")
        world.record(row, version=1, rag="red", reason="Parts are late.", get_to_green="Chase.")
    words = words_of(world.client(world.member).get(row_history(world, row)))
    assert "14 Feb 2020, " in words
    assert "Lead on a page" in words
    assert "Status IT 13, February 2020: RAG amber to red" in words
    assert "because Parts are late." in words
    assert words.index("amber to red") < words.index("RAG amber;")


def test_a_reason_that_stood_already_is_no_reason_for_another_change(world):
    row = world.items[2]
    world.record(row, rag="amber", reason="Parts are short.", get_to_green="Chase them.")
    world.record(row, version=1, percent_complete=40)
    newest = words_of(world.client(world.lead).get(row_history(world, row))).split("14 Feb 2020")[1]
    assert "percent complete nothing to 40" in newest
    assert "because" not in newest


def test_a_reason_that_changed_alone_is_what_changed(world):
    row = world.items[2]
    world.record(row, rag="amber", reason="Parts are short.", get_to_green="Chase them.")
    world.record(row, version=1, reason="Parts are late.")
    newest = words_of(world.client(world.lead).get(row_history(world, row))).split("14 Feb 2020")[1]
    assert "reason “Parts are short.” to “Parts are late.”" in newest
    assert "because" not in newest


def test_values_are_written_as_people_write_them(world):
    row, post = world.items[2], PostFactory(place=world.place, title="Head of Stores")
    row.owner, row.baseline_finish, row.parent = post, date(2020, 12, 1), world.items[0]
    row.save()
    newest = words_of(world.client(world.lead).get(row_history(world, row))).split("14 Feb 2020")[1]
    assert "owner nothing to Head of Stores" in newest
    assert "agreed finish 30 Oct 2020 to 1 Dec 2020" in newest
    assert "heading above nothing to IT 11" in newest
    assert re.search(r"Somebody with the database by SQL, as \w+", newest)


def test_a_history_is_found_from_the_page_of_its_thing(world):
    entry = GlossaryEntry.objects.create(place=world.place, acronym="BAU", expansion="As usual")
    client = world.client(MembershipFactory(place=world.place, role=PlaceRole.ADMINISTRATOR).user)
    february = world.february.key
    world.say_the_red_row()
    pages = {
        at(world, "item", code="IT", plan_id="11"): row_history(world, world.items[0]),
        at(world, "programme", code="IT"): at(world, "programme-history", code="IT"),
        at(world, "period", key=february): at(world, "period-history", key=february),
        at(world, "return", key=february, code="IT"): at(
            world, "return-history", key=february, code="IT"
        ),
        at(world, "glossary"): at(world, "glossary-entry-history", pk=entry.pk),
        at(world, "person", pk=world.member.pk): at(world, "person-history", pk=world.member.pk),
        at(world, "place"): at(world, "place-history"),
        at(world, "place-history"): at(world, "board-history", board=world.board.slug),
    }
    for page, history in pages.items():
        assert f'href="{history}"' in client.get(page).content.decode(), page
        assert "Newest first." in words_of(client.get(history))


@pytest.mark.parametrize("name", ["item-history", "programme-history", "place-history"])
def test_the_history_of_what_one_may_not_see_is_not_there(world, name):
    elsewhere = MembershipFactory().user
    more = {"item-history": {"code": "IT", "plan_id": "11"}, "programme-history": {"code": "IT"}}
    address = at(world, name, **more.get(name, {}))
    assert world.client(elsewhere).get(address).status_code == 404
    assert world.client(world.lead).get(address).status_code == 200


def test_a_return_tells_of_its_way_through_the_month(world):
    world.say_the_red_row()
    world.submit()
    services.send_back_return(
        programme=world.programme, period=world.february, by=world.sro, at=NOW, question="Why?"
    )
    address = at(world, "return-history", key=world.february.key, code="IT")
    words = words_of(world.client(world.member).get(address))
    assert "state in hand to submitted" in words
    assert "sent back with a question" in words
    assert "because Why?" in words


def test_a_persons_history_tells_of_this_place_only(world):
    person = world.member
    MembershipFactory(user=person)
    administrator = MembershipFactory(place=world.place, role=PlaceRole.ADMINISTRATOR).user
    with recorded(way=Way.PAGE, by=administrator):
        people.give_role(place=world.place, person=person, role=PlaceRole.AUDITOR, by=administrator)
        people.take_role(
            place=world.place, person=person, role=PlaceRole.AUDITOR, by=administrator, at=NOW
        )
    # They have come in since, or nothing would be told at all.
    type(person).objects.filter(pk=person.pk).update(last_login="2100-01-01T00:00Z")
    words = words_of(world.client(administrator).get(at(world, "person-history", pk=person.pk)))
    assert "Role (removed): removed: user was" in words
    assert "role was auditor" in words
    assert "role programme office" not in words  # That is of the other place.


def test_what_a_change_named_and_is_gone_is_still_named(world):
    post = PostFactory(place=world.place, title="Head of Stores")
    row = world.items[2]
    row.owner = post
    row.save()
    row.owner = None
    row.save()
    post.delete()
    words = words_of(world.client(world.lead).get(row_history(world, row)))
    assert "owner Head of Stores (removed) to nothing" in words


def test_a_history_is_paged_and_asks_the_same_number_of_questions(
    world, django_assert_max_num_queries
):
    row, client = world.items[2], world.client(world.lead)
    for n in range(60):
        row.name = f"Name {n}"
        row.save()
    with django_assert_max_num_queries(16) as few:
        client.get(row_history(world, row))
    for n in range(100):
        row.name = f"Other name {n}"
        row.save()
    with django_assert_max_num_queries(len(few)):
        page = client.get(row_history(world, row))
    assert "Other name 99" in words_of(page)
    assert "Name 52 to Name 53" in words_of(client.get(row_history(world, row) + "?page=3"))


def test_times_are_those_of_the_united_kingdom_and_dates_of_the_portals_clock(world):
    DemoClock.objects.update(today=date(2020, 7, 1))
    row = world.items[2]
    row.name = "In summer"
    row.save()
    [change] = Change.objects.filter(changes__has_key="name", object_id=row.pk, event="update")
    words = words_of(world.client(world.lead).get(row_history(world, row)))
    summer = (change.at.hour + 1) % 24
    assert f"1 Jul 2020, {summer:02}:{change.at.minute:02}" in words
    DemoClock.objects.update(today=TODAY)


def test_every_field_that_is_recorded_has_words():
    assert set(JOURNALLED) == set(KINDS)
    found = [(kind, label_of(kind, column)) for kind in KINDS for column in JOURNALLED[kind]]
    assert not [words for kind, words in found if "_" in words or words.endswith(" id")]
    # Two fields of one thing never share their words.
    assert len(found) == len(set(found))


def test_a_programmes_history_tells_who_leads_it(world):
    post = PostFactory(place=world.place, title="Deputy Director", holder=UserFactory())
    duty = LeadershipFactory(programme=world.programme, role=LeadershipRole.DEPUTY, post=post)
    duty.delete()
    words = words_of(world.client(world.lead).get(at(world, "programme-history", code="IT")))
    assert "Duty Deputy lead of IT Enabler" not in words
    assert "Duty (removed): removed: role was deputy lead; post was Deputy Director" in words


def test_a_removed_row_keeps_its_history(world):
    row = PlanItemFactory(programme=world.programme, plan_id="77", position=77)
    row.removed_at = NOW
    row.save()
    words = words_of(world.client(world.lead).get(row_history(world, row)))
    assert "removed nothing to 14 Feb 2020, 10:00" in words


def test_what_a_deputy_does_says_for_whom_they_covered(world):
    deputy = BoardMemberFactory(board=world.board, user=UserFactory(name="A Colleague")).user
    cover = CoverFactory(
        place=world.place,
        person=world.lead,
        deputy=deputy,
        starts_on=date(2020, 1, 1),
        ends_on=date(2099, 1, 1),
    )
    with recorded(way=Way.PAGE, by=deputy):
        world.record(world.items[2], by=deputy, rag="green")
    [line] = lines_of(Change.objects.filter(kind="programmes.status", by_id=deputy.pk))
    assert line.who == f"A Colleague, covering for {world.lead}"
    Cover.objects.filter(pk=cover.pk).update(ended_at=line.at - timedelta(seconds=1))
    [line] = lines_of(Change.objects.filter(kind="programmes.status", by_id=deputy.pk))
    assert line.who == "A Colleague"


def test_what_the_portal_does_by_itself_is_told_in_words():
    assert how_in_words(Way.TASK, "boards.tasks.build_report") == "while it built the report"
    assert how_in_words(Way.TASK, "some.tasks.close_the_door") == "by itself: close the door"


def test_a_report_that_is_published_and_opened_is_told_without_what_programs_need(world):
    report = Report.objects.get(period=world.january, kind="exceptions")
    with recorded(way=Way.TASK, via="boards.tasks.build_report"):
        reports.build_report(report=report, at=NOW)
    with recorded(way=Way.PAGE, by=world.office_too):
        reports.approve_report(report=report, by=world.office_too, at=NOW)
        reports.publish_report(report=report, by=world.office_too, at=NOW)
        reports.set_public(report=report, is_public=True, by=world.office)
        reports.set_public(report=report, is_public=False, by=world.office)
    page = words_of(
        world.client(world.office).get(
            at(world, "report-history", period=world.january.key, kind="exceptions")
        )
    )
    assert "The portal while it built the report" in page
    assert "opened to the public" in page
    assert "taken back from the public" in page
    for technical in ("checksum", "schema", "boards.tasks", "no to yes"):
        assert technical not in page, technical
