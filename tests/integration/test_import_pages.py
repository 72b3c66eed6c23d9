"""Importing in the browser: preview, errors, apply, and nobody but the office."""

import re
from functools import partial
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from icp.common.tabular import Limits
from programmes.importers.plan import COLUMNS
from programmes.models import PlanItem, PlanUpload
from programmes.services import background, uploads
from tests.factories import (
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    PostFactory,
)
from tests.integration.test_import import plan_file

pytestmark = pytest.mark.django_db


def upload(client, place, data, *, name="plan.csv", kind="plan"):
    return client.post(
        reverse("import", kwargs={"place": place.slug}),
        {"kind": kind, "file": SimpleUploadedFile(name, data)},
        follow=True,
    )


def seen_on(page):
    """What the preview sends with the press, so that nothing else than what it shows is imported."""
    return {"seen": re.search(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())[1]}


def test_a_file_is_previewed_then_applied_once(office, it):
    page = upload(office, it.place, plan_file({"plan_id": "1"}, {"plan_id": "2"}))
    assert "What would change" in page.content.decode()
    assert not PlanItem.objects.exists()
    address = reverse(
        "import-apply", kwargs={"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    )
    done = office.post(address, seen_on(page), follow=True).content.decode()
    assert "2 new rows" in done
    assert PlanItem.objects.count() == 2
    assert "imported already" in office.post(address, seen_on(page), follow=True).content.decode()
    again = upload(office, it.place, plan_file({"plan_id": "1"}, {"plan_id": "2"}))
    assert "already says what this file says" in again.content.decode()


def test_a_plan_that_changed_since_the_preview_is_not_imported_over(office, it):
    row = PlanItemFactory(programme=it, plan_id="1", name="As it was")
    page = upload(office, it.place, plan_file({"plan_id": "1", "name": "From the file"}))
    address = reverse(
        "import-apply", kwargs={"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    )
    PlanItem.objects.filter(pk=row.pk).update(name="Changed by somebody else")
    refused = office.post(address, seen_on(page), follow=True)
    assert "The plan has changed since you saw the preview" in refused.content.decode()
    assert "Changed by somebody else" in refused.content.decode()
    row.refresh_from_db()
    assert row.name == "Changed by somebody else"
    assert PlanUpload.objects.get().applied_at is None
    office.post(address, seen_on(refused), follow=True)
    row.refresh_from_db()
    assert row.name == "From the file"


def test_a_press_that_saw_no_preview_imports_nothing(office, it):
    upload(office, it.place, plan_file({}))
    pk = PlanUpload.objects.get().pk
    office.post(reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk}))
    assert not PlanItem.objects.exists()


def test_owners_come_with_the_file(office, it):
    PostFactory(place=it.place, title="Data Officer")
    columns = (*COLUMNS, "owner")
    page = upload(office, it.place, plan_file({"owner": "data officer"}, columns=columns))
    pk = PlanUpload.objects.get().pk
    office.post(reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk}), seen_on(page))
    assert PlanItem.objects.get().owner.title == "Data Officer"


def test_bad_cells_are_listed_with_their_remedy_and_cannot_be_applied(office, it):
    page = upload(office, it.place, plan_file({"start": "31/2/2020"})).content.decode()
    assert "Row 2" in page
    assert "G2" in page
    assert "Import these changes" not in page
    pk = PlanUpload.objects.get().pk
    office.post(reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk}))
    assert not PlanItem.objects.exists()
    listed = office.get(reverse("import-errors-csv", kwargs={"place": it.place.slug, "pk": pk}))
    assert "31/2/2020" in b"".join(listed).decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.csv", b""),
        ("plan.csv", b"\x00\x01\x02"),
        ("plan.xlsx", b"PK\x03\x04 not a workbook"),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),
        ("plan.pdf", b"%PDF-1.7"),
        ("plan.csv", b"a,b\r\n1,2\r\n"),
        ("=cmd.csv", "programme\u202e;x\r\n".encode()),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(office, it, name, data):
    page = upload(office, it.place, data, name=name)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert not PlanUpload.objects.exists()


def test_a_file_that_is_too_large_is_refused_in_words(office, it, settings):
    settings.PLAN_UPLOAD_MAX_BYTES = 1024 * 1024
    page = upload(office, it.place, b"x" * (1024 * 1024 + 1)).content.decode()
    assert "larger than 1 MB" in page


def test_a_file_that_takes_too_long_to_read_is_refused_in_words_and_not_kept(
    office, it, settings, monkeypatch
):
    settings.UPLOAD_MAX_SECONDS = 10
    slow = partial(Limits, clock=count().__next__)
    monkeypatch.setattr(uploads, "Limits", slow)
    rows = plan_file(*({"plan_id": str(number)} for number in range(1, 50)))
    page = upload(office, it.place, rows).content.decode()
    assert "takes longer than 10 seconds to read. Copy the table alone" in page
    assert not PlanUpload.objects.exists()


def test_a_file_that_was_read_in_time_once_is_not_timed_again(office, it, settings, monkeypatch):
    upload(office, it.place, plan_file({}))
    settings.UPLOAD_MAX_SECONDS = 1
    monkeypatch.setattr(uploads, "Limits", partial(Limits, clock=count().__next__))
    where = reverse(
        "import-preview", kwargs={"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    )
    assert "Import these changes" in office.get(where).content.decode()


def test_a_large_file_that_takes_a_worker_too_long_says_so_on_its_page(
    office, it, settings, monkeypatch
):
    settings.UPLOAD_AT_ONCE_BYTES = 10
    settings.UPLOAD_MAX_SECONDS_OF_A_WORKER = 1
    monkeypatch.setattr(uploads, "Limits", partial(Limits, clock=count().__next__))
    upload(office, it.place, plan_file())
    stored = PlanUpload.objects.get()
    background.preview_in_background(upload=stored)
    page = office.get(reverse("import-preview", kwargs={"place": it.place.slug, "pk": stored.pk}))
    assert "This file cannot be read" in page.content.decode()
    assert "takes longer than 1 seconds to read" in page.content.decode()


def test_the_templates_can_be_imported_as_they_are(office, it):
    for fmt in ("csv", "xlsx"):
        got = office.get(reverse(f"import-template-plan-{fmt}", kwargs={"place": it.place.slug}))
        data = b"".join(got) if got.streaming else got.content
        page = upload(office, it.place, data, name=f"plan.{fmt}").content.decode()
        assert "Import these changes" in page


def test_a_file_can_be_put_aside(office, it):
    upload(office, it.place, plan_file({}))
    pk = PlanUpload.objects.get().pk
    office.post(reverse("import-discard", kwargs={"place": it.place.slug, "pk": pk}))
    assert not PlanUpload.objects.exists()


def test_for_everyone_but_the_office_the_page_is_not_there(client, it):
    lead = LeadershipFactory(programme=it).post.holder
    member = BoardMemberFactory(board=BoardFactory(place=it.place)).user
    stranger = MembershipFactory().user
    for user in (lead, member, stranger):
        client.force_login(user)
        assert client.get(reverse("import", kwargs={"place": it.place.slug})).status_code == 404
        assert upload(client, it.place, plan_file({})).status_code == 404
    assert not PlanUpload.objects.exists()


def test_another_places_upload_is_not_there(office, it):
    upload(office, it.place, plan_file({}))
    other = MembershipFactory()
    office.force_login(other.user)
    pk = PlanUpload.objects.get().pk
    address = reverse("import-preview", kwargs={"place": other.place.slug, "pk": pk})
    assert office.get(address).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(client, it):
    answer = client.get(reverse("import", kwargs={"place": it.place.slug}))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_the_preview_says_what_is_written_at_once_and_what_is_to_be_agreed(office, it):
    for file in (
        plan_file({"finish": "2020-03-31"}),
        plan_file({"finish": "2020-06-30", "name": "Renamed"}),
    ):
        page = upload(office, it.place, file)
        pk = PlanUpload.objects.latest("pk").pk
        address = reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk})
        done = office.post(address, seen_on(page), follow=True).content.decode()
    preview = page.content.decode()
    assert preview.count("<strong>when it is agreed</strong>") == 1
    assert "at once</td>" in preview
    assert "CR 1 asks for what needs to be agreed" in done
    changes = reverse("changes", kwargs={"place": it.place.slug})
    assert f'<a href="{changes}">Open the changes of the place</a>' in done
    assert PlanItem.objects.get().name == "Renamed"
    again = upload(office, it.place, plan_file({"finish": "2020-06-30", "name": "Renamed"}))
    assert "IT 1 waits to be agreed in CR 1." in again.content.decode()
