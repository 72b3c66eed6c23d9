"""Files that nobody in good faith would upload, sent to the import page: refused in words, and nothing kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programmes.models import PlanItem, PlanUpload

HEAD = b"programme,plan_id,outline_level,kind,name,duration,start,finish,complete,scheduling\n"
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
)


def workbook(sheet: bytes) -> bytes:
    """A workbook as openpyxl writes it, with another first sheet in it."""
    from openpyxl import Workbook

    made, found = io.BytesIO(), io.BytesIO()
    Workbook().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return found.getvalue()


def row(**changed: str) -> bytes:
    cells = {
        "programme": "IT",
        "plan_id": "900",
        "outline_level": "1",
        "kind": "task",
        "name": "A row",
        "duration": "",
        "start": "",
        "finish": "",
        "complete": "",
        "scheduling": "",
    } | changed
    return ",".join(f'"{value}"' for value in cells.values()).encode() + b"\n"


FILES = {
    "an XML bomb": lambda: workbook(BOMB.encode()),
    "a zip bomb": lambda: workbook(b"<worksheet>" + b" " * 300_000_000),
    "100,000 rows": lambda: HEAD + row() * 100_000,
    "no text at all": lambda: bytes(range(256)) * 40,
    "a damaged workbook": lambda: workbook(b"<worksheet/>")[:-200],
    "a web page": lambda: b"<html><script>alert(1)</script></html>",
    "only headings of another table": lambda: b"a,b,c\n1,2,3\n",
    "four megabytes of commas": lambda: HEAD + b"," * 4_000_000,
    "nothing": lambda: b"",
    "more than the limit": lambda: HEAD + b"x" * 16_000_000,
}
# Files that are tables: kept for a preview, in which every bad cell is named, and nothing can be applied.
BAD_CELLS = {
    "one line of four megabytes": b"x" * 4_000_000,
    "the year nought": row(finish="01/01/0000"),
    "the year 9999 and more": row(finish="31/12/99999"),
    "a huge number": row(plan_id="9" * 400),
    "a negative level": row(outline_level="-4"),
    "a level of a million": row(outline_level="1000000"),
    "a level of 5,000 digits": row(outline_level="0001" + "0" * 5000),
    "another programme": row(programme="=1+1"),
    "a NUL in a name": row(name="a\x00b"),
    "a name of 100,000 letters": row(name="x" * 100_000),
}


def send(world, data: bytes, name: str = "plan.csv"):
    browser = world.client(world.office)
    browser.raise_request_exception = False
    return browser.post(
        reverse("import", kwargs={"place": world.place.slug}),
        {"kind": "plan", "file": SimpleUploadedFile(name, data)},
        follow=True,
    )


def read(world, answer, callbacks):
    """The page of a large file once a worker has been at it; the same page for others."""
    upload = PlanUpload.objects.first()
    if upload is None or not callbacks:
        return answer
    return world.client(world.office).get(answer.request["PATH_INFO"])


@pytest.mark.parametrize("title", FILES)
def test_a_file_that_is_no_plan_is_refused_with_a_remedy_and_not_kept(
    world, title, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        answer = send(world, FILES[title]())
    answer = read(world, answer, callbacks)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text or "This file cannot be read" in answer.text
    # Of a large one stays that it was brought and why it was refused.
    assert not any(bytes(upload.data) for upload in PlanUpload.objects.all())


@pytest.mark.parametrize("title", BAD_CELLS)
def test_a_bad_cell_is_named_and_nothing_can_be_imported(
    world, title, django_capture_on_commit_callbacks
):
    before = PlanItem.objects.count()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        answer = send(world, HEAD + BAD_CELLS[title])
    answer = read(world, answer, callbacks)
    assert answer.status_code in (200, 422)
    upload = PlanUpload.objects.first()
    if upload is None:
        assert "There is a problem" in answer.text
    else:
        assert "row 2" in answer.text.lower()
        world.client(world.office).post(
            reverse("import-apply", kwargs={"place": world.place.slug, "pk": upload.pk})
        )
    assert PlanItem.objects.count() == before


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "a" * 5000 + ".csv", "plan\u202egsv.csv", "plan.html", "=cmd.csv"],
)
def test_whatever_a_file_calls_itself_its_name_is_only_words(world, name):
    answer = send(world, HEAD + row(), name)
    assert answer.status_code in (200, 422)
    assert "etc/passwd" not in answer.text or "../" not in answer.text
    assert "<script" not in (PlanUpload.objects.first() or PlanUpload(filename="")).filename
