"""Who may read and do what, and what the pages say."""

from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from boards.demo.people import DOMAIN
from boards.models import Report
from icp.accounts.models import User
from icp.audit.models import Change
from tests.factories import PlaceFactory

EXCEPTIONS = "/places/city-and-hackney/reports/2020-01/exceptions/"
PUBLIC = "/places/city-and-hackney/reports/2020-01/look-ahead/"


def client_of(who=None):
    client = Client()
    if who:
        client.force_login(
            User.objects.get(email=f"{who}@{DOMAIN}"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    return client


READERS = ["icb-member", "it-enabler-lead", "chief-executive-homerton", "auditor", "administrator"]
OFFICE = ["ic-programme-director", "ic-programme-manager"]


@pytest.mark.parametrize("who", READERS + OFFICE)
def test_everyone_with_a_role_reads_what_is_published(demo_place, who):
    page = client_of(who).get(EXCEPTIONS)
    assert page.status_code == 200
    text = page.content.decode()
    assert "What is off track, why, and what is being done" in text
    assert ("Published and frozen" in text) == (who in OFFICE)


def test_the_public_reads_what_is_marked_public(demo_place):
    page = client_of().get(PUBLIC)
    assert page.status_code == 200
    assert "29" in page.content.decode()
    listed = client_of().get("/places/city-and-hackney/reports/").content.decode()
    assert PUBLIC in listed
    assert EXCEPTIONS not in listed


@pytest.mark.parametrize(
    "address",
    [
        EXCEPTIONS,
        EXCEPTIONS.rstrip("/") + ".pdf",
        EXCEPTIONS.rstrip("/") + ".json",
        "/places/city-and-hackney/reports/2020-01/nothing/",
        "/places/city-and-hackney/reports/2031-01/exceptions/",
        "/places/nowhere/reports/2020-01/exceptions/",
        "/places/nowhere/reports/",
        EXCEPTIONS + "narrative/",
    ],
)
def test_signed_out_all_else_leads_to_sign_in_whether_it_exists_or_not(demo_place, address):
    answer = client_of().get(address)
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={address}"


def test_the_json_download_has_the_checksum_that_the_page_prints(demo_place):
    client = client_of("icb-member")
    report = Report.objects.get(period__place=demo_place, kind="exceptions")
    downloaded = client.get(EXCEPTIONS.rstrip("/") + ".json")
    assert sha256(downloaded.content).hexdigest() == report.checksum
    assert report.checksum in client.get(EXCEPTIONS).content.decode()


def test_signed_out_the_front_page_leads_to_the_public_reports(
    demo_place, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        page = client_of().get("/").content.decode()
    assert f'href="{PUBLIC}">Look ahead, January 2020</a>' in page
    assert EXCEPTIONS not in page
    assert "All public reports of City &amp; Hackney" in page
    assert "Sign in" in page
    assert client_of("icb-member").get("/").url == "/places/city-and-hackney/reports/"


def test_signed_out_without_a_public_report_the_front_page_says_so(demo_place):
    Report.objects.update(is_public=False)
    page = client_of().get("/").content.decode()
    assert "No report is public yet" in page


def test_the_words_a_glossary_lacks_are_for_the_office_only(demo_place):
    report = Report.objects.get(period__place=demo_place, kind="full-plan")
    assert report.content["annex"]["lacking"]
    address = EXCEPTIONS.replace("exceptions", "full-plan")
    assert "Not in the glossary" in client_of("ic-programme-manager").get(address).content.decode()
    assert "Not in the glossary" not in client_of("icb-member").get(address).content.decode()


def test_the_demonstration_lists_its_sign_ins_and_nothing_else_does(demo_place, settings):
    page = client_of().get("/accounts/login/").content.decode()
    assert "Demonstration only: who you can be" in page
    assert "it-enabler-lead" in page
    assert "demonstration-2020" in page
    settings.DEMO = False
    page = client_of().get("/accounts/login/").content.decode()
    assert "it-enabler-lead" not in page
    assert "demonstration-2020" not in page


def test_the_clock_is_moved_by_who_is_signed_in(demo_place):
    assert "Move the clock" not in client_of().get("/").content.decode()
    assert "Move the clock" in client_of("icb-member").get(EXCEPTIONS).content.decode()


def test_everyone_with_a_role_has_the_glossary_in_the_menu(demo_place):
    glossary = reverse("glossary", kwargs={"place": demo_place.slug})
    assert (
        f'href="{glossary}">Glossary</a>'
        in client_of("icb-member").get(EXCEPTIONS).content.decode()
    )


@pytest.mark.parametrize("form", ["pdf", "csv", "json"])
def test_downloads_can_be_narrowed_as_the_page_is(demo_place, form):
    client = client_of("icb-member")
    answer = client.get(EXCEPTIONS.rstrip("/") + f".{form}?programme=IT")
    assert answer.status_code == 200
    assert f"2020-01-IT.{form}" in answer.headers["Content-Disposition"]
    missing = client.get(EXCEPTIONS.rstrip("/") + f".{form}?programme=XX")
    assert missing.status_code == 404


def test_a_page_narrowed_to_what_is_not_there_says_so(demo_place):
    page = client_of("icb-member").get(EXCEPTIONS + "?programme=XX").content.decode()
    assert "This report has no programme XX." in page


def test_one_reason_is_printed_once_on_the_page(demo_place):
    report = Report.objects.get(period__place=demo_place, kind="exceptions")
    reason = next(
        row["reason"] for row in report.content["sections"][0]["rows"] if row["programme"] == "CE"
    )
    page = client_of("icb-member").get(EXCEPTIONS + "?programme=CE")
    assert page.context["page"]["red_and_amber"]["programmes"][0]["cards"][0]["reason"] == reason
    assert page.content.decode().count(reason[:40].split("&")[0].split("’")[0]) == 1


@pytest.mark.parametrize("who", READERS)
def test_only_the_office_writes_approves_and_publishes(demo_place, who):
    client = client_of(who)
    assert client.get(EXCEPTIONS + "narrative/").status_code == 403
    for action in ("approve", "withdraw", "publish", "public", "private", "rebuild"):
        assert client.post(EXCEPTIONS + f"do/{action}/").status_code == 403
    for action in ("approve", "publish"):
        address = f"/places/city-and-hackney/reports/2020-01/do-all/{action}/"
        assert client.post(address).status_code == 403


def test_a_refusal_is_told_in_a_sentence(demo_place):
    client = client_of("ic-programme-manager")
    page = client.post(EXCEPTIONS + "do/approve/", follow=True).content.decode()
    assert "Only a draft can be approved." in page


def test_what_does_not_exist_is_not_found_for_who_is_signed_in(demo_place):
    client = client_of("ic-programme-manager")
    for address in (
        "/places/city-and-hackney/reports/2020-01/nothing/",
        "/places/nowhere/reports/2020-01/exceptions/",
        "/places/nowhere/reports/2020-01/exceptions/narrative/",
    ):
        assert client.get(address).status_code == 404
    assert client.post(EXCEPTIONS + "do/burn/").status_code == 404


@pytest.mark.parametrize(
    "kind", ["achievements", "look-ahead", "exceptions", "now-green", "full-plan"]
)
@pytest.mark.parametrize("who", ["icb-member", "ic-programme-director", None])
def test_every_page_of_a_report_asks_few_questions(
    demo_place, django_assert_max_num_queries, kind, who
):
    client = client_of(who)
    address = reverse(
        "report", kwargs={"place": demo_place.slug, "period": "2020-01", "kind": kind}
    )
    with django_assert_max_num_queries(20):
        client.get(address)


@pytest.mark.parametrize("who", ["icb-member", "ic-programme-director", None])
def test_the_list_asks_few_questions(demo_place, django_assert_max_num_queries, who):
    client = client_of(who)
    with django_assert_max_num_queries(20):
        assert client.get("/places/city-and-hackney/reports/?kind=exceptions").status_code == 200


def test_anybody_may_learn_how_to_read_the_reports(demo_place):
    page = client_of().get("/reports/how-to-read/")
    assert page.status_code == 200
    assert "proposed from dates" in page.content.decode()


def test_a_place_without_public_reports_is_no_place_to_who_has_no_role_there(demo_place):
    other = PlaceFactory(slug="elsewhere", name="Elsewhere")
    for slug in (other.slug, "nowhere"):
        answer = client_of("icb-member").get(f"/places/{slug}/reports/")
        assert answer.status_code == 404
        assert other.name not in answer.content.decode()
        assert client_of().get(f"/places/{slug}/reports/").status_code == 302


def test_the_words_of_a_draft_stay_with_the_office_and_auditors(demo_place):
    period = Report.objects.filter(period__place=demo_place).first().period
    report = Report.objects.get(period=period, kind="exceptions")
    history = f"{EXCEPTIONS}history/"
    written = Change.objects.filter(
        kind="boards.report", object_id=report.pk, changes__has_key="narrative"
    )
    draft_words = written.order_by("id").first().changes["narrative"][1][:30]
    for who, sees in (("auditor", True), ("ic-programme-manager", True), ("icb-member", False)):
        answer = client_of(who).get(history)
        assert answer.status_code == 200
        assert (escape(draft_words) in answer.content.decode()) is sees, who
