"""The demonstration's registers: the nine risks that the paper of March 2020 prints."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from boards.demo.risks import rows

PRINTED = "printed score is not likelihood x impact"


def exported(as_at="2020-03-12"):
    said, aside = StringIO(), StringIO()
    call_command(
        "export_risks",
        place="city-and-hackney",
        as_at=as_at,
        format="json",
        stdout=said,
        stderr=aside,
    )
    return json.loads(said.getvalue()), aside.getvalue()


def test_the_nine_are_printed_as_published(demo_place):
    content, _ = exported()
    found = {one["ref"]: one for one in content["register"]}
    assert list(found) == ["IC23", "IC24", "PC1", "PC2", "PC12", "UPC9", "CYPMF8", "P13", "P16"]
    for row in rows():
        one = found[row["ref"]]
        quarters = [None if q == "N/A" else int(q) for q in row["residual_2019_20"].split(";")]
        assert (one["kind"], one["title"], one["owner"]) == (
            row["type"],
            row["title"],
            row["owner_post"],
        )
        assert (one["likelihood"], one["impact"]) == (int(row["likelihood"]), int(row["impact"]))
        assert one["inherent"] == int(row["inherent_score"])
        assert one["current"] == one["likelihood"] * one["impact"]
        assert one["residual"] == quarters
        assert one["printed_current"] == row["printed_current"]


def test_all_nine_are_before_the_boards_and_the_one_at_ten_because_they_asked(demo_place):
    content, _ = exported()
    why = {one["ref"]: one["escalated_because"] for one in content["escalated"]}
    assert len(why) == 9
    assert why["UPC9"] == "residual score 15 is 15 or more"
    assert why["CYPMF8"].startswith("asked for by City Integrated Commissioning Board")


def test_the_three_whose_printed_score_does_not_agree_are_flagged_and_nothing_else_is(demo_place):
    content, _ = exported()
    flagged = {one["ref"]: one["flags"] for one in content["register"] if one["flags"]}
    assert flagged == {"P13": [PRINTED], "PC2": [PRINTED], "PC12": [PRINTED]}


def test_a_day_beyond_the_clock_prints_the_latest_and_says_so(demo_place):
    content, aside = exported("2020-03-12")
    assert content["as_at"] == "2020-02-14"
    assert content["asked_for"] == "2020-03-12"
    assert "12 March 2020 is still to come" in content["note"]
    assert "12 March 2020 is still to come" in aside


def test_a_day_before_the_registers_came_has_none(demo_place):
    content, aside = exported("2019-12-31")
    assert content["register"] == []
    assert (content["note"], aside) == (None, "")


def test_a_day_in_january_prints_them_as_they_stood(demo_place):
    content, _ = exported("2020-01-20")
    assert len(content["register"]) == 9
    assert {one["review_on"] for one in content["escalated"] if one["ref"] != "CYPMF8"} == {
        date(2020, 2, 3).isoformat()
    }


def test_what_is_no_date_is_refused(demo_place):
    with pytest.raises(CommandError, match="not a date"):
        exported("March")
