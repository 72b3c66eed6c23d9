"""Files on rows: kept, handed out as downloads only, taken away without a trace being lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from icp.audit.selectors import history_of
from programmes.models import Attachment
from programmes.services.attachments import clean_name
from tests.factories import LeadershipFactory, MembershipFactory, PlaceFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return PlanItemFactory(programme__code="IT", plan_id="11")


@pytest.fixture
def lead(client, row):
    client.force_login(LeadershipFactory(programme=row.programme).post.holder)
    return client


def at(row, name, **more):
    parts = {"place": row.programme.place.slug, "code": "IT", "plan_id": "11", **more}
    return reverse(name, kwargs=parts)


def attach(client, row, name, content, kind="text/html"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(at(row, "attachment-add"), {"file": file}, follow=True)


def test_a_file_is_handed_out_to_keep_and_never_as_a_page(lead, row):
    attach(lead, row, "../../plan.html", b"<script>alert(1)</script>")
    kept = Attachment.objects.get()
    assert kept.name == "plan.html"
    answer = lead.get(at(row, "attachment-file", pk=kept.pk))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.html"'


def test_taking_it_away_empties_it_and_keeps_its_record(lead, row):
    attach(lead, row, "plan.pdf", b"Plan")
    kept = Attachment.objects.get()
    lead.post(at(row, "attachment-remove", pk=kept.pk))
    kept.refresh_from_db()
    assert (bytes(kept.content), kept.size) == (b"", 4)
    assert lead.get(at(row, "attachment-file", pk=kept.pk)).status_code == 404
    assert "plan.pdf" not in lead.get(at(row, "item")).content.decode()
    told = history_of(f"programmes.planitem:{row.pk}").filter(kind="programmes.attachment")
    assert [one.event for one in told.order_by("id")] == ["insert", "update"]


def test_a_file_too_large_or_empty_is_refused_in_words(lead, row, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    page = attach(lead, row, "big.bin", b"x" * (1024 * 1024 + 1)).content.decode()
    assert "The file is larger than 1 MB" in page
    assert "The file is empty." in attach(lead, row, "none.txt", b"").content.decode()
    assert (
        "Choose a file." in lead.post(at(row, "attachment-add"), {}, follow=True).content.decode()
    )
    assert not Attachment.objects.exists()


def test_a_file_is_for_who_has_a_role_in_the_place(lead, row, client):
    attach(lead, row, "plan.pdf", b"Plan")
    address = at(row, "attachment-file", pk=Attachment.objects.get().pk)
    client.force_login(MembershipFactory(place=PlaceFactory()).user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\plan.xlsx", "plan.xlsx"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given, kept):
    assert clean_name(given) == kept
