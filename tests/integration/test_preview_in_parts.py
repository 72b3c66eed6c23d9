"""The preview of a large file is kept in parts: the same as one in memory, and each page of it costs the same."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.models import PlanUpload, PlanUploadPart
from programmes.services import background, uploads
from programmes.services.plan_shown import PART, kept, shown
from tests.integration.test_import_pages import upload
from tests.integration.test_large_uploads import ROWS, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_by_a_worker")]
LISTS = ("lines", "errors", "conflicts", "left", "notes", "waiting", "left_out", "warnings")


@pytest.fixture
def read(office, it, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, plan())
    return PlanUpload.objects.get()


def test_it_says_what_one_in_memory_says(read):
    stored, made = kept(read), shown(uploads.preview_upload(upload=read))
    assert (stored.seen, stored.counts) == (made.seen, made.counts)
    for name in LISTS:
        assert list(getattr(stored, name)) == list(getattr(made, name))


def test_a_slice_of_a_list_is_that_of_the_whole(read):
    lines = kept(read).lines
    whole = list(lines)
    assert len(whole) == len(lines) == ROWS
    edges = (0, 1, PART - 1, PART, PART + 1, ROWS - 1, ROWS, ROWS + 5)
    for start, stop in product(edges, edges):
        assert lines[start:stop] == whole[start:stop]
    assert lines[ROWS - 1] == whole[-1]


def test_its_last_page_asks_as_much_as_its_second(office, it, read):
    where = reverse("import-preview", kwargs={"place": it.place.slug, "pk": read.pk})
    counts = []
    for number in (2, ROWS // PART):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = office.get(f"{where}?page={number}").content.decode()
        counts.append(len(asked))
    assert f"IT {ROWS}<" in page
    assert counts[0] == counts[1]
    assert sum('"programmes_planuploadpart"' in one["sql"] for one in asked) < len(LISTS)


def test_a_new_preview_takes_the_place_of_the_old(read):
    before = PlanUploadPart.objects.count()
    PlanUpload.objects.update(state=PlanUpload.State.WAITING)
    background.preview_in_background(upload=PlanUpload.objects.get())
    assert PlanUploadPart.objects.count() == before
    uploads.discard_upload(upload=read)
    assert not PlanUploadPart.objects.exists()


def test_a_file_with_more_bad_cells_than_anybody_mends_names_the_first(
    office,
    it,
    django_capture_on_commit_callbacks,
    monkeypatch,
):
    monkeypatch.setattr("programmes.importers.plan.MOST_ERRORS", 3)
    wrong = plan(1_000).replace(b"task", b"chore")
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, it.place, wrong)
    where = {"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    page = office.get(reverse("import-preview", kwargs=where)).content.decode()
    assert "More than 3 cells need attention" in page
    assert "Row 2, kind" in page


def test_what_an_earlier_version_imported_is_compared_anew_and_said_to_be(office, it, read):
    as_kept_then = {"created": ["IT 1"], "changed": {}, "unchanged": 0, "left": []}
    PlanUpload.objects.update(applied_at=read.uploaded_at, found=as_kept_then)
    where = reverse("import-preview", kwargs={"place": it.place.slug, "pk": read.pk})
    page = office.get(where).content.decode()
    assert "Below is how it compares with the plan as it stands now." in page
    assert "Below is what it changed." not in page
