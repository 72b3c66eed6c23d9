"""The command that prints a report's content."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories import PeriodFactory, PlanItemFactory, ProgrammeFactory


@pytest.fixture
def place(db):
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    PeriodFactory(place=programme.place, january=True)
    PlanItemFactory(programme=programme, plan_id="11", name="=Ordering", finish=date(2020, 2, 14))
    PlanItemFactory(programme=programme, plan_id="12", finish=date(2020, 1, 31))
    return programme.place


def export(place, **options):
    printed = io.StringIO()
    options = {"as_at": "2020-01-31", "kind": "look-ahead"} | options
    call_command("export_report", place=place.slug, stdout=printed, **options)
    return printed.getvalue()


def test_a_period_that_is_still_open_is_previewed_as_a_draft(place):
    content = json.loads(export(place))
    assert content["draft"] is True
    assert (content["schema"], content["as_at"], content["kind"]) == (1, "2020-01-31", "look-ahead")
    main, overdue = content["sections"]
    assert main["heading"] == "Look ahead: February 2020"
    assert [row["plan_id"] for row in main["rows"]] == ["11"]
    assert overdue["heading"] == "Overdue and still open"
    assert [row["plan_id"] for row in overdue["rows"]] == ["12"]


def test_csv_has_a_line_for_each_row_and_no_formula(place):
    rows = list(csv.DictReader(io.StringIO(export(place, format="csv"))))
    assert [(row["section"], row["plan_id"]) for row in rows] == [
        ("Look ahead: February 2020", "11"),
        ("Overdue and still open", "12"),
    ]
    assert rows[0]["name"] == "'=Ordering"


def test_a_date_on_which_no_period_ends_is_refused_with_those_there_are(place):
    with pytest.raises(CommandError, match="Periods end on: 2020-01-31"):
        export(place, as_at="2020-03-31")


def test_an_unknown_place_or_date_is_refused_in_words(place):
    with pytest.raises(CommandError, match="There is no place"):
        call_command("export_report", place="nowhere", as_at="2020-01-31", kind="look-ahead")
    with pytest.raises(CommandError, match="is not a date"):
        export(place, as_at="January")


def test_it_can_be_narrowed_to_one_programme(place):
    other = PlanItemFactory(
        programme__place=place, programme__code="EST", plan_id="1", finish=date(2020, 2, 14)
    )
    content = json.loads(export(place, programme=other.programme.code))
    assert [row["programme"] for row in content["sections"][0]["rows"]] == ["EST"]
    with pytest.raises(CommandError, match="no programme XX"):
        export(place, programme="XX")


def test_it_writes_to_a_file_when_asked(place, tmp_path):
    target = tmp_path / "look-ahead.json"
    assert export(place, output=str(target)) == ""
    assert json.loads(target.read_text())["kind"] == "look-ahead"
    with pytest.raises(CommandError, match="cannot be written"):
        export(place, output=str(tmp_path / "absent" / "x.json"))
