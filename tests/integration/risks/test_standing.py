"""What stood in a register on a day: quarters that end, and risks that were closed and are open again."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from icp.common.clock import start_of
from icp.common.models import DemoClock
from programmes.models import Period
from programmes.services import close_period
from risks import services
from risks.models import ClosedTime, Residual, Risk, RiskReport, RiskRules
from risks.rules.quarters import Quarter
from risks.rules.scores import Lines, Movement
from risks.selectors.exposure import exposure_over_time
from risks.selectors.lines import BESIDE, lines_for, register_at
from risks.selectors.listed import ListedRisk, listed_risks
from risks.selectors.movement import moved_since, squares_between
from risks.selectors.standing import scores_at_end
from risks.services.quarters import standing_at
from risks.services.reports import build_report
from tests.factories import PeriodFactory, PlaceFactory
from tests.integration.risks.conftest import march_open, on, raised


@pytest.fixture
def risk(world):
    return raised(world, said=on(date(2020, 2, 14), world.office))


@pytest.fixture
def reopened(world, risk):
    """Closed on 20 February, opened again on 10 March."""
    services.close_risk(risk=risk, because="Past.", **on(date(2020, 2, 20), world.office))
    services.reopen_risk(risk=risk, because="Again.", **on(date(2020, 3, 10), world.office))
    return Risk.objects.select_related("place", *BESIDE).get(pk=risk.pk)


def rescored(world, risk, likelihood, day):
    return services.change_risk(
        risk=risk,
        values={"likelihood": likelihood},
        seen=Risk.objects.get(pk=risk.pk).version,
        because="It was looked at.",
        **on(day, world.office),
    )


def in_the_list(world, day):
    """As every page has them, and, the same, as the list has them."""
    risks = list(Risk.objects.filter(place=world.place).select_related("place", *BESIDE))
    lines = lines_for(risks, place=world.place, as_at=day)
    listed = listed_risks([one.pk for one in risks], as_at=day, lines=Lines())
    for line, one in zip(lines, listed, strict=True):
        assert {n: getattr(line, n) for n in ListedRisk.__dataclass_fields__} == vars(one)
    return lines


def test_the_residual_is_the_score_at_the_quarters_end_and_not_at_the_close(world, risk):
    march = march_open(world)
    rescored(world, risk, 5, date(2020, 3, 31))
    rescored(world, risk, 1, date(2020, 4, 1))
    april = on(date(2020, 4, 3), world.office)
    for period in (Period.objects.get(key="2020-02", place=world.place), march):
        close_period(period=period, without_late_returns=True, **april)
    assert Residual.objects.get(risk=risk).score == 20
    report = build_report(report=RiskReport.objects.get(period=march, kind="full"), at=april["at"])
    [row] = report.content["risks"]
    assert (row["current"], row["residual"][3]) == (4, 20)


def test_a_quarter_that_is_over_shows_what_will_be_recorded(world, risk):
    """In July June is still open: what the risk scores in July is no score of June."""
    rescored(world, risk, 2, date(2020, 7, 2))
    [line] = in_the_list(world, date(2020, 7, 5))
    assert line.residual == (16, 8, None, None)


def test_a_risk_that_was_closed_and_is_open_again_did_not_stand_in_between(world, reopened):
    found = exposure_over_time(place=world.place, today=date(2020, 3, 12), line=15)
    by_day = {one.day: one.risks for one in found}
    assert (by_day[date(2020, 2, 29)], by_day[date(2020, 3, 12)]) == (0, 1)
    between = {"place": world.place, "as_at": date(2020, 3, 1), "today": date(2020, 3, 12)}
    assert register_at(**between) == []
    quarter_in_between = Quarter(2019, 4)
    ClosedTime.objects.create(
        risk=reopened, closed_on=date(2020, 3, 30), reopened_on=date(2020, 4, 2)
    )
    assert not standing_at(place=world.place.pk, quarter=quarter_in_between).exists()


def test_a_risk_that_came_back_this_month_is_new_in_it_and_moved_from_nowhere(world, reopened):
    rescored(world, reopened, 5, date(2020, 3, 11))
    [line] = in_the_list(world, date(2020, 3, 12))
    assert line.moved.movement == Movement.NEW
    rows = Risk.objects.filter(place=world.place)
    for movement in Movement:
        since = start_of(date(2020, 3, 1))
        found = moved_since(rows, movement=movement.value, since=since)
        assert rows.filter(pk__in=found).exists() == (movement == Movement.NEW)
    until = date(2020, 3, 12)
    assert squares_between(rows, after=date(2020, 3, 1), until=until) == {}
    stood = squares_between(rows, after=date(2020, 3, 10), until=until)
    assert stood == {((4, 4), (5, 4)): [reopened.ref]}


def test_a_time_in_which_it_was_closed_never_changes(world, reopened):
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosedTime.objects.update(closed_on=date(2020, 1, 1))


def test_a_risk_that_had_no_score_at_a_quarters_end_has_no_residual_of_it(world):
    """It was here, and scored in April: what it scores then is no score of March."""
    unscored = services.raise_risk(
        place=world.place,
        programme=world.programme,
        values={"title": "A server fails"},
        **on(date(2020, 3, 1), world.office),
    )
    Risk.objects.filter(pk=unscored.pk).update(created_at=start_of(date(2020, 3, 1)))
    services.change_risk(
        risk=unscored,
        values={"likelihood": 4, "impact": 5},
        seen=Risk.objects.get(pk=unscored.pk).version,
        because="Scored at last.",
        **on(date(2020, 4, 3), world.office),
    )
    march = Quarter(2019, 4)
    assert scores_at_end([unscored.pk], quarter=march) == {}
    Risk.objects.filter(pk=unscored.pk).update(created_at=start_of(date(2020, 4, 3)))
    assert scores_at_end([unscored.pk], quarter=march) == {unscored.pk: 20}
    before = start_of(date(2020, 4, 2))
    assert scores_at_end([unscored.pk], quarter=march, known_at=before) == {}


def test_a_risk_closed_over_a_quarters_end_shows_no_residual_of_it(world, risk):
    services.close_risk(risk=risk, because="Past.", **on(date(2020, 3, 20), world.office))
    services.reopen_risk(risk=risk, because="Again.", **on(date(2020, 4, 3), world.office))
    [line] = in_the_list(world, date(2020, 4, 5))
    assert line.residual[0] == 16
    assert scores_at_end([risk.pk], quarter=Quarter(2019, 4)) == {}


@pytest.mark.parametrize(("first", "residual"), [(None, None), (6, 16), (7, None)])
def test_quarters_wait_from_the_first_period_on_though_none_is_closed_yet(world, first, residual):
    place = PlaceFactory()
    services.raise_risk(
        place=place,
        programme=None,
        values={"title": "A server fails", "likelihood": 4, "impact": 4},
        **on(date(2020, 2, 14), world.office),
    )
    if first:
        PeriodFactory(
            place=place,
            starts_on=date(2020, first, 1),
            ends_on=date(2020, first, 30),
            due_on=date(2020, first + 1, 1),
        )
    [line] = in_the_list(SimpleNamespace(place=place), date(2020, 7, 5))
    assert line.residual == (residual, 16, None, None)


def test_a_report_that_is_built_first_is_compared_with_the_one_before_all_the_same(world, risk):
    march = march_open(world)
    february = Period.objects.get(key="2020-02", place=world.place)
    april = on(date(2020, 4, 3), world.office)
    for period in (february, march):
        close_period(period=period, without_late_returns=True, **april)
    report = RiskReport.objects.get(period=march, kind="escalated")
    built = build_report(report=report, at=april["at"])
    assert built.content["compared_with"] == february.name
    assert not RiskReport.objects.filter(kind="escalated", state="waiting").exists()


def test_the_past_is_worded_by_the_line_that_held_then_and_stands_in_its_register(world, risk):
    services.transfer_risk(
        risk=risk,
        programme=world.other,
        because="Theirs.",
        by=world.office,
        today=on(date(2020, 3, 10), world.office)["today"],
    )
    asked = {"place": world.place, "as_at": date(2020, 3, 1), "today": date(2020, 3, 12)}
    DemoClock.objects.update(today=date(2020, 3, 12))
    RiskRules.objects.create(place=world.place, escalates_from=20)
    [line] = register_at(**asked)
    assert "15 or more" in line.because
    found = exposure_over_time(place=world.place, today=date(2020, 3, 12), line=15)
    assert [one.by_register for one in found] == [{"IT": 16}, {"EST": 16}]
