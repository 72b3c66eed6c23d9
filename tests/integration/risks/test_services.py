"""What the registers keep, refuse and let follow."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from icp.common import clock
from icp.common.models import DemoClock, OutgoingMail
from programmes.models import Period
from programmes.services import close_period
from risks import services
from risks.errors import (
    CannotChangeRisk,
    CannotEscalate,
    CannotKeepRisk,
    StaleMitigation,
    StaleRisk,
)
from risks.models import Escalation, Ground, Residual, Risk, RiskReport, RiskRules, Score
from risks.rules.quarters import Quarter
from risks.selectors.reports import content_for
from risks.services.holding import RULES
from risks.services.quarters import record_quarter, standing_at
from risks.services.reminders import remind_of_reviews
from risks.services.reports import build_report
from risks.services.settings import LINES, SCALES, StaleRules, save_rules
from tests.factories import NOW, TODAY, BoardFactory, PlaceFactory
from tests.integration.risks.conftest import march_open, raised, when


def rescored(world, risk, likelihood, because="It was looked at."):
    return services.change_risk(
        risk=risk,
        values={"likelihood": likelihood},
        seen=risk.version,
        because=because,
        **when(world.lead),
    )


def ground_of(risk):
    return Escalation.objects.filter(risk=risk, ground=Ground.SCORE).last()


def test_each_register_gives_its_own_references_and_none_twice(world):
    first, second = raised(world), raised(world)
    assert (first.ref, second.ref) == ("IT1", "IT2")
    services.close_risk(risk=second, because="It is past.", **when(world.office))
    whole = services.raise_risk(
        place=world.place, programme=None, values={"title": "Skills"}, **when(world.office)
    )
    assert (raised(world).ref, whole.ref) == ("IT3", "IC1")


def test_a_reference_that_a_source_gave_is_kept_and_refused_a_second_time(world):
    made = services.raise_risk(
        place=world.place,
        programme=world.programme,
        values={"title": "As printed"},
        number=12,
        **when(world.office),
    )
    assert (made.ref, raised(world).ref) == ("IT12", "IT13")
    with pytest.raises(CannotKeepRisk, match="never used twice"):
        services.raise_risk(
            place=world.place,
            programme=world.programme,
            values={"title": "Again"},
            number=12,
            **when(world.office),
        )


def test_the_database_derives_the_current_score_whatever_is_written(world):
    risk = raised(world)
    Risk.objects.filter(pk=risk.pk).update(current=1)
    risk.refresh_from_db()
    assert risk.current == 16


def test_a_score_that_changes_needs_its_reason_and_keeps_who_and_why(world):
    risk = raised(world)
    with pytest.raises(CannotKeepRisk, match="Say why") as refused:
        rescored(world, risk, 2, because=" ")
    assert refused.value.field == "because"
    rescored(world, risk, 2)
    scores = Score.objects.filter(risk=risk).order_by("pk")
    assert [(one.score, one.because, one.given_by) for one in scores] == [
        (16, "As it was raised.", world.lead),
        (8, "It was looked at.", world.lead),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        scores.update(score=3)


def test_who_saves_second_is_told(world):
    risk = raised(world)
    rescored(world, risk, 3)
    with pytest.raises(StaleRisk):
        rescored(world, risk, 2)


def test_half_a_score_is_refused_at_its_field(world):
    with pytest.raises(CannotKeepRisk, match="Give the impact too") as refused:
        raised(world, impact=None)
    assert refused.value.field == "impact"
    with pytest.raises(CannotKeepRisk, match="from 1 to 5"):
        raised(world, likelihood=6)


def test_a_printed_score_stands_until_somebody_settles_it_or_scores_anew(world):
    risk = raised(world, printed_current="20")
    assert risk.printed_current == "20"
    assert services.settle_printed(risk=risk, by=world.lead).printed_current == ""
    other = raised(world, printed_current="20")
    assert rescored(world, other, 3).printed_current == ""


def test_fifteen_escalates_and_tells_sro_and_office_once(world):
    risk = raised(world, likelihood=5, impact=3)
    assert ground_of(risk).because == "Residual score 15 is 15 or more."
    assert OutgoingMail.objects.filter(subject__contains="goes to the boards").count() == 3
    rescored(world, risk, 5)
    assert Escalation.objects.filter(risk=risk).count() == 1


def test_falling_below_proposes_and_a_person_decides(world):
    risk = rescored(world, raised(world), 2)
    ground = ground_of(risk)
    assert ground.proposed_on == TODAY
    assert ground.ended_at is None
    ended = services.end_escalation(
        escalation=ground, because="It is mitigated.", **when(world.sro)
    )
    assert (ended.ended_on, ended.ended_by) == (TODAY, world.sro)


def test_a_score_at_the_line_is_never_taken_back(world):
    risk = raised(world)
    with pytest.raises(CannotEscalate, match="scores 16"):
        services.end_escalation(escalation=ground_of(risk), because="No.", **when(world.sro))


def test_what_was_decided_to_be_kept_stays_and_rising_again_needs_no_new_ground(world):
    risk = rescored(world, raised(world), 2)
    kept = services.keep_escalated(escalation=ground_of(risk), because="We watch it.", by=world.sro)
    assert (kept.proposed_on, kept.kept_because) == (None, "We watch it.")
    rescored(world, risk, 4)
    assert Escalation.objects.filter(risk=risk, ended_at=None).count() == 1


def test_a_decision_to_keep_it_stands_until_the_score_is_another(world):
    risk = rescored(world, raised(world), 2)
    services.keep_escalated(escalation=ground_of(risk), because="We watch it.", by=world.sro)
    mails = OutgoingMail.objects.count()
    saved = services.change_risk(
        risk=risk, values={"title": "Two servers fail"}, seen=risk.version, **when(world.lead)
    )
    kept = ground_of(risk)
    assert (kept.proposed_on, kept.kept_because) == (None, "We watch it.")
    assert OutgoingMail.objects.count() == mails
    rescored(world, saved, 1)
    assert ground_of(risk).proposed_on == TODAY


def test_a_board_that_asked_is_named_and_must_be_of_the_place(world):
    risk = raised(world, likelihood=2, impact=2)
    asked = services.ask_to_see(
        risk=risk, ground=Ground.BOARD, board=world.board, **when(world.office)
    )
    again = services.ask_to_see(
        risk=risk, ground=Ground.BOARD, board=world.board, **when(world.office)
    )
    assert asked.pk == again.pk
    with pytest.raises(CannotEscalate, match="which board"):
        services.ask_to_see(
            risk=risk,
            ground=Ground.BOARD,
            board=BoardFactory(place=PlaceFactory()),
            **when(world.office),
        )


def test_a_transferred_risk_gets_a_new_reference_and_the_old_one_leads_to_it(world):
    risk = raised(world)
    moved = services.transfer_risk(
        risk=risk, programme=world.other, because="It is theirs.", by=world.office, today=TODAY
    )
    assert moved.ref == "EST1"
    answer = world.client(world.member).get("/places/testshire/risks/IT1/")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/risks/EST1/")
    assert raised(world).ref == "IT2"


def test_a_merged_risk_hands_its_open_actions_over(world):
    risk, into = raised(world), raised(world)
    services.add_mitigation(risk=risk, values={"what": "Mirror it."}, by=world.lead)
    merged = services.merge_risk(
        risk=risk, into=into, because="It is the same.", **when(world.office)
    )
    assert (merged.state, merged.merged_into) == ("merged", into)
    assert [one.what for one in into.mitigations.all()] == ["Mirror it."]
    assert not Escalation.objects.filter(risk=risk, ended_at=None).exists()


def test_an_issue_comes_from_a_risk_with_a_reference_of_its_own(world):
    risk = raised(world)
    issue = services.promote_to_issue(risk=risk, because="It failed.", **when(world.office))
    risk.refresh_from_db()
    assert (issue.kind, issue.ref, issue.came_from) == ("issue", "IT2", risk)
    assert risk.state == "closed"
    assert "IT2 is its issue" in risk.ended_because


def test_what_a_board_asked_to_see_it_goes_on_seeing_when_it_happens(world):
    risk = raised(world, likelihood=2, impact=2)
    services.ask_to_see(risk=risk, ground=Ground.BOARD, board=world.board, **when(world.office))
    services.add_link(risk=risk, item=world.items[0], by=world.lead)
    issue = services.promote_to_issue(risk=risk, because="It failed.", **when(world.office))
    carried = Escalation.objects.get(risk=issue, ended_at=None)
    assert (carried.board, carried.began_on) == (world.board, TODAY)
    assert [one.item for one in issue.links.all()] == [world.items[0]]
    assert not Escalation.objects.filter(risk=risk, ended_at=None).exists()


def test_two_risks_that_hang_on_one_row_are_merged_into_one_link(world):
    risk, into = raised(world), raised(world)
    for one in (risk, into):
        services.add_link(risk=one, item=world.items[0], by=world.lead)
    services.merge_risk(risk=risk, into=into, because="The same.", **when(world.office))
    again = services.add_link(risk=into, item=world.items[0], by=world.lead)
    assert [one.pk for one in into.links.all()] == [again.pk]


def test_what_a_board_asked_to_see_it_goes_on_seeing_after_a_merge(world):
    risk, into = raised(world, likelihood=1), raised(world, likelihood=1)
    for one, ground, more in (
        (risk, Ground.BOARD, {"board": world.board}),
        (risk, Ground.NEED_TO_KNOW, {"because": "Prices rise."}),
        (into, Ground.NEED_TO_KNOW, {"because": "Known already."}),
    ):
        services.ask_to_see(risk=one, ground=ground, **more, **when(world.office))
    mails = OutgoingMail.objects.filter(subject__startswith=f"{into.ref} goes to the boards")
    before = mails.count()
    services.merge_risk(risk=risk, into=into, because="The same.", **when(world.office))
    stand = into.escalations.filter(ended_at=None).order_by("ground")
    assert [(one.ground, one.board, one.because) for one in stand] == [
        (Ground.BOARD, world.board, ""),
        (Ground.NEED_TO_KNOW, None, "Known already."),
    ]
    assert mails.count() > before


def test_a_review_day_that_is_emptied_is_set_by_the_score(world):
    risk = raised(world)
    saved = services.change_risk(
        risk=risk, values={"review_on": None}, seen=risk.version, **when(world.lead)
    )
    assert saved.review_on == date(2020, 3, 14)


def test_an_inherent_score_given_alone_is_kept_as_given(world):
    risk = raised(world, inherent_likelihood=4, inherent_impact=4)
    saved = services.change_risk(
        risk=risk, values={"inherent": 20}, seen=risk.version, **when(world.lead)
    )
    assert (saved.inherent, saved.inherent_likelihood, saved.inherent_impact) == (20, None, None)


def test_a_closed_risk_is_not_changed_before_it_is_reopened(world):
    risk = raised(world)
    closed = services.close_risk(risk=risk, because="It is past.", **when(world.office))
    with pytest.raises(CannotChangeRisk, match="reopen"):
        rescored(world, closed, 2)
    opened = services.reopen_risk(risk=closed, because="It is back.", **when(world.office))
    assert opened.is_open
    assert Escalation.objects.filter(risk=risk, ended_at=None).count() == 1


def test_no_risk_is_ever_deleted(world):
    risk = raised(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        Risk.objects.filter(pk=risk.pk).delete()


def test_a_lower_line_of_the_place_puts_more_risks_before_the_boards(world):
    risk = raised(world, likelihood=3, impact=4)
    rules = RiskRules(place=world.place)
    names = ("red_from", "amber_from", "review_red_months", "review_amber_months")
    values = {name: getattr(rules, name) for name in (*names, "review_green_months")}
    values |= {"likelihoods": rules.likelihoods, "impacts": rules.impacts, "escalates_from": 12}
    save_rules(place=world.place, values=values, seen=0, **when(world.office))
    assert ground_of(risk).because == "Residual score 12 is 12 or more."


def test_a_new_line_asks_nothing_of_each_risk_that_it_does_not_touch(world):
    rules = RiskRules(place=world.place)
    names = ("red_from", "amber_from", "review_red_months", "review_amber_months")
    values = {name: getattr(rules, name) for name in (*names, "review_green_months")}
    values |= {"likelihoods": rules.likelihoods, "impacts": rules.impacts}
    raised(world)

    def asked(line):
        seen = RiskRules.objects.filter(place=world.place).values_list("version", flat=True)
        with CaptureQueriesContext(connection) as captured:
            save_rules(
                place=world.place,
                values={**values, "escalates_from": line},
                seen=seen.first() or 0,
                **when(world.office),
            )
        return len(captured)

    asked(14)
    few = asked(13)
    for _ in range(5):
        raised(world, likelihood=1, impact=2)
        raised(world)
    assert asked(12) == few


def test_who_saves_the_first_rules_of_a_place_second_is_told(world):
    rules = RiskRules(place=world.place)
    values = {name: getattr(rules, name) for name in (*LINES, *SCALES)}
    saved = {"place": world.place, **when(world.office)}
    assert save_rules(values=values, seen=0, **saved).version == 1
    with pytest.raises(StaleRules):
        save_rules(values={**values, "escalates_from": 12}, seen=0, **saved)


def test_scales_reach_every_score_that_came_alone(world):
    raised(world, likelihood=1, impact=1, inherent=25)
    rules = RiskRules(place=world.place)
    values = {name: getattr(rules, name) for name in (*LINES, *SCALES)}
    values |= {"impacts": rules.impacts[:4]}
    with pytest.raises(CannotKeepRisk, match="A risk scores 25") as refused:
        save_rules(place=world.place, values=values, seen=0, **when(world.office))
    assert refused.value.field == "impacts"


def test_who_scores_and_who_moves_the_line_wait_for_one_another(world):
    """Else a score given by the old line, while the new one is saved, would follow neither."""

    def held():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s",
                [RULES, world.place.pk],
            )
            return {mode for (mode,) in cursor.fetchall()}

    raised(world)
    assert held() == {"ShareLock"}
    rules = RiskRules(place=world.place)
    values = {name: getattr(rules, name) for name in (*LINES, *SCALES)}
    save_rules(place=world.place, values=values, seen=0, **when(world.office))
    assert held() == {"ShareLock", "ExclusiveLock"}


def test_an_action_that_was_taken_out_is_changed_by_nobody(world):
    made = services.add_mitigation(risk=raised(world), values={"what": "Mirror it."}, by=world.lead)
    services.remove_mitigation(mitigation=made, by=world.lead, at=NOW)
    for seen in (1, 2):
        with pytest.raises(StaleMitigation, match="took this action out"):
            services.change_mitigation(
                mitigation=made, values={"what": "Move it."}, seen=seen, by=world.lead
            )
    made.refresh_from_db()
    assert (made.what, made.version) == ("Mirror it.", 2)


@pytest.fixture
def march(world):
    """February and March closed, March last: a quarter ends with it."""
    risk = raised(world)
    at = timezone.make_aware(datetime(2020, 4, 2, 10))
    period = march_open(world)
    for one in (Period.objects.get(key="2020-02", place=world.place), period):
        close_period(
            period=one,
            by=world.office,
            at=at,
            today=at.date(),
            without_late_returns=True,
        )
    return risk


def test_closing_a_quarters_last_month_records_the_residual_and_freezes_it(world, march):
    found = Residual.objects.get(risk=march)
    assert (found.year, found.quarter, found.score) == (2019, 4, 16)
    with pytest.raises(DatabaseError), transaction.atomic():
        Residual.objects.filter(pk=found.pk).update(score=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        found.delete()
    late = {"risk": march, "year": 2019, "quarter": 3, "score": 9}
    with pytest.raises(DatabaseError), transaction.atomic():
        Residual.objects.create(**late, recorded_at=NOW - timedelta(days=90))


def test_a_risk_that_ended_after_the_quarter_has_its_residual(world):
    """It stood on 31 December; it was closed in February, while December was still open."""
    risk = raised(world, raised_on=date(2019, 11, 1))
    earlier = raised(world, raised_on=date(2019, 11, 1))
    services.close_risk(risk=risk, because="Past.", **when(world.office))
    services.close_risk(
        risk=earlier, because="Past.", by=world.office, at=NOW, today=date(2019, 12, 20)
    )
    december = Quarter(2019, 3)
    stood = standing_at(place=world.place.pk, quarter=december)
    assert [one.ref for one in stood] == [risk.ref]


def closed_on(world, period, day):
    DemoClock.objects.update(today=day)
    close_period(
        period=period, by=world.office, at=clock.now(), today=day, without_late_returns=True
    )


def test_the_escalated_register_tells_the_end_only_of_what_was_before_the_boards(world):
    shown, quiet = raised(world), raised(world, likelihood=2, impact=2)
    march = march_open(world)
    february = Period.objects.get(key="2020-02", place=world.place)
    closed_on(world, february, date(2020, 3, 2))
    build_report(report=RiskReport.objects.get(period=february), at=clock.now())
    DemoClock.objects.update(today=date(2020, 3, 10))
    for one in (shown, quiet):
        services.close_risk(
            risk=one, because="Past.", by=world.office, at=clock.now(), today=date(2020, 3, 10)
        )
    closed_on(world, march, date(2020, 4, 2))
    march.refresh_from_db()
    content = content_for(period=march, kind="escalated")
    assert [one["ref"] for one in content["changes"]["closed"]] == [shown.ref]


def test_a_risk_that_came_after_the_quarters_end_has_no_residual_of_it(world):
    """Raised in January without saying when, while December was still open."""
    risk = raised(world)
    december = Period(
        place=world.place,
        starts_on=date(2019, 12, 1),
        ends_on=date(2019, 12, 31),
        closed_at=NOW,
    )
    assert record_quarter(period=december) == 0
    assert not Residual.objects.filter(risk=risk).exists()


def test_a_quarters_last_month_has_the_full_register_besides(world, march):
    kinds = RiskReport.objects.filter(period__key="2020-03").order_by("kind")
    assert [one.kind for one in kinds] == ["escalated", "full"]
    assert [one.kind for one in RiskReport.objects.filter(period__key="2020-02")] == ["escalated"]


def test_an_owner_is_reminded_of_a_review_once(world):
    owner = world.place.posts.get(title="lead")
    raised(world, owner=owner, review_on=date(2020, 2, 18))
    raised(world, owner=owner, review_on=date(2020, 6, 1))
    assert remind_of_reviews(place=world.place, today=TODAY) == 1
    assert remind_of_reviews(place=world.place, today=TODAY) == 0
    mail = OutgoingMail.objects.get(subject__contains="review due")
    assert (mail.to, mail.subject) == (world.lead.email, "IT1: review due 18 February 2020")
