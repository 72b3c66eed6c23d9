"""A large plan file is imported by a worker: the whole of it or nothing, once, and a refusal is said aloud."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from icp.accounts.models import User
from icp.audit.models import Change
from programmes import tasks
from programmes.models import ChangeRequest, PlanItem, PlanUpload
from programmes.services import background, uploads
from tests.factories import NOW
from tests.integration.test_import_pages import seen_on, upload
from tests.integration.test_large_uploads import ROWS, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_by_a_worker")]


@pytest.fixture
def read(office, it, django_capture_on_commit_callbacks):
    """A file that a worker has read: its preview."""
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, plan())
    return office.get(address_of("preview"))


@pytest.fixture
def decide(office, read, monkeypatch):
    """Press Import on the preview; the message is taken by nobody."""
    monkeypatch.setattr("programmes.services.background.enqueue", lambda *_, **__: None)

    def press(**more):
        return office.post(address_of("apply"), seen_on(read) | more, follow=True)

    return press


def address_of(name):
    stored = PlanUpload.objects.latest("pk")
    return reverse(f"import-{name}", kwargs={"place": stored.place.slug, "pk": stored.pk})


def work():
    tasks.import_upload(upload_id=PlanUpload.objects.latest("pk").pk)


def test_the_page_says_that_it_is_being_imported_and_asks_again_without_scripts(office, decide):
    page = decide()
    assert page.headers["Refresh"] == "3"
    assert "Being imported" in page.content.decode()
    assert "Waiting for its turn" in page.content.decode()
    assert "Put the file aside" not in page.content.decode()
    assert not PlanItem.objects.exists()
    PlanUpload.objects.update(rows_read=500)
    again = office.get(address_of("preview")).content.decode()
    assert "500 rows read again so far" in again


def test_the_worker_writes_it_and_the_page_says_what_it_changed(office, it, decide):
    decide()
    work()
    assert PlanItem.objects.filter(programme=it).count() == ROWS
    stored = PlanUpload.objects.get()
    assert (stored.state, stored.applied_at is not None) == ("ready", True)
    page = office.get(address_of("preview"))
    assert "Refresh" not in page.headers
    assert "1,200 new rows, 0 changed rows, 0 unchanged. Below is what it changed." in (
        page.content.decode()
    )
    assert "Import these changes" not in page.content.decode()


@pytest.mark.parametrize("state", ["waiting", "failed"])
@pytest.mark.parametrize("name", ["errors-csv", "errors-xlsx", "left-csv", "left-xlsx"])
def test_a_table_of_a_file_that_is_not_read_leads_to_the_page_that_says_why(
    office, it, state, name
):
    PlanUpload.objects.create(
        place=it.place,
        kind="plan",
        filename="plan.csv",
        data=b"",
        state=state,
        uploaded_by=User.objects.get(),
        uploaded_at=NOW,
    )
    answer = office.get(address_of(name))
    assert (answer.status_code, answer.url) == (302, address_of("preview"))


def test_a_task_that_is_run_twice_imports_once(decide):
    decide()
    before = PlanUpload.objects.select_related("place", "decided_by").get()
    work()
    done = PlanUpload.objects.get()
    work()
    # The second worker had the message before the first was done.
    background.import_in_background(upload=before, at=done.applied_at)
    assert PlanItem.objects.count() == ROWS
    again = PlanUpload.objects.get()
    assert (again.applied_at, again.problem, again.state) == (done.applied_at, "", "ready")


def test_a_preview_that_is_delivered_twice_takes_no_decision_back(decide):
    """The second message is taken up while somebody decides, or after that."""
    decided = PlanUpload.objects.select_related("place").get()
    waiting = PlanUpload.objects.select_related("place").get()
    waiting.state = PlanUpload.State.WAITING
    decide()
    for late in (waiting, decided):
        background.preview_in_background(upload=late)
    tasks.preview_upload(upload_id=decided.pk)
    assert PlanUpload.objects.get().state == "applying"
    work()
    assert PlanItem.objects.count() == ROWS


def test_a_late_refusal_of_one_decision_ends_no_later_one(office, it, decide):
    decide()
    first = PlanUpload.objects.select_related("place", "decided_by").get()
    PlanItem.objects.create(
        programme=it, plan_id="1", position=1, outline_level=1, kind="task", name="Meanwhile"
    )
    work()
    office.post(address_of("apply"), seen_on(office.get(address_of("preview"))))
    background.import_in_background(upload=first, at=first.decided_at)
    again = PlanUpload.objects.get()
    assert (again.state, again.problem) == ("applying", "")


def test_a_second_press_is_told_that_it_is_being_imported(office, read, decide):
    decide()
    stored = PlanUpload.objects.get()
    second = decide(**{"conflict-0": "file"}).content.decode()
    assert "is being imported already" in second
    assert PlanUpload.objects.get().decided_at == stored.decided_at


def test_a_plan_that_changed_since_the_preview_is_refused_aloud(office, it, decide):
    decide()
    PlanItem.objects.create(
        programme=it, plan_id="1", position=1, outline_level=1, kind="task", name="Meanwhile"
    )
    work()
    assert PlanItem.objects.count() == 1
    page = office.get(address_of("preview"))
    assert "Nothing was imported" in page.content.decode()
    assert uploads.CHANGED_SINCE in page.content.decode()
    assert "Meanwhile" in page.content.decode()
    # What is shown now can be imported.
    office.post(address_of("apply"), seen_on(page))
    work()
    assert PlanItem.objects.count() == ROWS
    assert "Nothing was imported" not in office.get(address_of("preview")).content.decode()


def test_what_needs_to_be_agreed_is_asked_for_once_in_who_decided_s_name(
    office, it, decide, django_capture_on_commit_callbacks
):
    decide()
    work()
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, plan(name="Another name", finish="2020-06-30"))
    # The message is taken by nobody, so the preview is made here.
    tasks.preview_upload(upload_id=PlanUpload.objects.latest("pk").pk)
    office.post(address_of("apply"), seen_on(office.get(address_of("preview"))))
    work()
    work()
    request = ChangeRequest.objects.get()
    assert (request.drafted_by, request.lines.count()) == (office_of(it), 1)
    page = office.get(address_of("preview")).content.decode()
    assert "CR 1 asks for what needs to be agreed" in page


def office_of(it):
    return it.place.memberships.get().user


def test_history_says_who_imported_it(it, decide):
    decide()
    work()
    row = PlanItem.objects.get(plan_id="1")
    change = Change.objects.filter(kind="programmes.planitem", object_id=row.pk).first()
    assert (change.way, change.by_id) == ("import", office_of(it).pk)


def test_a_press_that_saw_another_preview_imports_nothing(office, decide):
    page = decide(seen="0" * 64)
    assert "The plan has changed since you saw the preview" in page.content.decode()
    assert PlanUpload.objects.get().state == "ready"


@pytest.mark.parametrize("hostile", ["\x00", "x" * 1_000_000])
def test_a_hostile_press_imports_nothing(office, decide, hostile):
    page = decide(seen=hostile, **{f"conflict-{'9' * 5_000}": "file"})
    assert page.status_code < 500
    assert PlanUpload.objects.get().state == "ready"


def test_a_fault_of_the_portal_is_told_and_the_file_can_be_imported_again(
    office, decide, monkeypatch
):
    decide()

    def stops(**_):
        raise RuntimeError("A disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(uploads, "apply_upload", stops)
        with pytest.raises(RuntimeError):
            work()
    page = office.get(address_of("preview"))
    assert "A fault of the portal stopped the import" in page.content.decode()
    office.post(address_of("apply"), seen_on(page))
    work()
    assert PlanItem.objects.count() == ROWS


def test_an_import_whose_message_was_lost_is_found_again(decide, monkeypatch):
    decide()
    asked = []
    monkeypatch.setattr(tasks, "enqueue", lambda task, **words: asked.append((task, words)))
    tasks.preview_waiting_uploads()
    assert asked == []
    PlanUpload.objects.update(decided_at=F("decided_at") - timedelta(minutes=21))
    tasks.preview_waiting_uploads()
    assert asked == [(tasks.import_upload, {"upload_id": PlanUpload.objects.get().pk})]


def test_a_file_that_is_being_imported_cannot_be_put_aside(office, decide):
    decide()
    refused = office.post(address_of("discard"), follow=True).content.decode()
    assert "it cannot be put aside any more" in refused
    assert PlanUpload.objects.exists()


def test_a_task_for_a_file_that_is_not_there_or_not_decided_on_does_nothing(read):
    tasks.import_upload(upload_id=0)
    work()
    assert not PlanItem.objects.exists()
