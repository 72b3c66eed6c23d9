"""The API of the registers: files attached to risks, what they scored, and the indicators that they hang on."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from risks import services
from risks.models import Link, RiskFile
from tests.integration.risks.conftest import raised, when

API = "/api/v1/"
FILES = f"{API}risk-files/"
PAGE = "/places/testshire/risks/IT1/"


@pytest.fixture
def risk(world):
    return raised(world)


def attached(client, risk, *, name="plan.pdf", content=b"%PDF", **more):
    return client.post(FILES, {"risk": risk.pk, "file": SimpleUploadedFile(name, content), **more})


def test_a_file_is_attached_handed_out_and_taken_away_by_the_api(world, risk):
    client = world.client(world.lead)
    made = attached(client, risk, name="../plan.pdf")
    assert made.status_code == 201
    told = made.json()
    assert (told["name"], told["size"], told["ref"]) == ("plan.pdf", 4, "IT1")
    assert "plan.pdf" in client.get(PAGE).content.decode()
    for accepted in ("*/*", "application/octet-stream"):
        content = client.get(f"{FILES}{told['id']}/content/", headers={"Accept": accepted})
        assert content.content == b"%PDF"
        assert content.headers["Content-Disposition"].startswith("attachment")
    assert client.delete(f"{FILES}{told['id']}/").status_code == 204
    assert client.get(f"{FILES}{told['id']}/content/").status_code == 404
    assert RiskFile.objects.get(pk=told["id"]).content == b""


def test_a_file_by_the_api_is_checked_as_the_page_checks_it(world, risk, settings):
    settings.UPLOAD_MAX_BYTES = 10
    client = world.client(world.lead)
    assert attached(client, risk, content=b"").json()["errors"]["file"] == ["The file is empty."]
    assert "larger than" in attached(client, risk, content=b"x" * 11).json()["errors"]["file"][0]
    assert client.post(FILES, {"risk": risk.pk, "file": "text"}).status_code == 400
    assert attached(client, risk, why="?").status_code == 400
    assert client.post(FILES, {"risk": risk.pk}, content_type="application/json").status_code == 415
    assert attached(world.client(world.other_lead), risk).status_code == 403
    services.close_risk(risk=risk, because="It is past.", **when(world.lead))
    assert attached(client, risk).status_code == 409
    assert not RiskFile.objects.exists()


def test_each_score_is_told_with_who_gave_it_when_and_why(world, risk):
    services.change_risk(
        risk=risk,
        values={"likelihood": 2},
        because="Half is moved.",
        seen=risk.version,
        **when(world.office),
    )
    client = world.client(world.member)
    told = client.get(f"{API}risk-scores/?which=current&ref=IT1").json()["results"]
    assert [(one["score"], one["because"], one["given_by"]) for one in told] == [
        (8, "Half is moved.", "Programme Director"),
        (16, "As it was raised.", "Lead"),
    ]
    one = client.get(f"{API}risk-scores/{told[0]['id']}/").json()
    assert (one["likelihood"], one["impact"], one["risk"]) == (2, 4, risk.pk)


def test_a_risk_hangs_on_an_indicator_in_page_api_file_and_history(world, risk):
    client = world.client(world.lead)
    named = {"indicator": "Delayed transfers of care", "indicator_set": "BCF metrics"}
    for _ in range(2):
        assert client.post(f"{PAGE}links/new/", named).status_code == 302
    link = Link.objects.get()
    said = "Delayed transfers of care (BCF metrics)"
    assert f"Indicator: {said}" in client.get(PAGE).content.decode()
    assert "Delayed transfers of care, IT1" in client.get(f"{PAGE}history/").content.decode()
    found = client.get(f"{API}risk-links/?indicator_set=bcf metrics").json()["results"]
    assert [(one["id"], one["indicator"]) for one in found] == [(link.pk, named["indicator"])]
    file = b"".join(client.get("/places/testshire/risks.csv").streaming_content)
    (row,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    assert row["linked"] == f"indicator {said}"


def test_a_set_without_its_indicator_or_two_things_at_once_are_refused(world, risk):
    client = world.client(world.lead)
    for wrong in (
        {"indicator_set": "BCF metrics"},
        {"indicator": "Delayed transfers of care", "row": "IT 11"},
        {"indicator": "x" * 201},
        {"indicator": "nul\x00byte"},
    ):
        assert client.post(f"{PAGE}links/new/", wrong).status_code in (400, 422), wrong
        body = {"risk": risk.pk, **wrong}
        answer = client.post(f"{API}risk-links/", body, content_type="application/json")
        assert answer.status_code in (400, 409), wrong
    assert not Link.objects.exists()
