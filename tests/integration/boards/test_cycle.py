"""From the close to publication: one report of each kind, frozen, and the boards told once."""

from datetime import date, timedelta

import psycopg2
import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase

from boards import services
from boards.access import visible_reports
from boards.errors import CannotChangeReport, StaleNarrative
from boards.models import Report, ReportFile, ReportKind, ReportState
from boards.tasks import build_report, build_waiting_reports
from icp.common.checksums import checksum
from icp.common.models import OutgoingMail
from programmes import services as cycle
from programmes.models import PlaceRole
from tests.factories import (
    NOW,
    TODAY,
    BoardMemberFactory,
    CoverFactory,
    MembershipFactory,
    PeriodFactory,
    PlanItemFactory,
    ProgrammeFactory,
    ReturnFactory,
    StatusFactory,
    UserFactory,
)


@pytest.fixture
def january(db):
    """January 2020 with one red row, handed in and waiting to be closed."""
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    period = PeriodFactory(place=programme.place, january=True)
    item = PlanItemFactory(
        programme=programme, plan_id="11", start=date(2019, 9, 2), finish=date(2019, 10, 1)
    )
    StatusFactory(
        item=item, period=period, rag="red", reason="Late kit", get_to_green="Order again"
    )
    ReturnFactory(
        programme=programme,
        period=period,
        state="submitted",
        submitted_by=UserFactory(),
        submitted_at=NOW,
    )
    return period


@pytest.fixture
def closer(db):
    return UserFactory(name="Programme Manager")


@pytest.fixture
def approver(db):
    return UserFactory(name="IC Programme Director")


def close(period, by):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return cycle.close_period(period=period, by=by, at=NOW, today=date(2020, 2, 3))


@pytest.fixture
def reports(january, closer):
    close(january, closer)
    return {report.kind: report for report in Report.objects.all()}


def publish(report, by):
    services.approve_report(report=report, by=by, at=NOW)
    return services.publish_report(report=report, by=by, at=NOW)


def test_the_close_builds_one_draft_of_each_kind(reports):
    assert set(reports) == set(ReportKind.values)
    assert {report.state for report in reports.values()} == {ReportState.DRAFT}
    row = reports["exceptions"].content["sections"][0]["rows"][0]
    assert (row["programme"], row["plan_id"], row["rag_this"]) == ("IT", "11", "red")


def test_closing_and_building_again_changes_nothing(reports, january, closer, approver):
    before = {kind: report.built_at for kind, report in reports.items()}
    close(january, approver)
    build_waiting_reports()
    for report in reports.values():
        build_report(report_id=report.pk)
    assert {report.kind: report.built_at for report in Report.objects.all()} == before


def test_the_reports_are_waiting_as_soon_as_the_period_is_closed(january, closer):
    cycle.close_period(period=january, by=closer, at=NOW, today=date(2020, 2, 3))
    assert Report.objects.filter(state=ReportState.WAITING).count() == len(ReportKind)


def test_a_builder_that_is_killed_half_way_leaves_the_report_waiting(january, closer, monkeypatch):
    cycle.close_period(period=january, by=closer, at=NOW, today=date(2020, 2, 3))
    report = Report.objects.get(kind="exceptions")

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr("boards.services.building._content", killed)
        with pytest.raises(Killed):
            services.build_report(report=report, at=NOW)
    report.refresh_from_db()
    assert report.state == ReportState.WAITING
    build_waiting_reports()
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    assert Report.objects.filter(kind="exceptions").count() == 1


def test_a_failure_is_told_in_words_and_can_be_tried_again(january, closer, monkeypatch):
    cycle.close_period(period=january, by=closer, at=NOW, today=date(2020, 2, 3))
    report = Report.objects.get(kind="exceptions")
    with monkeypatch.context() as broken:
        broken.setattr("boards.services.building.gather", lambda **kwargs: 1 / 0)
        failed = services.build_report(report=report, at=NOW)
    assert failed.state == ReportState.FAILED
    assert "division by zero" in failed.failure
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.rebuild_report(report=report, by=closer)
    report.refresh_from_db()
    assert (report.state, report.failure) == (ReportState.DRAFT, "")


def test_the_scheduler_gives_up_on_a_report_that_keeps_failing(january, closer, monkeypatch):
    cycle.close_period(period=january, by=closer, at=NOW, today=date(2020, 2, 3))
    with monkeypatch.context() as broken:
        broken.setattr("boards.services.building.gather", lambda **kwargs: 1 / 0)
        for _ in range(7):
            build_waiting_reports()
    assert set(Report.objects.values_list("tries", flat=True)) == {5}
    assert services.waiting_reports() == []


def test_who_closed_the_period_reads_that_another_person_approves_where_others_press(
    reports, closer, approver, january, client
):
    for person, button in ((closer, False), (approver, True)):
        MembershipFactory(place=january.place, user=person, role=PlaceRole.OFFICE)
        client.force_login(person)
        page = client.get(f"/places/{january.place.slug}/reports/").content.decode()
        assert ("Approve all drafts" in page) == button
        assert ("so somebody else must approve its reports." in page) != button


def test_who_closed_the_period_cannot_approve(reports, closer):
    with pytest.raises(CannotChangeReport, match="somebody else must approve"):
        services.approve_report(report=reports["exceptions"], by=closer, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(kind="exceptions").update(
            state="approved", approved_by=closer, approved_at=NOW
        )


def test_only_an_approved_report_can_be_published(reports, approver):
    with pytest.raises(CannotChangeReport, match="Only an approved report"):
        services.publish_report(report=reports["exceptions"], by=approver, at=NOW)


def test_a_second_writer_is_shown_what_the_first_wrote(reports, closer, approver):
    report = reports["exceptions"]
    services.write_narrative(report=report, text="Kit is late.", by=closer, expected_version=1)
    with pytest.raises(StaleNarrative) as stale:
        services.write_narrative(report=report, text="All well.", by=approver, expected_version=1)
    assert (stale.value.current, stale.value.version) == ("Kit is late.", 2)
    saved = services.write_narrative(
        report=report, text="Kit is late; all else well.", by=approver, expected_version=2
    )
    assert saved.content["narrative"] == "Kit is late; all else well."


def test_an_approver_who_read_an_older_narrative_is_asked_to_read_again(reports, closer, approver):
    report = reports["exceptions"]
    services.write_narrative(report=report, text="Kit is late.", by=closer, expected_version=1)
    with pytest.raises(CannotChangeReport, match="Read it again"):
        services.approve_report(report=report, by=approver, at=NOW, expected_version=1)


def test_an_approved_narrative_changes_only_after_the_approval_is_withdrawn(reports, approver):
    report = services.approve_report(report=reports["exceptions"], by=approver, at=NOW)
    with pytest.raises(CannotChangeReport, match="Withdraw the approval"):
        services.write_narrative(
            report=report, text="New", by=approver, expected_version=report.version
        )
    report = services.withdraw_approval(report=report, by=approver)
    assert (report.state, report.approved_by) == (ReportState.DRAFT, None)
    services.write_narrative(
        report=report, text="New", by=approver, expected_version=report.version
    )


def test_publishing_freezes_content_checksum_and_pdf(reports, closer, approver):
    report = reports["exceptions"]
    services.write_narrative(report=report, text="Kit is late.", by=closer, expected_version=1)
    report = publish(report, approver)
    report.refresh_from_db()
    assert report.content["narrative"] == "Kit is late."
    assert report.checksum == checksum(report.content)
    assert bytes(ReportFile.objects.get(report=report).data).startswith(b"%PDF-")


def test_the_boards_are_told_once_when_the_last_report_is_published(reports, january, approver):
    member = BoardMemberFactory(board__place=january.place).user
    *first, last = reports.values()
    for report in first:
        publish(report, approver)
    assert not OutgoingMail.objects.exists()
    publish(last, approver)
    services.publish_report(report=last, by=approver, at=NOW)
    january.refresh_from_db()
    assert january.state == "published"
    mail = OutgoingMail.objects.get()
    assert mail.to == member.email
    for kind in ReportKind.values:
        assert f"/places/{january.place.slug}/reports/2020-01/{kind}/" in mail.body


def test_later_changes_of_the_plan_do_not_reach_a_published_report(reports, january, approver):
    report = publish(reports["full-plan"], approver)
    before = report.checksum
    item = PlanItemFactory(programme__place=january.place)
    item.name = "Changed"
    item.save()
    report.refresh_from_db()
    assert checksum(report.content) == before


def test_whether_the_public_may_read_it_can_still_be_decided_when_it_is_published(
    reports, approver
):
    report = publish(reports["exceptions"], approver)
    services.set_public(report=report, is_public=True, by=approver)
    report.refresh_from_db()
    assert report.is_public
    services.set_public(report=report, is_public=False, by=approver)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE boards_report SET content = '{}'",
        "UPDATE boards_report SET narrative = 'Other words'",
        "UPDATE boards_report SET checksum = repeat('0', 64)",
        "UPDATE boards_report SET state = 'draft', approved_by_id = NULL, approved_at = NULL,"
        " published_by_id = NULL, published_at = NULL, checksum = ''",
        "DELETE FROM boards_report",
        "UPDATE boards_reportfile SET data = ''",
        "DELETE FROM boards_reportfile",
    ],
)
def test_a_published_report_never_changes_by_sql(reports, approver, app_connection, sql):
    publish(reports["exceptions"], approver)
    with app_connection.cursor() as cursor, pytest.raises(psycopg2.Error) as refused:
        cursor.execute(sql + " WHERE " + ("TRUE" if "reportfile" in sql else "kind = 'exceptions'"))
    assert "never changes" in str(refused.value) or "Cannot" in str(refused.value)


def lent_the_office(period, *, by, to):
    MembershipFactory(place=period.place, user=by, role=PlaceRole.OFFICE)
    return CoverFactory(place=period.place, person=by, deputy=to)


def test_the_closer_does_not_choose_who_approves_by_lending_the_office(january, closer, approver):
    close(january, closer)
    lent_the_office(january, by=closer, to=approver)
    report = Report.objects.filter(state=ReportState.DRAFT).first()
    with pytest.raises(CannotChangeReport, match="You cover for Programme Manager, who closed"):
        services.approve_report(report=report, by=approver, at=NOW)
    lent_the_office(january, by=UserFactory(), to=approver)
    assert services.approve_report(report=report, by=approver, at=NOW).approved_by == approver


def test_who_covers_for_the_office_reads_the_drafts_and_nobody_sees_them_after(january, closer):
    close(january, closer)
    deputy = MembershipFactory(place=january.place, role=PlaceRole.GOVERNANCE).user
    assert not visible_reports(user=deputy, on=TODAY).exists()
    cover = lent_the_office(january, by=closer, to=deputy)
    assert visible_reports(user=deputy, on=TODAY).count() == 5
    after = cover.ends_on + timedelta(days=1)
    assert not visible_reports(user=deputy, on=after).exists()


def test_an_auditor_reads_drafts_of_their_place_only(january, closer):
    close(january, closer)
    auditor = MembershipFactory(place=january.place, role=PlaceRole.AUDITOR).user
    elsewhere = MembershipFactory(role=PlaceRole.AUDITOR).user
    assert visible_reports(user=auditor, on=TODAY).count() == 5
    assert not visible_reports(user=elsewhere, on=TODAY).exists()


def test_the_database_knows_who_closed_and_refuses_them_as_approver(january, closer, approver):
    close(january, closer)
    reports = Report.objects.filter(state=ReportState.DRAFT)
    approved = {"state": ReportState.APPROVED, "approved_at": NOW, "approved_by": closer}
    for said in (approved, approved | {"closed_by": approver}, {"closed_by": approver}):
        with pytest.raises(IntegrityError), transaction.atomic():
            reports.update(**said)


def test_all_drafts_are_approved_as_they_were_read(january, closer, approver):
    close(january, closer)
    read = dict(Report.objects.values_list("kind", "version"))
    report = Report.objects.get(kind="exceptions")
    services.write_narrative(
        report=report, text="Later words.", by=closer, expected_version=report.version
    )
    with pytest.raises(CannotChangeReport, match="changed while you were reading"):
        services.approve_all(period=january, by=approver, at=NOW, read=read)
    assert not Report.objects.filter(state=ReportState.APPROVED).exists()
