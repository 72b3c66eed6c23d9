"""What is recorded of a change: from what to what, by whom, which way, and why; raw SQL included."""

import json
import tempfile
from pathlib import Path

import pytest
from celery import shared_task
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from icp.accounts.api_tokens import make_token
from icp.audit.commands import RecordingUtility
from icp.audit.models import Change, Way
from icp.audit.recording import recorded
from icp.common.tasks import send_waiting_mail
from programmes.models import GlossaryEntry, PlanItem, Programme, Status
from tests.factories import NOW, BoardFactory, PlanItemFactory, PostFactory, UserFactory
from tests.integration.cycle.test_update_page import typed


def last(model, pk=None):
    found = Change.objects.filter(kind=model._meta.label_lower)
    if pk:
        found = found.filter(object_id=pk)
    return found.latest("id")


def test_a_page_records_who_what_and_why(world):
    row, client = world.items[0], world.client(world.lead)
    said = world.record(row, rag="amber", reason="Parts are short.", get_to_green="Chase them.")
    address = reverse("update", kwargs={"place": world.place.slug, "code": "IT"})
    sent = typed(row, version=1, rag="red", reason="Parts are late.", get_to_green="Chase them.")
    client.post(address, sent | {"do": f"save-{row.pk}"})
    change = last(Status, said.pk)
    assert change.changes == {
        "rag": ["amber", "red"],
        "reason": ["Parts are short.", "Parts are late."],
    }
    assert (change.event, change.way, change.via) == ("update", Way.PAGE, address)
    assert (change.by_id, change.reason) == (world.lead.pk, "Parts are late.")
    assert (change.place_id, change.programme_id) == (world.place.pk, world.programme.pk)
    assert change.about == [f"programmes.status:{said.pk}", f"programmes.planitem:{row.pk}"]
    assert set(change.fields) == {"status.rag", "status.reason"}


def test_the_api_records_the_person_whom_the_view_signs_in(world):
    token = make_token(user=world.lead, name="A test", at=NOW, request=None).key
    world.client(world.office).post(
        "/api/v1/statuses/",
        {"item": world.items[2].pk, "rag": "green"},
        content_type="application/json",
        headers={"Authorization": f"Token {token}"},
    )
    change = last(Status)
    assert (change.way, change.by_id) == (Way.API, world.lead.pk)
    assert change.changes["rag"] == [None, "green"]
    assert change.event == "insert"


def test_a_change_by_sql_is_recorded_as_sql_with_the_role_that_made_it(world):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programmes_planitem SET name = 'By hand' WHERE id = %s", [world.items[0].pk]
        )
        cursor.execute("SELECT session_user")
        [role] = cursor.fetchone()
    change = last(PlanItem)
    assert change.changes == {"name": ["Row number 1", "By hand"]}
    assert (change.way, change.via, change.by_id) == (Way.SQL, role, None)
    assert PlanItem.pgh_event_model.objects.latest("pgh_id").name == "By hand"


def test_a_task_and_a_command_record_their_names(world):
    board = BoardFactory(place=world.place, slug="other")

    @shared_task(name="tests.name_anew")
    def name_anew() -> None:
        board.name = "Named anew"
        board.save()

    name_anew.delay()
    change = last(board)
    assert (change.way, change.via) == (Way.TASK, "tests.name_anew")
    call_command(RecordingUtility(["manage.py"]).fetch_command("loaddata"), _fixture(board))
    change = last(board)
    assert (change.way, change.via) == (Way.COMMAND, "loaddata")
    assert change.changes == {"name": ["Named anew", "By command"]}


def _fixture(board) -> str:
    fields = {"place": board.place_id, "name": "By command", "short_name": board.short_name}
    fields |= {"slug": board.slug, "takes_decisions": True, "order": 0}
    file = Path(tempfile.mkdtemp()) / "board.json"
    file.write_text(json.dumps([{"model": "programmes.board", "pk": board.pk, "fields": fields}]))
    return str(file)


def test_every_task_of_the_portal_records_itself():
    from icp.celery import app

    own = [
        task
        for name, task in app.tasks.items()
        if name.split(".")[0] in ("icp", "programmes", "boards")
    ]
    assert send_waiting_mail.name in {task.name for task in own}
    assert all(type(task).__call__.__module__ == "icp.audit.tasks" for task in own)


def test_what_is_recorded_inside_a_block_ends_with_it(world):
    with recorded(way=Way.PAGE, by=world.lead, via="/somewhere/"):
        with recorded(way=Way.IMPORT, reason="File plan.csv"):
            world.items[0].name = "Imported"
            world.items[0].save()
        imported = last(PlanItem)
        world.items[0].name = "Typed"
        world.items[0].save()
    typed = last(PlanItem)
    assert (imported.way, imported.by_id, imported.via) == (
        Way.IMPORT,
        world.lead.pk,
        "/somewhere/",
    )
    assert imported.reason == "File plan.csv"
    assert (typed.way, typed.by_id, typed.reason) == (Way.PAGE, world.lead.pk, "")
    assert typed.context_id == imported.context_id


def test_what_a_removal_took_away_is_kept(world):
    entry = GlossaryEntry.objects.create(place=world.place, acronym="BAU", expansion="As usual")
    pk = entry.pk
    entry.delete()
    change = last(GlossaryEntry, pk)
    assert change.event == "delete"
    assert change.changes == {
        "acronym": ["BAU", None],
        "expansion": ["As usual", None],
        "place_id": [world.place.pk, None],
    }
    assert GlossaryEntry.pgh_event_model.objects.latest("pgh_id").pgh_label == "delete"


def test_a_new_password_is_recorded_and_not_kept(world):
    person = UserFactory()
    person.set_password("another-long-password")
    person.save()
    change = last(person)
    assert change.changes == {"password": [None, "changed"]}
    assert "password" not in {field.name for field in type(person).pgh_event_model._meta.fields}


def test_a_post_that_changes_hands_is_in_the_history_of_both(world):
    old, new = UserFactory(), UserFactory()
    post = PostFactory(place=world.place, holder=old)
    post.holder = new
    post.save()
    assert set(last(post).about) == {
        f"programmes.post:{post.pk}",
        f"accounts.user:{old.pk}",
        f"accounts.user:{new.pk}",
    }


def test_what_statuses_say_of_a_row_is_told_once(world):
    before = Change.objects.filter(kind="programmes.planitem").count()
    world.record(world.items[2], rag="complete", forecast_finish="2020-03-01")
    world.items[2].refresh_from_db()
    assert world.items[2].is_complete
    assert Change.objects.filter(kind="programmes.planitem").count() == before
    # The row as it stands is kept all the same.
    assert world.items[2].events.latest("pgh_id").is_complete


@pytest.mark.parametrize(
    "change", [{"plan_id": "99"}, {"programme_id": "other"}], ids=["number", "programme"]
)
def test_a_row_keeps_its_number_and_its_programme(world, change):
    if change.get("programme_id"):
        change = {"programme_id": world.other.pk}
    rows = PlanItem.objects.filter(pk=world.items[0].pk)
    with pytest.raises(DatabaseError, match="keeps its number"), transaction.atomic():
        rows.update(**change)


def test_a_programme_stays_in_its_place(world):
    elsewhere = PlanItemFactory().programme.place
    with pytest.raises(DatabaseError, match="stays in its place"), transaction.atomic():
        Programme.objects.filter(pk=world.programme.pk).update(place=elsewhere)
