"""A register as a file by the API: brought, previewed, chosen of, brought in as on its page."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from risks import services
from risks.models import Risk
from tests.integration.risks.conftest import raised, when

ALL = "/api/v1/risk-imports/"
REGISTER = b"register,title,likelihood,impact\nIT,Another,2,3\n"


@pytest.fixture
def office(world):
    return world.client(world.office)


def bring(client, data=REGISTER, **more):
    sent = {"place": "testshire", "file": SimpleUploadedFile("register.csv", data), **more}
    return client.post(ALL, sent)


def apply(client, brought, tag=None, **body):
    address = f"{ALL}{brought.json()['id']}/apply/"
    headers = {"If-Match": tag or brought.headers["ETag"]}
    return client.post(address, body, content_type="application/json", headers=headers)


def written(office, **changed):
    """The register as the portal writes it, with other words in its row."""
    file = b"".join(office.get("/places/testshire/risks.csv").streaming_content)
    (row,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    made = io.StringIO()
    sheet = csv.DictWriter(made, row)
    sheet.writeheader()
    sheet.writerow({**row, **changed})
    return made.getvalue().encode()


def renamed(world, risk, title):
    said = when(world.lead)
    return services.change_risk(risk=risk, values={"title": title}, seen=risk.version, **said)


def test_a_register_is_previewed_and_brought_in_once(world, office):
    brought = bring(office)
    assert brought.status_code == 201
    assert brought.json()["counts"] == {
        "new": 1,
        "changed": 0,
        "conflicts": 0,
        "unchanged": 0,
        "errors": 0,
    }
    assert not Risk.objects.exists()
    listed = office.get(f"{ALL}{brought.json()['id']}/differences/").json()["results"]
    assert [(one["row"], one["new"]) for one in listed] == [(2, "Another")]
    assert apply(office, brought).json() == {"raised": 1, "changed": 0, "left": 0}
    assert Risk.objects.get().current == 6
    assert apply(office, brought).status_code == 409
    assert office.get(f"{ALL}{brought.json()['id']}/").json()["counts"] is None


def test_of_what_both_changed_the_stored_stays_unless_the_files_is_chosen(world, office):
    risk = raised(world)
    file = written(office, title="A rack burns")
    risk = renamed(world, risk, "Servers fail")
    brought = bring(office, file)
    (conflict,) = office.get(f"{ALL}{brought.json()['id']}/conflicts/").json()["results"]
    assert (conflict["was"], conflict["stored"], conflict["file"]) == (
        "A server fails",
        "Servers fail",
        "A rack burns",
    )
    assert apply(office, brought, take=["nothing"]).status_code == 400
    assert apply(office, brought, take=[conflict["key"]]).json()["changed"] == 1
    assert Risk.objects.get().title == "A rack burns"


def test_what_was_not_previewed_is_not_brought_in_by_api_or_page(world, office):
    risk = raised(world)
    brought = bring(office, b"ref,title\nIT1,A rack burns\n")
    page = f"/places/testshire/risks/bring/{brought.json()['id']}/"
    shown = {"seen": office.get(page).context["seen"]}
    renamed(world, risk, "Servers fail")
    stale = apply(office, brought)
    assert (stale.status_code, stale.json()["current"]["counts"]["changed"]) == (412, 1)
    for sent in (shown, {}, {"seen": "\x00"}):
        answer = office.post(page, sent)
        assert answer.status_code == 422, sent
        assert "The registers have changed since." in answer.content.decode()
    assert Risk.objects.get().title == "Servers fail"
    assert apply(office, brought, stale.headers["ETag"]).status_code == 200
    assert Risk.objects.get().title == "A rack burns"


def test_bad_cells_and_files_are_named_and_others_see_nothing(world, office):
    brought = bring(office, b"register,title,likelihood\nXX,Another,4\n")
    (error, *_) = office.get(f"{ALL}{brought.json()['id']}/errors/").json()["results"]
    assert (error["row"], error["column"]) == (2, "register")
    assert apply(office, brought).status_code == 409
    for wrong in (b"", b"no\x00table", b"why\n1\n"):
        assert bring(office, wrong).status_code == 400, wrong
    lead = world.client(world.lead)
    assert lead.get(ALL).json()["count"] == 0
    assert bring(lead).status_code == 404
    assert lead.get(f"{ALL}{brought.json()['id']}/").status_code == 404
