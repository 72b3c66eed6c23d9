"""Finance leads are told of a month once: opened, due, late, queried, accepted."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from finance import services
from finance.models import FinanceRules
from finance.services.reminders import remind_of_months
from finance.tasks import remind_finance_leads
from icp.common.models import OutgoingMail
from programmes.models import FinanceLead
from tests.factories import NOW, CoverFactory, UserFactory
from tests.integration.finance.test_month_end import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    found = Money()
    found.place.reminder_days = [3, 0]
    found.place.save()
    FinanceRules.objects.create(place=found.place, due_working_days=5)
    return found


def tell(money, day):
    return remind_of_months(place=money.place, today=day, at=NOW)


def subjects():
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def receivers():
    return set(OutgoingMail.objects.values_list("to", flat=True))


def test_an_open_month_is_told_once_to_every_finance_lead_of_the_partner(money):
    day = date(2020, 1, 20)
    assert tell(money, day) == ["opened: LBH of Month 10, January 2020."]
    assert tell(money, day) == []
    assert subjects() == ["LBH: Month 10, January 2020 is open"] * 2
    assert receivers() == {money.lead.email, money.other.email}
    # The fifth working day after 31 January 2020, a Friday.
    assert "due on 7 February 2020" in OutgoingMail.objects.first().body
    assert "/money/2019-20/10/" in OutgoingMail.objects.first().body


def test_reminders_go_out_on_their_days_and_only_the_nearest_after_an_outage(money):
    tell(money, date(2020, 1, 20))
    OutgoingMail.objects.all().delete()
    assert tell(money, date(2020, 2, 3)) == []
    assert tell(money, date(2020, 2, 4)) == ["due: LBH of Month 10, January 2020."]
    assert tell(money, date(2020, 2, 5)) == []
    assert tell(money, date(2020, 2, 7)) == ["due: LBH of Month 10, January 2020."]
    assert [one.partition("2020 ")[2] for one in subjects()] == ["are due in 3 days"] * 2 + [
        "are due today"
    ] * 2


def test_late_figures_are_told_to_the_programme_finance_lead_too_and_once(money):
    assert tell(money, date(2020, 2, 20)) == ["late: LBH of Month 10, January 2020."]
    assert tell(money, date(2020, 2, 21)) == []
    assert receivers() == {money.lead.email, money.other.email, money.runner.email}


def test_who_has_handed_in_is_not_reminded(money):
    money.enter_all()
    money.submit()
    assert tell(money, date(2020, 2, 20)) == []
    money.query("Why?")
    OutgoingMail.objects.all().delete()
    assert tell(money, date(2020, 2, 20)) == ["late: LBH of Month 10, January 2020."]


def test_a_closed_month_is_told_to_nobody(money):
    money.enter_all()
    money.submit()
    money.accept()
    money.close()
    OutgoingMail.objects.all().delete()
    tell(money, date(2020, 2, 20))
    # The next month is open; the closed one is history.
    assert {one.rpartition(":")[2] for one in subjects()} == {" Month 11, February 2020 is open"}


def test_a_question_and_an_acceptance_are_told_with_their_words(money):
    money.enter_all()
    money.submit()
    money.query("Why so much?")
    told = OutgoingMail.objects.filter(subject__contains="a question on your figures")
    assert told.count() == 2
    assert "Why so much?" in told.first().body
    money.submit()
    money.accept()
    money.accept()
    assert OutgoingMail.objects.filter(subject__contains="are accepted").count() == 2


def test_a_colleague_who_covers_is_told_and_who_has_left_is_not(money):
    deputy = UserFactory()
    CoverFactory(
        place=money.place,
        person=money.lead,
        deputy=deputy,
        starts_on=date(2020, 1, 15),
        ends_on=date(2020, 1, 31),
    )
    money.other.is_active = False
    money.other.save()
    tell(money, date(2020, 1, 20))
    assert receivers() == {money.lead.email, deputy.email}


def test_the_timer_tells_in_every_place(money, monkeypatch):
    FinanceLead.objects.exclude(user=money.lead).delete()
    monkeypatch.setattr("icp.common.clock.today", lambda: date(2020, 1, 20))
    remind_finance_leads()
    remind_finance_leads()
    assert len(subjects()) == 1


def test_closing_twice_changes_nothing_at_all(money):
    money.enter_all()
    money.submit()
    money.accept()
    money.close()
    before = everything()
    again = services.close_month(
        month=money.month,
        by=money.lead,
        at=NOW + timedelta(days=3),
        today=date(2020, 3, 1),
    )
    assert again.closed_by == money.runner
    assert everything() == before


def everything():
    """Every row of the money, its history included."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("finance").get_models()
    }
