"""Every page of the portal, found in its URL patterns: few queries, and no more for a longer plan."""

import pytest

from bench import load
from bench.queries import walk
from icp.accounts.models import User
from programmes import selectors
from programmes.models import PlanItem
from tests.factories import LeadershipFactory, PlanItemFactory, ProgrammeFactory, StatusFactory

pytestmark = pytest.mark.django_db

LIMIT = 25
# Those who between them may open every page, who sees most of it first.
OPENERS = {
    "office": "ic-programme-manager",
    "administrator": "administrator",
    "programme finance lead": "programme-finance-lead",
    "finance lead": "ccg-finance-lead",
}
# Those who see more of the money than the office does.
OF_THE_MONEY = ("programme finance lead", "finance lead")


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


def asked(**how):
    found = walk(OPENERS, once=True, **how)
    finance = {title: OPENERS[title] for title in OF_THE_MONEY}
    found += walk(finance, below="/money/", **how)
    return {(one.page, one.person): one for one in found}


def compared(few, many):
    few = {key: one for key, one in few.items() if not one.download}
    assert few.keys() == {key for key, one in many.items() if not one.download}
    assert [one for one in many.values() if one.queries > LIMIT] == []
    assert [
        (one.page, one.person, one.queries, many[key].queries)
        for key, one in few.items()
        if one.queries != many[key].queries
    ] == []


def test_no_page_asks_more_than_25_questions_or_more_of_a_longer_plan(place):
    few = asked(again=False, files=False)
    grow(place)
    assert len(few) > 200
    compared(few, asked(known=few.values()))


@pytest.mark.soak
def test_no_page_asks_more_of_a_longer_plan_whoever_opens_it(place):
    few = {(one.page, one.person): one for one in walk()}
    grow(place)
    many = {(one.page, one.person): one for one in walk(known=few.values())}
    assert len(few) > 1000
    compared(few, many)
