"""The pages, the API and the files of the registers."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from icp.common.checksums import checksum
from icp.common.models import DemoClock
from risks import services
from risks.models import Mitigation, Residual, Risk, RiskReport, RiskUpload
from risks.services import reports
from tests.factories import NOW, TODAY
from tests.integration.risks.conftest import raised

BASE = "/places/testshire/risks/"


@pytest.fixture
def risk(world):
    return raised(world, inherent=20)


def posted(risk, **more):
    return {
        "version": risk.version,
        "kind": "risk",
        "title": risk.title,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "inherent": risk.inherent,
        "because": "It was looked at.",
        **more,
    }


def test_an_edit_that_comes_second_sees_both_values_and_chooses(world, risk):
    first, second = world.client(world.lead), world.client(world.office)
    assert first.post(f"{BASE}IT1/edit/", posted(risk, title="Servers fail")).status_code == 302
    answer = second.post(f"{BASE}IT1/edit/", posted(risk, title="A rack burns"))
    assert answer.status_code == 409
    assert "Servers fail" in answer.content.decode()
    assert "A rack burns" in answer.content.decode()
    risk.refresh_from_db()
    chosen = posted(risk, title="A rack burns", saw=risk.version, **{"take-title": "mine"})
    assert second.post(f"{BASE}IT1/edit/", chosen).status_code == 302
    risk.refresh_from_db()
    assert risk.title == "A rack burns"


def test_hostile_words_are_refused_with_a_sentence_and_never_break_the_page(world, risk):
    client = world.client(world.lead)
    for wrong in (
        {"title": "x" * 1_000_000},
        {"likelihood": "9" * 50},
        {"owner": "999999999"},
        {"review_on": "31 February 2020"},
        {"value": "a lot"},
        {"title": "nul\x00byte"},
    ):
        assert client.post(f"{BASE}IT1/edit/", posted(risk, **wrong)).status_code in (400, 422)
    for query in ("register=%00", "cell=current-99-999", "owner=x", "moved_from=never", "q=%00"):
        assert client.get(f"{BASE}?{query}").status_code in (200, 400)
        assert client.get(f"{BASE}map/?{query}").status_code in (200, 400)
    assert client.get(f"{BASE}NOSUCH99999999999999999999999/").status_code == 404


def test_a_risk_of_a_place_one_has_no_role_in_is_invisible(world, risk):
    from tests.integration.cycle.conftest import make_world

    stranger = make_world("elsewhere").client(make_world("nowhere").lead)
    assert stranger.get(f"{BASE}IT1/").status_code == 404
    assert stranger.get("/api/v1/risks/").json()["count"] == 0


def test_reviewed_no_change_is_one_press(world, risk):
    client = world.client(world.lead)
    assert client.post(f"{BASE}IT1/reviewed/", {"version": risk.version}).status_code == 302
    risk.refresh_from_db()
    assert (risk.reviewed_on, risk.review_on) == (TODAY, date(2020, 3, 14))


def test_who_keeps_the_register_closes_from_the_page_what_is_recommended_for_removal(world, risk):
    owner = world.place.posts.get(title="sro")
    services.change_risk(
        risk=risk, values={"owner": owner}, seen=1, by=world.lead, at=NOW, today=TODAY
    )
    services.recommend_removal(risk=risk, because="It cannot be mitigated.", by=world.sro)
    for person, closes in ((world.lead, True), (world.sro, False)):
        shown = world.client(person).get(f"{BASE}IT1/").context["next"]
        assert shown["text"] == "It cannot be mitigated."
        assert ("deed" in shown) is closes


def test_the_list_asks_the_same_number_of_queries_however_many_risks(world, risk):
    client = world.client(world.member)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(BASE)
            client.get(f"{BASE}map/?moved_from=2020-01-01")
        return len(captured)

    asked()
    few = asked()
    for number in range(12):
        services.raise_risk(
            place=world.place,
            programme=world.other,
            values={"title": f"Risk {number}", "likelihood": 3, "impact": 5},
            by=world.office,
            at=NOW,
            today=TODAY,
        )
    assert asked() == few
    assert few <= 50


def test_no_page_of_the_registers_takes_more_than_25_queries(world, risk):
    client = world.client(world.office)
    services.add_mitigation(risk=risk, values={"what": "Mirror it."}, by=world.lead)
    addresses = (
        "",
        "by/owner/",
        "IT1/",
        "map/?moved_from=2020-01-01",
        "exposure/",
        "reports/",
        "settings/",
    )
    client.get(BASE)
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{BASE}{address}").status_code == 200
        assert len(captured) <= 25, (address, [one["sql"][:120] for one in captured])


def test_the_api_writes_by_the_pages_rules_with_etag_and_if_match(world, risk):
    client = world.client(world.lead)
    address = f"/api/v1/risks/{risk.pk}/"
    tag = client.get(address).headers["ETag"]
    body = {"likelihood": 2, "because": "Half is moved."}
    kind = {"content_type": "application/json"}
    assert client.patch(address, body, **kind).status_code == 428
    saved = client.patch(address, body, headers={"If-Match": tag}, **kind)
    assert (saved.status_code, saved.json()["current"]) == (200, 8)
    stale = client.patch(address, {"title": "Late"}, headers={"If-Match": tag}, **kind)
    assert stale.status_code == 412
    assert stale.json()["current"]["current"] == 8
    unsaid = client.patch(
        address, {"likelihood": 5}, headers={"If-Match": saved.headers["ETag"]}, **kind
    )
    assert unsaid.status_code == 400
    assert "because" in unsaid.json()["errors"]
    reader = world.client(world.member)
    assert reader.patch(address, body, headers={"If-Match": tag}, **kind).status_code == 403


def test_the_api_reads_back_what_it_writes(world, risk):
    client = world.client(world.lead)
    address = f"/api/v1/risks/{risk.pk}/"
    body = {"target_likelihood": 2, "target_impact": 4, "value": "25000", "probability": "12.5"}
    tag = client.get(address).headers["ETag"]
    saved = client.patch(
        address, body, headers={"If-Match": tag}, content_type="application/json"
    ).json()
    read = client.get(address).json()
    assert read == saved
    assert {name: str(read[name]) for name in body} == {
        "target_likelihood": "2",
        "target_impact": "4",
        "value": "25000.00",
        "probability": "12.50",
    }


def test_residual_scores_of_former_years_stay_on_the_page(world):
    # After January was closed: what comes in now brings the quarters that its source printed.
    DemoClock.objects.update(today=date(2020, 2, 15))
    risk = services.raise_risk(
        place=world.place,
        programme=world.programme,
        values={"title": "An old one"},
        by=world.office,
        at=NOW,
        today=TODAY,
    )
    Residual.objects.create(risk=risk, year=2018, quarter=3, score=12, recorded_at=NOW)
    page = world.client(world.member).get(f"{BASE}{risk.ref}/").content.decode()
    assert "Q3 2018/19" in page


def brought(client, name, data):
    answer = client.post(f"{BASE}bring/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return RiskUpload.objects.latest("pk")


def as_shown(client, upload, chosen=None):
    """Bring it in as its page shows it."""
    address = f"{BASE}bring/{upload.pk}/"
    seen = client.get(address).context["seen"]
    return client.post(address, {**(chosen or {}), "seen": seen})


def test_a_register_comes_back_unchanged_and_a_change_made_meanwhile_is_a_conflict(world, risk):
    client = world.client(world.office)
    data = b"".join(client.get("/places/testshire/risks.xlsx"))
    upload = brought(client, "register.xlsx", data)
    page = client.get(f"{BASE}bring/{upload.pk}/").content.decode()
    assert '0</span> <span class="icp-tile__label">to change' in page

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, head["title"]).value = "From the file"
    written = io.BytesIO()
    book.save(written)
    services.change_risk(
        risk=risk,
        values={"title": "From the page"},
        seen=risk.version,
        by=world.lead,
        at=NOW,
        today=TODAY,
    )
    upload = brought(client, "register.xlsx", written.getvalue())
    address = f"{BASE}bring/{upload.pk}/"
    assert "IT1 title: take the file’s" in client.get(address).content.decode()
    risk.refresh_from_db()
    as_shown(client, upload, {f"conflict-2-{risk.version}-title": "file"})
    risk.refresh_from_db()
    assert risk.title == "From the file"


def edited(data, **cells):
    """A file of the portal with other words in its first risk."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    for name, value in cells.items():
        sheet.cell(2, head[name]).value = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_file_changes_its_own_fields_leaves_others_and_asks_of_those_that_both_changed(
    world, risk
):
    client = world.client(world.office)
    data = b"".join(client.get("/places/testshire/risks.xlsx"))
    theirs = {"title": "From the page", "cause": "Seen here", "event": "Only here"}
    services.change_risk(
        risk=risk, values=theirs, seen=risk.version, by=world.lead, at=NOW, today=TODAY
    )
    data = edited(data, title="From the file", cause="Seen there", consequence="Only there")
    upload = brought(client, "register.xlsx", data)
    risk.refresh_from_db()
    shown = risk.version
    choose = {f"conflict-2-{shown}-cause": "file", f"conflict-2-{shown}-title": "here"}

    services.change_risk(
        risk=risk, values={"cause": "Later"}, seen=shown, by=world.lead, at=NOW, today=TODAY
    )
    late = client.post(f"{BASE}bring/{upload.pk}/", choose)
    assert late.status_code == 422
    assert "choose again" in late.content.decode()

    again = {f"conflict-2-{shown + 1}-cause": "file"}
    assert as_shown(client, upload, again).status_code == 302
    risk.refresh_from_db()
    assert (risk.title, risk.cause, risk.event, risk.consequence) == (
        "From the page",
        "Seen there",
        "Only here",
        "Only there",
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_a_risk_costs_how_likely_and_since_when_go_out_and_come_in_as_they_are(
    world, risk, kind
):
    values = {
        "value": Decimal("1234567.89"),
        "probability": Decimal("12.50"),
        "raised_on": date(2019, 5, 3),
    }
    services.change_risk(
        risk=risk, values=values, seen=risk.version, by=world.lead, at=NOW, today=TODAY
    )
    client = world.client(world.office)
    data = b"".join(client.get(f"/places/testshire/risks.{kind}"))
    upload = brought(client, f"register.{kind}", data)
    page = client.get(f"{BASE}bring/{upload.pk}/").content.decode()
    assert '1</span> <span class="icp-tile__label">as they are' in page


def test_what_a_new_risk_costs_how_likely_and_since_when_is_brought_with_it(world):
    client = world.client(world.office)
    text = 'title,value,probability,raised_on\nA,"1,234,567.89",12.5%,3 May 2019\n'
    as_shown(client, brought(client, "new.csv", text.encode()))
    made = Risk.objects.get(title="A")
    assert (made.value, made.probability) == (Decimal("1234567.89"), Decimal("12.5"))
    assert made.raised_on == date(2019, 5, 3)


def test_an_amount_a_percentage_or_a_day_that_cannot_be_is_named_at_its_cell(world):
    client = world.client(world.office)
    wrong = "title,value,probability,raised_on\nA,a lot,120,31 February 2020\nB,1.005,NaN,\n"
    upload = brought(client, "wrong.csv", wrong.encode())
    page = client.get(f"{BASE}bring/{upload.pk}/").content.decode()
    assert page.count("It is no amount") == 2
    assert page.count("It is no percentage") == 2
    assert page.count("It is no date") == 1


PAPER = (
    "ref,kind,title,owner,inherent,likelihood,impact,current,residual_q1 2019/20,residual_q3 2019/20,mitigations\n"
    "IT13,risk,Rough sleepers,lead,20,4,4,20,20,16,Agree one pathway\n"
    ",issue,Without a number,,,,,,N/A,,\n"
)


def test_a_paper_with_a_score_that_does_not_agree_is_kept_and_flagged(world):
    # The day after January was closed: what comes in now brings the quarters that its source printed.
    DemoClock.objects.update(today=date(2020, 2, 15))
    client = world.client(world.office)
    upload = brought(client, "paper.csv", PAPER.encode())
    assert as_shown(client, upload).status_code == 302
    found = Risk.objects.get(ref="IT13")
    assert (found.current, found.printed_current, found.inherent) == (16, "20", 20)
    assert [(one.quarter, one.score) for one in found.residuals.order_by("quarter")] == [
        (1, 20),
        (3, 16),
    ]
    assert Mitigation.objects.get(risk=found).what == "Agree one pathway"
    assert Risk.objects.get(title="Without a number").ref == "IC1"


def test_bad_cells_are_named_and_nothing_is_written(world):
    client = world.client(world.office)
    wrong = "title,likelihood,owner,kind\nA,9x,Nobody known,peril\n"
    upload = brought(client, "wrong.csv", wrong.encode())
    page = client.get(f"{BASE}bring/{upload.pk}/").content.decode()
    assert "Write risk or issue" in page
    assert client.post(f"{BASE}bring/{upload.pk}/").status_code == 422
    assert not Risk.objects.exists()


def test_what_the_register_would_refuse_is_named_in_the_preview_with_its_row(world, risk):
    services.transfer_risk(
        risk=risk, programme=world.other, because="Theirs.", by=world.office, today=TODAY
    )
    client = world.client(world.office)
    wrong = "ref,register,title,likelihood,impact\n,IT,Half a score,4,\n,IT,Off the scale,6,2\nIT1,IT,Old,1,1\n"
    upload = brought(client, "wrong.csv", wrong.encode())
    page = client.get(f"{BASE}bring/{upload.pk}/").content.decode()
    for row, words in (
        (2, "Give the impact too"),
        (3, "The scale of likelihood is from 1 to 5"),
        (4, "This risk is EST1 now"),
    ):
        assert f"Row {row}</th>" in page
        assert words in page
    assert "Bring it in</button>" not in page


def test_a_file_that_cannot_be_read_in_time_is_said_and_breaks_nothing(world, settings):
    client = world.client(world.office)
    upload = brought(client, "paper.csv", PAPER.encode())
    settings.UPLOAD_MAX_SECONDS = -1
    for answer in (
        client.get(f"{BASE}bring/{upload.pk}/"),
        client.post(f"{BASE}bring/{upload.pk}/"),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith("/risks/bring/")
    assert not Risk.objects.exists()


def test_movement_that_ends_before_it_begins_is_named_at_its_field(world, risk):
    page = world.client(world.lead).get(f"{BASE}map/?moved_from=10/02/2020&moved_to=01/02/2020")
    assert page.status_code == 200
    assert "turn the two round" in page.content.decode()


def test_another_likelihood_in_the_portals_own_file_contradicts_nothing(world, risk):
    client = world.client(world.office)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/places/testshire/risks.xlsx"))))
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, head["likelihood"]).value = 2
    written = io.BytesIO()
    book.save(written)
    upload = brought(client, "register.xlsx", written.getvalue())
    as_shown(client, upload)
    risk.refresh_from_db()
    assert (risk.current, risk.printed_current) == (8, "")


def test_a_published_report_is_the_same_in_every_form_and_never_changes(world, risk):
    from programmes.models import Period
    from programmes.services import close_period

    february = Period.objects.get(key="2020-02", place=world.place)
    # Days after the risk was raised, whatever the hour at which this runs: history keeps the hour.
    closed_at = NOW + timedelta(days=17)
    close_period(
        period=february,
        by=world.office,
        at=closed_at,
        today=closed_at.date(),
        without_late_returns=True,
    )
    report = RiskReport.objects.get(period=february)
    built = reports.build_report(report=report, at=NOW)
    reports.approve_report(report=built, seen=built.version, by=world.office_too, at=NOW)
    published = reports.publish_report(report=built, by=world.office, at=NOW)
    files = f"{BASE}reports/2020-02/escalated/file."
    reader = world.client(world.member)
    assert reader.get(f"{files}pdf").content.startswith(b"%PDF")
    assert "IT1" in b"".join(reader.get(f"{files}csv")).decode()
    sheet = openpyxl.load_workbook(io.BytesIO(reader.get(f"{files}xlsx").content)).worksheets[0]
    assert sheet.cell(2, 1).value == "IT1"
    with zipfile.ZipFile(io.BytesIO(reader.get(f"{files}docx").content)) as archive:
        assert "A server fails" in archive.read("word/document.xml").decode()
    part = reader.get(f"{files}json?register=IT")
    page = reader.get(f"{BASE}reports/2020-02/escalated/?register=IT").content.decode()
    assert checksum(part.json()) in page
    assert published.checksum not in page
    before = reader.get(f"{files}json").content
    services.close_risk(risk=risk, because="Past.", by=world.office, at=NOW, today=TODAY)
    assert reader.get(f"{files}json").content == before
    assert published.checksum


def test_risks_by_owner_count_what_is_open_and_lead_to_the_list(world, risk):
    services.change_risk(
        risk=risk,
        values={"owner": world.place.posts.get(title="lead")},
        seen=risk.version,
        by=world.office,
        at=NOW,
        today=TODAY,
    )
    closed = services.raise_risk(
        place=world.place,
        programme=world.programme,
        values={"title": "Past", "likelihood": 5, "impact": 5},
        by=world.office,
        at=NOW,
        today=TODAY,
    )
    services.close_risk(risk=closed, because="Past.", by=world.office, at=NOW, today=TODAY)
    client = world.client(world.lead)
    rows = b"".join(client.get(f"{BASE}by/owner.csv")).decode("utf-8-sig").split("\r\n")
    assert rows[1] == "lead,1,1,0,1,0,16,16"
    assert "A server fails" in client.get(f"{BASE}?mine=on").content.decode()
    assert "A server fails" not in world.client(world.sro).get(f"{BASE}?mine=on").content.decode()


def test_the_map_draws_who_moved_between_two_days_and_nobody_else(world, risk):
    services.raise_risk(
        place=world.place,
        programme=world.programme,
        values={"title": "Stays", "likelihood": 2, "impact": 2},
        by=world.office,
        at=NOW,
        today=TODAY,
    )
    services.change_risk(
        risk=risk,
        values={"likelihood": 2},
        seen=risk.version,
        by=world.office,
        at=NOW + timedelta(days=4),
        today=date(2020, 2, 18),
        because="Half is moved.",
    )
    DemoClock.objects.update(today=date(2020, 2, 20))
    client = world.client(world.member)
    page = client.get(f"{BASE}map/?moved_from=2020-02-14").content.decode()
    assert page.count('class="rsk-arrow') == 1
    assert "1 from 4 x 4 to 2 x 4" in page
    assert f'<a href="{BASE}IT1/">IT1</a>' in page
    moved = client.get(f"{BASE}?move=2020-02-14_2020-02-20_4-4_2-4").content.decode()
    assert "IT1 A server fails" in moved
    assert "Moved 4 x 4 to 2 x 4 from 14 Feb 2020 to 20 Feb 2020" in moved
    assert "Stays" not in moved
    wrong = client.get(f"{BASE}?move=2020-02-31_2020-02-20_4-4_2-4").content.decode()
    assert "This is no move on the map." in wrong
    assert "IT1 A server fails" not in wrong
    still = client.get(f"{BASE}map/?moved_from=2020-02-18").content.decode()
    assert "No risk moved between these days." in still


def test_an_action_of_a_risk_that_was_closed_meanwhile_is_not_taken_out(world, risk):
    made = services.add_mitigation(risk=risk, values={"what": "Mirror it."}, by=world.lead)
    services.close_risk(risk=risk, because="Past.", by=world.office, at=NOW, today=TODAY)
    client = world.client(world.lead)
    answer = client.post(f"{BASE}IT1/actions/{made.pk}/", {"do": "remove"}, follow=True)
    assert "reopen it to change it" in answer.content.decode()
    made.refresh_from_db()
    assert made.removed_at is None
