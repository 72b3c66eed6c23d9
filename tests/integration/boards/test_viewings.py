"""Who reads a paper that is not public is noted, whichever way it leaves; and nobody reads it unnoted."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.urls import reverse

from boards import services
from boards.models import Report, Viewing
from icp.audit.commands import RecordingUtility
from programmes.models import PlaceRole
from tests.factories import NOW, MembershipFactory
from tests.integration.audit.test_history_pages import words_of
from tests.integration.cycle.conftest import make_world


@pytest.fixture
def it(db):
    world = make_world()
    for report in Report.objects.filter(period=world.january):
        services.build_report(report=report, at=NOW)
    services.approve_all(period=world.january, by=world.office_too, at=NOW)
    services.publish_all(period=world.january, by=world.office_too, at=NOW)
    world.report = Report.objects.select_related("period__place").get(kind="exceptions")
    world.parts = {"place": world.place.slug, "period": "2020-01", "kind": "exceptions"}
    return world


def read(it, who, form=None, query=""):
    name = "report-file" if form else "report"
    parts = it.parts | ({"form": form} if form else {})
    return it.client(who).get(reverse(name, kwargs=parts) + query)


@pytest.mark.parametrize("form", [None, "pdf", "csv", "json"])
def test_each_form_of_a_paper_is_noted(it, form):
    assert read(it, it.member, form).status_code == 200
    noted = Viewing.objects.get()
    assert (noted.report, noted.viewer, noted.form, noted.way) == (
        it.report,
        it.member,
        form or "page",
        "page",
    )
    assert noted.viewed_at.date() == NOW.date()


def test_reading_it_by_the_api_is_noted_and_listing_is_not(it):
    client = it.client(it.member)
    client.get("/api/v1/reports/")
    assert not Viewing.objects.exists()
    assert client.get(f"/api/v1/reports/{it.report.pk}/").status_code == 200
    noted = Viewing.objects.get()
    assert (noted.viewer, noted.form, noted.way) == (it.member, "json", "api")


def test_what_it_was_narrowed_to_is_noted(it):
    read(it, it.member, "json", "?programme=IT")
    assert Viewing.objects.get().part == "programme IT"


def test_reading_it_at_the_command_line_is_noted(it, capsys):
    command = RecordingUtility(["manage.py"]).fetch_command("export_report")
    call_command(command, place=it.place.slug, as_at="2020-01-31", kind="exceptions")
    noted = Viewing.objects.get()
    assert (noted.viewer, noted.way) == (None, "command")


def test_a_public_report_is_nobodys_business(it):
    services.set_public(report=it.report, is_public=True, by=it.office)
    read(it, it.member)
    read(it, it.member, "pdf")
    it.client(it.member).get(f"/api/v1/reports/{it.report.pk}/")
    assert not Viewing.objects.exists()


def test_whoever_may_not_read_it_reads_nothing_and_nothing_is_noted(it):
    assert read(it, MembershipFactory().user).status_code == 404
    it.client(it.member).head(reverse("report", kwargs=it.parts))
    assert not Viewing.objects.exists()


def test_a_draft_that_will_be_public_is_noted(it):
    Report.objects.filter(pk=it.report.pk)
    draft = Report(is_public=True, state="draft")
    assert not services.viewing.is_for_anybody(draft)


def test_what_cannot_be_noted_is_not_shown(it, monkeypatch):
    def refuse(**kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Viewing.objects, "create", refuse)
    page = read(it, it.member)
    assert page.status_code == 503
    assert "cannot be shown just now" in page.content.decode()
    assert "Parts are late." not in page.content.decode()
    assert read(it, it.member, "pdf").status_code == 503
    answer = it.client(it.member).get(f"/api/v1/reports/{it.report.pk}/")
    assert answer.status_code == 503
    assert "could not be noted" in answer.json()["detail"]
    with pytest.raises(CommandError, match="could not be noted"):
        call_command("export_report", place="testshire", as_at="2020-01-31", kind="exceptions")


def test_the_office_and_auditors_see_who_read_it_on_its_history(it):
    read(it, it.member, "pdf")
    auditor = MembershipFactory(place=it.place, role=PlaceRole.AUDITOR).user
    address = reverse("report-history", kwargs=it.parts)
    assert address in it.client(auditor).get(reverse("report", kwargs=it.parts)).content.decode()
    words = words_of(it.client(auditor).get(address))
    assert "state approved to published" in words
    assert f"{it.member.name} PDF Page all of it" in words
    others = words_of(it.client(it.member).get(address))
    assert "state approved to published" in others
    assert "Who read it" not in others
    assert it.client(MembershipFactory().user).get(address).status_code == 404
