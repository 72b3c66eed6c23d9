"""What layout 2 shows of content that layout 1 does not, and that layout 1 goes on as it was."""

from dataclasses import replace
from datetime import date

import pytest

from boards.exporters.print1 import printed
from boards.presenters import page_of
from boards.rules.content import KINDS, build
from boards.rules.narrow import narrow
from tests.unit.boards.facts import ESTATES, IT, facts, row, said

LATE_HOME = replace(IT, state="dates subject to review", return_state="submitted")
MISSING = replace(ESTATES, return_state="in hand", handed_in=False)
RED = said("red", reason="The supplier is late.", get_to_green="Chase the supplier.")


def content(kind, *, layout=2):
    rows = (
        row("11", said=(RED,), finish=date(2020, 2, 14)),
        row("12", programme="EST", finish=date(2020, 2, 20)),
    )
    made = build(kind, facts(*rows, programmes=(LATE_HOME, MISSING)))
    assert made["layout"] == 2
    if layout == 1:
        del made["layout"]
    return made


def groups(data):
    return [group for section in data["sections"] for group in section["programmes"]]


@pytest.mark.parametrize("kind", ["look-ahead", "exceptions", "full-plan"])
def test_a_programme_says_how_it_stands_wherever_it_is_printed(kind):
    page, data = page_of(content(kind)), printed(content(kind))
    standing = {group["name"]: group["standing"] for group in groups(data)}
    assert standing["IT Enabler"] == "Dates subject to review; return not signed off"
    shown = [one for s in page["sections"] for one in (s, *s.get("programmes", ()))]
    texts = {note.text for one in shown for note in one.get("notes", ())}
    assert {"Dates subject to review", "Return not signed off"} <= texts
    if kind != "exceptions":
        assert standing["Estates Enabler"] == "Return missing"


def test_an_sro_keeps_its_capitals_in_the_words_of_a_state():
    waiting = replace(IT, state="dates subject to SRO approval")
    made = build("full-plan", facts(row("11"), programmes=(waiting,)))
    [section] = printed(made)["sections"]
    assert section["head"][0] == ["State", "Dates subject to SRO approval"]
    assert section["programmes"][0]["standing"] == "Dates subject to SRO approval"


def test_what_nobody_signed_off_is_said_beside_what_is_missing():
    page = page_of(content("exceptions"))
    assert page["unsigned_words"] == "1 return was handed in and never signed off: IT Enabler."
    assert page["missing"] == ["Estates Enabler"]
    assert printed(content("exceptions"))["unsigned"] == page["unsigned_words"]
    signed = build("exceptions", facts(row()))
    assert page_of(signed)["unsigned_words"] == ""


def test_every_row_with_a_reason_is_printed_with_its_agreed_finish():
    [group, *_] = groups(printed(content("exceptions")))
    assert group["cards"][0]["rows"][0]["agreed"] == "Agreed finish 14 Feb 2020"


def test_the_words_a_glossary_lacks_are_not_for_the_boards_paper():
    made = build("exceptions", facts(row(name="Ask the ZZYX about it")))
    made["annex"]["lacking"] = ["ZZYX"]
    assert printed(made)["annex"]["lacking"] == []
    assert page_of(made)["lacking_for_all"] is False


def test_one_boards_full_plan_has_no_heading_with_nothing_under_it():
    asked = said("green", board="AOG", decision="Fund it")
    rows = (row("11", said=(asked,)), row("12", programme="EST"))
    made = build("full-plan", facts(*rows))
    narrowed = narrow(made, board="AOG")
    assert [section["heading"] for section in narrowed["sections"]] == ["IT Enabler"]
    nothing = narrow(made, board="ICB")
    assert nothing["sections"] == []
    assert printed(nothing)["nothing"].startswith("Nothing in this report")
    assert page_of(nothing)["sections"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_published_by_the_first_layout_looks_as_it_did(kind):
    data, page = printed(content(kind, layout=1)), page_of(content(kind, layout=1))
    assert data["unsigned"] is None
    assert page["unsigned_words"] == ""
    assert page["lacking_for_all"] is True
    assert {group["standing"] for group in groups(data)} <= {""}
    cards = [one for group in groups(data) for card in group["cards"] for one in card["rows"]]
    assert {one["agreed"] for one in cards} <= {""}
    assert data["annex"] == content(kind, layout=1)["annex"]
    assert not any(section["notes"] for section in page["sections"])


def test_an_old_full_plan_narrowed_to_a_board_keeps_its_headings():
    made = build("full-plan", facts(row("11"), row("12", programme="EST")))
    del made["layout"]
    assert len(narrow(made, board="AOG")["sections"]) == 2
