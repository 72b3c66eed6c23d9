"""A large plan file is read by a worker, while a page says how far it has come."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from icp.common.tabular import write_csv
from programmes import tasks
from programmes.importers.plan import COLUMNS
from programmes.models import PlanItem, PlanUpload
from tests.integration.test_import_pages import seen_on, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_by_a_worker")]
ROWS = 1_200


@pytest.fixture
def no_worker(monkeypatch):
    """The message is taken by nobody."""
    monkeypatch.setattr("programmes.services.background.enqueue", lambda *_, **__: None)


def plan(rows=ROWS, **wrong):
    plain = ["IT", "", "1", "task", "A row", "", "2020-01-06", "2020-03-06", "no", "auto"]
    lines = []
    for number in range(1, rows + 1):
        line = list(plain)
        line[1] = str(number)
        lines.append(line)
    for column, value in wrong.items():
        lines[-1][COLUMNS.index(column)] = value
    return b"".join(write_csv(COLUMNS, lines))


def test_a_large_file_waits_and_its_page_asks_again_without_scripts(
    office, it, no_worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(office, it.place, plan())
    assert page.headers["Refresh"] == "3"
    assert "Waiting for its turn" in page.content.decode()
    PlanUpload.objects.update(rows_read=500)
    again = office.get(page.request["PATH_INFO"])
    assert "500 rows read so far" in again.content.decode()


def test_what_the_worker_found_is_shown_and_imported(
    office, it, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, plan())
    found = PlanUpload.objects.get()
    assert (found.state, found.rows_read) == ("ready", 1_000)
    parts = {"place": it.place.slug, "pk": found.pk}
    page = office.get(reverse("import-preview", kwargs=parts))
    assert "Refresh" not in page.headers
    assert "IT 1200" not in page.content.decode()  # It is on a later page.
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("import-apply", kwargs=parts), seen_on(page))
    assert PlanItem.objects.count() == ROWS


def test_a_plan_that_changed_since_is_compared_again(
    office, it, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, plan())
    parts = {"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    page = office.get(reverse("import-preview", kwargs=parts))
    PlanItem.objects.create(
        programme=it, plan_id="1", position=1, outline_level=1, kind="task", name="Meanwhile"
    )
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("import-apply", kwargs=parts), seen_on(page))
    refused = office.get(reverse("import-preview", kwargs=parts))
    assert "The plan has changed since you saw the preview" in refused.content.decode()
    assert PlanItem.objects.count() == 1
    now = office.get(reverse("import-preview", kwargs=parts))
    assert "Meanwhile" in now.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("import-apply", kwargs=parts), seen_on(now))
    assert PlanItem.objects.count() == ROWS


def test_bad_cells_of_a_large_file_are_listed(office, it, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, plan(start="31/2/2020"))
    parts = {"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    shown = office.get(reverse("import-preview", kwargs=parts)).content.decode()
    assert "Row 1201" in shown
    listed = office.get(reverse("import-errors-csv", kwargs=parts))
    assert "31/2/2020" in b"".join(listed).decode()


@pytest.mark.parametrize("data", [b"%PDF-1.7" + b"x" * 20_000, b"a,b\r\n" + b"1,2\r\n" * 5_000])
def test_a_large_file_that_is_no_plan_says_why(
    office, it, data, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, data)
    found = PlanUpload.objects.get()
    assert found.state == "failed"
    parts = {"place": it.place.slug, "pk": found.pk}
    page = office.get(reverse("import-preview", kwargs=parts)).content.decode()
    assert "This file cannot be read" in page
    assert not PlanItem.objects.exists()


def test_a_file_whose_message_was_lost_is_found_again(office, it, no_worker, monkeypatch):
    upload(office, it.place, plan())
    PlanUpload.objects.update(uploaded_at=F("uploaded_at") - timedelta(minutes=21))
    asked = []
    monkeypatch.setattr(tasks, "enqueue", lambda task, **words: asked.append((task, words)))
    tasks.preview_waiting_uploads()
    assert asked == [(tasks.preview_upload, {"upload_id": PlanUpload.objects.get().pk})]


def test_a_task_for_a_file_that_was_put_aside_does_nothing(it):
    tasks.preview_upload(upload_id=0)
