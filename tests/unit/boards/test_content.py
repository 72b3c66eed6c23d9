"""What every report has: its head, counts, annex, checksum, and its narrower views."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.rules.annex import annex
from boards.rules.content import KINDS, build, with_narrative
from boards.rules.narrow import NothingToNarrowTo, narrow
from icp.common.checksums import canonical_json, checksum
from tests.unit.boards.facts import ESTATES, IT, facts, row, said

GLOSSARY = {
    "SRO": "Senior Responsible Officer",
    "CoLC": "City of London Corporation",
    "S75": "Section 75 agreement",
    "ICB": "Integrated Commissioning Board",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_same_head(kind):
    content = build(kind, facts(row()))
    assert set(content) == {
        "schema", "layout", "place", "place_slug", "as_at", "kind", "title", "period", "next_period",
        "missing_returns", "narrative", "sections", "programmes", "annex",
    }  # fmt: skip
    assert (content["schema"], content["as_at"], content["kind"]) == (1, "2020-01-31", kind)
    assert content["next_period"]["ends_on"] == "2020-02-29"
    for section in content["sections"]:
        assert {"heading", "note", "rows"} <= set(section)
        assert (section["note"] is None) == bool(section["rows"])
    assert json.loads(json.dumps(content)) == content


def test_the_full_plan_keeps_every_row_in_order_with_its_flags():
    rows = (
        row("1", kind="summary", declared_days=200, finish=date(2020, 9, 30), start=date(2019, 10, 1),
            plan_start=date(2019, 10, 1)),
        row("2", level=2, under=("Row 1",), finish=date(2020, 5, 30), estimated=True),
        row("3", level=2, under=("Row 1",), finish=None, start=None, plan_start=None),
    )  # fmt: skip
    section, empty = build("full-plan", facts(*rows))["sections"]
    assert [found["plan_id"] for found in section["rows"]] == ["1", "2", "3"]
    summary, weekend, undated = (found["flags"] for found in section["rows"])
    assert summary == [
        "Declared 200 working days; the dates give 262 working days.",
        "The rows below it run from 1 April 2019 to 30 May 2020.",
    ]
    assert weekend == ["Finishes on a Saturday.", "Duration is an estimate."]
    assert undated == ["No agreed finish: counted as undated."]
    assert empty["note"] == "This programme has no plan yet."


def test_the_annex_finds_whole_words_plurals_and_mixed_capitals():
    content = {"narrative": "SROs of CoLC agree the S75; NHSE and ICBS do not. MDTs meet."}
    found = annex(content, glossary=GLOSSARY)
    assert [entry["acronym"] for entry in found["used"]] == ["CoLC", "S75", "SRO"]
    assert found["lacking"] == ["ICBS", "MDT", "NHSE"]


def test_codes_figures_and_shouted_words_are_not_lacking():
    content = {
        "programmes": [{"code": "UPC", "name": "Unplanned Care"}],
        "narrative": "UPC 12 is red: RAG and TBC. OUTCOMES FRAMEWORK; the outcomes framework. Part II.",
    }
    assert annex(content, glossary={})["lacking"] == []


def test_the_annex_reads_no_codes_and_no_dates():
    content = {"sections": [{"rows": [{"plan_id": "AB1", "programme": "XYZ", "name": "Go"}]}]}
    assert annex(content, glossary={})["lacking"] == []


@given(st.text())
def test_the_annex_takes_any_text(text):
    found = annex({"narrative": text}, glossary=GLOSSARY)
    assert not {entry["acronym"] for entry in found["used"]} & set(found["lacking"])


def test_a_narrative_brings_its_acronyms_into_the_annex():
    content = with_narrative(
        build("now-green", facts()), narrative="The ICB agreed.", glossary=GLOSSARY
    )
    assert content["narrative"] == "The ICB agreed."
    assert content["annex"]["used"] == [
        {"acronym": "ICB", "expansion": "Integrated Commissioning Board"}
    ]


def test_the_checksum_does_not_depend_on_the_order_of_keys():
    content = build("look-ahead", facts(row()))
    assert checksum(dict(reversed(content.items()))) == checksum(content)
    assert checksum(content | {"narrative": "x"}) != checksum(content)
    assert canonical_json({"b": "é", "a": None}) == '{"a":null,"b":"é"}'.encode()


NEIGHBOURHOODS = replace(IT, code="NBH", name="Neighbourhoods", parent="IT", sros=("Convenor",))


@pytest.fixture
def whole():
    rows = (
        row("1", said=(said("red", board="ICB", board_name="Board", decision="Fund it"),)),
        row("2", programme="NBH", said=(said("amber"),)),
        row("3", programme="EST", said=(said("red"),)),
    )
    missing = replace(ESTATES, handed_in=False)
    return build("exceptions", facts(*rows, programmes=(IT, NEIGHBOURHOODS, missing)))


def programmes_in(content):
    return {found["programme"] for section in content["sections"] for found in section["rows"]}


def test_narrowed_to_a_programme_it_keeps_those_inside_it(whole):
    content = narrow(whole, programme="IT")
    assert programmes_in(content) == {"IT", "NBH"}
    assert [found["code"] for found in content["programmes"]] == ["IT", "NBH"]
    assert content["missing_returns"] == []
    assert content["narrowed_to"]["programme"] == "IT"


def test_narrowed_to_an_sro_it_keeps_that_posts_programmes(whole):
    assert programmes_in(narrow(whole, sro="Director of Finance")) == {"EST"}
    assert narrow(whole, sro="Director of Finance")["missing_returns"]


def test_narrowed_to_a_board_it_keeps_what_that_board_decides(whole):
    content = narrow(whole, board="ICB")
    assert [len(section["rows"]) for section in content["sections"]] == [1, 0, 0, 0, 0, 0, 1, 0, 0]
    assert content["sections"][1]["note"]
    # Counts of all rows beside one board's rows would mislead.
    assert all("counts" not in programme for programme in content["programmes"])


def test_narrowing_to_what_is_not_there_is_refused_in_words(whole):
    with pytest.raises(NothingToNarrowTo, match="It has IT, NBH, EST"):
        narrow(whole, programme="XX")
    with pytest.raises(NothingToNarrowTo, match="There are: Chief Executive; Convenor"):
        narrow(whole, sro="Nobody")


def test_not_narrowing_leaves_it_as_it_is(whole):
    assert narrow(whole) is whole


def test_narrowing_does_not_touch_what_it_was_given(whole):
    before = json.dumps(whole)
    narrow(whole, programme="EST", board="ICB")
    assert json.dumps(whole) == before


def test_counts_are_of_tasks_and_milestones(whole):
    found = {programme["code"]: programme["counts"] for programme in whole["programmes"]}
    assert found["IT"] == {
        "rows": 1, "complete": 0, "red": 1, "amber": 0, "green": 0, "overdue": 0, "late": 0,
        "undated": 0, "decisions": 1, "need_to_know": 0, "now_green": 0,
    }  # fmt: skip
