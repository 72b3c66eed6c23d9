"""Every page of the portal, found in its URL patterns: few queries, and no more for a longer plan."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from bench import load
from bench.queries import walk
from icp.accounts.models import User
from programmes import selectors
from programmes.models import PlanItem
from tests.factories import LeadershipFactory, PlanItemFactory, ProgrammeFactory, StatusFactory

pytestmark = pytest.mark.django_db

LIMIT = 25
# Those who between them may open every page.
WHO = {
    "office": "ic-programme-manager",
    "administrator": "administrator",
    "programme finance lead": "programme-finance-lead",
    "finance lead": "ccg-finance-lead",
}


@pytest.fixture
def open_connection():
    """Requests leave the connection open, since the test's own transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def place(demo_place, open_connection, settings):
    """The demonstration, with something for every page to show."""
    settings.EMAIL_BACKEND = "icp.common.mail.SentMailBackend"
    load.say_something(demo_place, User.objects.get(name="IT Enabler Lead"))
    load.hang_on_a_row(demo_place, User.objects.get(name="IT Enabler Lead"))
    load.keep_a_working_paper(User.objects.get(name="CCG Finance Lead"))
    load.send_a_message()
    load.upload_a_plan(demo_place, User.objects.get(name="IC Programme Manager"))
    load.invite_somebody()
    load.ask_somebody_in()
    load.make_a_calendar()
    load.bring_a_return_back(demo_place, User.objects.get(name="IT Enabler Lead"))
    away, deputy = (User.objects.get(name=f"IC Programme {n}") for n in ("Director", "Manager"))
    load.let_somebody_cover(demo_place, away, deputy)
    return demo_place


def grow(place):
    """Three times the plan, four more programmes, and statuses of two hundred rows."""
    copies = []
    for item in PlanItem.objects.filter(programme__place=place):
        for copy in (1, 2):
            known = {field.attname: getattr(item, field.attname) for field in PlanItem._meta.fields}
            more = {
                "id": None,
                "plan_id": f"{item.plan_id}-{copy}",
                "position": item.position + 10_000 * copy,
            }
            copies.append(PlanItem(**{**known, **more}))
    PlanItem.objects.bulk_create(copies)
    period = selectors.period_to_report(place=place)
    for _ in range(4):
        programme = ProgrammeFactory(place=place)
        LeadershipFactory(programme=programme)
        PlanItemFactory(programme=programme, finish=period.starts_on)
    unsaid = PlanItem.objects.filter(programme__place=place).exclude(statuses__period=period)
    by = User.objects.get(name="IT Enabler Lead")
    for item in unsaid.counted().order_by("pk")[:200]:
        StatusFactory(item=item, period=period, rag="amber", updated_by=by)


def test_no_page_asks_more_than_25_questions_or_more_of_a_longer_plan(place):
    few = {(one.page, one.person): one for one in walk(WHO)}
    grow(place)
    many = {(one.page, one.person): one for one in walk(WHO)}
    assert len(few) > 90
    assert few.keys() == many.keys()
    assert [one for one in many.values() if one.queries > LIMIT] == []
    assert [
        (one.page, one.person, one.queries, many[key].queries)
        for key, one in few.items()
        if one.queries != many[key].queries and not one.download
    ] == []
