"""What the list reads in one question, and its filters ask in sets, is what the rules say of each risk."""

from datetime import UTC, date, datetime

import pytest

from risks import services
from risks.filters import FLAGS, RiskFilter
from risks.models import Escalation, Mitigation, Residual, Risk, Score
from risks.rules.flags import Flag
from risks.rules.scores import Band, Lines, Movement
from risks.selectors.counts import Counts, counts_of
from risks.selectors.lines import BESIDE, lines_for
from risks.selectors.listed import ListedRisk, listed_risks
from tests.factories import NOW, TODAY

BEFORE = datetime(2020, 1, 10, 9, tzinfo=UTC)
LATER = datetime(2020, 1, 20, 9, tzinfo=UTC)
LINES = Lines()


@pytest.fixture
def place(world):
    """Risks that moved in every way there is between January, when most of them came, and today; in every state."""
    scores = {
        "up": [(BEFORE, 2), (LATER, 3), (NOW, 4)],
        "down": [(BEFORE, 4), (NOW, 1)],
        "same": [(BEFORE, 4), (LATER, 3)],
        "back": [(BEFORE, 3), (NOW, 4), (NOW, 3)],
        "first": [(NOW, 4)],
        "taken back": [(BEFORE, 4), (NOW, None)],
        "given again": [(BEFORE, 2), (LATER, None), (NOW, 2)],
        "never": [],
        "new": [(NOW, 5)],
        "closed": [(BEFORE, 5)],
    }
    for number, (title, given) in enumerate(scores.items()):
        risk = services.raise_risk(
            place=world.place,
            programme=world.programme if number % 2 else None,
            values={"title": title, "kind": "issue" if number % 3 else "risk", "target": 4},
            by=world.office,
            at=NOW,
            today=TODAY,
        )
        for at, step in given:
            _score(risk, at, step)
    _hang_things_on(world)
    Risk.objects.exclude(title="new").update(created_at=BEFORE, raised_on=None)
    return world.place


def _score(risk, at, step):
    product = step and step * step
    Score.objects.create(
        risk=risk, which="current", likelihood=step, impact=step, score=product, given_at=at
    )
    Risk.objects.filter(pk=risk.pk).update(likelihood=step, impact=step)


def _hang_things_on(world):
    risks = {risk.title: risk for risk in Risk.objects.filter(place=world.place)}
    owner = world.place.posts.get(title="lead")
    Risk.objects.filter(title__in=("up", "same")).update(owner=owner, review_on=date(2020, 2, 13))
    Risk.objects.filter(title="same").update(printed_current="9", review_on=TODAY)
    Risk.objects.filter(title="down").update(printed_current="12")
    Risk.objects.filter(title="never").update(printed_current="n/a")
    Risk.objects.filter(title="closed").update(
        state="closed", ended_on=TODAY, ended_because="Past."
    )
    for title, due, done in (
        ("up", date(2020, 2, 13), None),
        ("down", TODAY, None),
        ("same", None, None),
        ("first", date(2020, 1, 1), TODAY),
        ("closed", date(2020, 1, 1), None),
    ):
        Mitigation.objects.create(
            risk=risks[title], what=title, due_on=due, done_on=done, percent=100 if done else 0
        )
    Mitigation.objects.create(risk=risks["new"], what="taken out", removed_at=NOW)
    for title, ground, proposed in (
        ("up", "score", None),
        ("up", "need to know", None),
        ("down", "score", TODAY),
        ("closed", "score", None),
    ):
        Escalation.objects.create(
            risk=risks[title],
            ground=ground,
            because="All ask.",
            began_on=date(2020, 2, 1),
            proposed_on=proposed,
        )
    # The database's clock has today's own hour: they come with the register, after January was closed.
    Risk.objects.filter(title="same").update(created_at=NOW)
    Residual.objects.create(risk=risks["same"], year=2019, quarter=2, score=20)
    Residual.objects.create(risk=risks["same"], year=2018, quarter=3, score=25)


@pytest.fixture
def whole(place):
    """As every other page, export and report has each risk."""
    risks = Risk.objects.filter(place=place).in_order().select_related(*BESIDE)
    return lines_for(list(risks), place=place, as_at=TODAY)


def test_the_list_says_of_each_risk_what_every_other_page_says(place, whole):
    listed = listed_risks([one.pk for one in whole], as_at=TODAY, lines=LINES)
    names = ListedRisk.__dataclass_fields__
    assert len(listed) == 10
    assert [{name: getattr(one, name) for name in names} for one in listed] == [
        {name: getattr(one, name) for name in names} for one in whole
    ]


def test_each_risk_is_found_by_how_it_moved_and_by_no_other_movement(place, whole):
    for movement in Movement:
        expected = {one.title for one in whole if one.moved.movement == movement}
        assert _titles(place, movement=movement.value) == expected
        assert expected


def test_each_risk_is_found_by_the_flags_that_it_shows(place, whole):
    for name, flag in FLAGS.items():
        expected = {one.title for one in whole if flag.value in one.flags}
        assert _titles(place, flag=name) == expected
        assert expected


def _titles(place, **asked):
    rows = Risk.objects.filter(place=place)
    found = RiskFilter({"state": "", **asked}, queryset=rows, place=place, lines=LINES, today=TODAY)
    return set(found.rows().values_list("title", flat=True))


def test_the_counts_are_those_of_the_open_risks(place, whole):
    opened = [one for one in whole if one.state == "open"]
    assert counts_of(place=place, lines=LINES, today=TODAY) == Counts(
        total=9,
        red=sum(one.band == Band.RED for one in opened),
        amber=sum(one.band == Band.AMBER for one in opened),
        escalated=sum(one.is_escalated for one in opened),
        proposed=sum(one.proposed_on is not None for one in opened),
        review_overdue=sum(Flag.REVIEW_OVERDUE in one.flags for one in opened),
        unmitigated=sum(Flag.NO_MITIGATION in one.flags for one in opened),
    )
