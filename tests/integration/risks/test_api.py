"""The API of the registers: what is done with a risk, what hangs on it, and its reports."""

import pytest

from programmes.models import Organisation
from risks import services
from risks.models import Control, Link, Mitigation, Risk, RiskReport
from risks.services import reports
from tests.factories import NOW, TODAY
from tests.integration.risks.conftest import raised

API = "/api/v1/"
JSON = {"content_type": "application/json"}


@pytest.fixture
def risk(world):
    return raised(world, printed_current="20")


@pytest.fixture
def do(world, risk):
    """Does something with the risk as it is stored now."""

    def done(deed, by=world.office, **body):
        risk.refresh_from_db()
        tag = {"If-Match": f'"{risk.pk}-{risk.version}"'}
        return world.client(by).post(f"{API}risks/{risk.pk}/{deed}/", body, headers=tag, **JSON)

    return done


def test_a_life_by_the_api_goes_by_the_pages_rules(world, do, risk):
    assert do("settle").json()["printed_current"] is None
    assert do("review").json()["reviewed_on"] == TODAY.isoformat()
    assert (
        "programme"
        in do("recommend-removal", because="The programme cannot.").json()["removal_because"]
    )
    moved = do("transfer", register="IC", because="It is everybody's.").json()
    assert (moved["ref"], moved["register"]) == ("IC1", "IC")
    issue = do("issue", because="It failed.", keep=True)
    assert (issue.status_code, issue.json()["kind"], issue.json()["came_from"]) == (
        201,
        "issue",
        risk.pk,
    )
    closed = do("close", because="Past.").json()
    assert (closed["state"], closed["ended_because"]) == ("closed", "Past.")
    assert do("issue", because="Again.").status_code == 409
    assert do("reopen", because="Back.").json()["state"] == "open"
    merged = do("merge", into=issue.json()["ref"], because="The same.").json()
    assert (merged["id"], merged["merged_into"]) == (risk.pk, issue.json()["id"])


def test_what_goes_to_the_boards_is_asked_for_and_decided_by_the_api(world, do, risk):
    asked = do("ask-to-see", by=world.sro, board=world.board.short_name).json()
    assert asked["grounds"] == ["score", "board"]
    assert do("need-to-know", because="Prices.").json()["grounds"][-1] == "need to know"
    too_high = do("decide", by=world.sro, ground="score", decision="end", because="Enough.")
    assert (too_high.status_code, "stays before the boards" in too_high.json()["detail"]) == (
        409,
        True,
    )
    ended = do("decide", by=world.sro, ground="board", decision="end", because="Seen.").json()
    assert ended["grounds"] == ["score", "need to know"]
    not_there = do("decide", ground="board", decision="end", because="Seen.")
    assert not_there.json()["errors"].keys() == {"ground"}
    assert (
        do("decide", by=world.lead, ground="score", decision="end", because="No.").status_code
        == 403
    )


def test_a_deed_upon_what_somebody_saved_since_is_refused_with_what_is_stored(world, risk):
    client, address = world.client(world.lead), f"{API}risks/{risk.pk}/close/"
    tag = f'"{risk.pk}-{risk.version}"'
    assert client.post(address, {"because": "Past."}, **JSON).status_code == 428
    services.settle_printed(risk=risk, by=world.office)
    stale = client.post(address, {"because": "Past."}, headers={"If-Match": tag}, **JSON)
    assert stale.status_code == 412
    assert stale.json()["current"]["printed_current"] is None
    assert Risk.objects.get(pk=risk.pk).is_open


def test_actions_are_added_changed_and_taken_out_by_the_api(world, risk):
    client = world.client(world.lead)
    body = {"risk": risk.pk, "what": "Mirror it.", "owner": "lead", "due_on": "1 February 2020"}
    made = client.post(f"{API}risk-actions/", body, **JSON)
    assert (made.status_code, made.json()["due_on"], made.json()["owner"]) == (
        201,
        "2020-02-01",
        "lead",
    )
    assert client.get(f"{API}risk-actions/?overdue=true&ref={risk.ref}").json()["count"] == 1
    address = f"{API}risk-actions/{made.json()['id']}/"
    tag = {"If-Match": made.headers["ETag"]}
    done = client.patch(address, {"done": True}, headers=tag, **JSON)
    assert (done.json()["percent"], done.json()["done_on"]) == (100, TODAY.isoformat())
    assert done.json()["what"] == "Mirror it."
    stale = client.patch(address, {"percent": 5}, headers=tag, **JSON)
    assert (stale.status_code, stale.json()["current"]["percent"]) == (412, 100)
    assert client.delete(address, headers=tag).status_code == 412
    assert client.delete(address, headers={"If-Match": done.headers["ETag"]}).status_code == 204
    assert client.get(address).status_code == 404
    assert Mitigation.objects.get().removed_at is not None
    nobody = client.post(f"{API}risk-actions/", {**body, "owner": "No such post"}, **JSON)
    assert nobody.json()["errors"].keys() == {"owner"}


def test_controls_and_links_are_added_and_taken_away_by_the_api(world, risk):
    client = world.client(world.lead)
    partner = Organisation.objects.create(place=world.place, name="A partner", short_name="AP")
    assurance = {"risk": risk.pk, "line": "third line", "what": "An audit.", "gap": "None yet."}
    assert client.post(f"{API}risk-controls/", assurance, **JSON).json()["line"] == "third line"
    for thing, said in (
        ({"row": "it11"}, "row"),
        ({"organisation": partner.short_name, "workstream": "IT"}, "workstream"),
        ({"words": "Days without servers"}, "words"),
    ):
        made = client.post(f"{API}risk-links/", {"risk": risk.pk, **thing}, **JSON)
        assert made.status_code == 201, made.json()
        assert made.json()[said]
    wrong = client.post(f"{API}risk-links/", {"risk": risk.pk, "row": "IT 9999"}, **JSON)
    assert wrong.json()["errors"].keys() == {"row"}
    assert client.get(f"{API}risk-links/?row=IT 11").json()["count"] == 1
    assert client.get(f"{API}risk-controls/?line=control").json()["count"] == 0
    for rows, address in ((Control, "risk-controls"), (Link, "risk-links")):
        for one in rows.objects.all():
            assert client.delete(f"{API}{address}/{one.pk}/").status_code == 204
    assert (Control.objects.count(), Link.objects.count()) == (0, 0)


def test_a_report_is_listed_when_it_is_published_and_its_content_is_what_is_frozen(world):
    report = RiskReport.objects.get(period=world.january, kind="escalated")
    built = reports.build_report(report=report, at=NOW)
    reader, office = world.client(world.member), world.client(world.office)
    assert reader.get(f"{API}risk-reports/").json()["count"] == 0
    assert office.get(f"{API}risk-reports/?state=draft").json()["count"] == 1
    reports.approve_report(report=built, seen=built.version, by=world.office_too, at=NOW)
    published = reports.publish_report(report=built, by=world.office, at=NOW)
    listed = reader.get(f"{API}risk-reports/?period=2020-01").json()["results"]
    assert [one["checksum"] for one in listed] == [published.checksum]
    read = reader.get(f"{API}risk-reports/{report.pk}/").json()
    assert read["content"] == published.content


def test_a_score_given_alone_stands_beside_no_steps_that_say_another(world, risk):
    client, address = world.client(world.lead), f"{API}risks/{risk.pk}/"

    def patch(**body):
        risk.refresh_from_db()
        tag = {"If-Match": f'"{risk.pk}-{risk.version}"'}
        return client.patch(address, body, headers=tag, **JSON)

    both = {"inherent_likelihood": 4, "inherent_impact": 5}
    assert patch(**both).json()["inherent"] == 20
    assert patch(inherent=20).json()["inherent_impact"] == 5
    alone = patch(inherent=12).json()
    assert [alone[name] for name in ("inherent", *both)] == [12, None, None]
    refused = patch(inherent=12, **both)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["inherent"])
    assert patch(inherent=None).json()["inherent"] is None


def test_a_risk_is_merged_into_one_that_the_person_may_change(world, do, risk):
    theirs = services.raise_risk(
        place=world.place,
        programme=world.other,
        values={"title": "A server fails"},
        by=world.office,
        at=NOW,
        today=TODAY,
    )
    refused = do("merge", by=world.lead, into=theirs.ref, because="The same.")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["into"])
    assert do("merge", by=world.office, into=theirs.ref, because="The same.").status_code == 200
