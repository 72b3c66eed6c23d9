"""What later layouts show of content that earlier ones do not, and that the earlier ones go on as they were."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.exporters.print1 import printed
from boards.presenters import page_of
from boards.rules.content import KINDS, build
from boards.rules.facts import Agreement
from boards.rules.narrow import narrow
from tests.unit.boards.facts import DECEMBER, ESTATES, IT, JANUARY, facts, row, said
from tests.unit.boards.reading import csv_text, page_words, pdf_words

LATE_HOME = replace(IT, state="dates subject to review", return_state="submitted")
MISSING = replace(ESTATES, return_state="in hand", handed_in=False)
RED = said(
    "red",
    reason="The supplier is late.",
    get_to_green="Chase the supplier.",
    correction="It was red then, too.",
    corrects=DECEMBER,
)


def content(kind):
    rows = (
        row("11", said=(RED,), finish=date(2020, 2, 14)),
        row("12", programme="EST", finish=date(2020, 2, 20)),
    )
    made = build(kind, facts(*rows, programmes=(LATE_HOME, MISSING)))
    assert made["layout"] == 4
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


PUBLISHED = json.loads(Path(__file__).with_name("published.json").read_text())


@pytest.mark.parametrize("layout", ["layout 1", "layout 2", "layout 3"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_published_reads_as_it_did(kind, layout):
    """``published.json`` holds content, and how it read, as they were while that layout was the newest."""
    published = PUBLISHED[kind] | PUBLISHED[kind][layout]
    content = dict(published["content"])
    if layout == "layout 1":
        del content["layout"]
    assert page_words(content) == published["page"]
    assert pdf_words(content) == published["pdf"]
    assert csv_text(content).splitlines() == published["csv"]


def test_a_reason_of_rows_that_are_green_again_is_printed_once_from_layout_4_on():
    before = said("red", period=DECEMBER, reason="The logo is not chosen.")
    other = said("amber", period=DECEMBER, reason="The room is taken.")
    now = said("green", reason="It is chosen.")
    rows = [row(number, said=(before, now)) for number in ("4", "7")]
    made = build("now-green", facts(*rows, row("9", said=(other, said("green")))))
    for words in (page_words(made), pdf_words(made)):
        for once in ("One reason for 2 rows", "The logo is not chosen.", "The room is taken."):
            assert words.count(once) == 1
        assert words.count("It is chosen.") == 1
        assert all(words.count(f"Row {number}") == 1 for number in "479")
    older = made | {"layout": 3}
    for words in (page_words(older), pdf_words(older)):
        assert words.count("The logo is not chosen.") == 2
        assert "One reason" not in words
    assert csv_text(made) == csv_text(older)


def test_a_correction_is_shown_from_layout_3_on():
    made = content("exceptions")
    assert ",corrects,correction" in csv_text(made).splitlines()[0]
    assert "Corrects December 2019: It was red then, too." in page_words(made)
    assert "Corrects December 2019: It was red then, too." in pdf_words(made)
    older = made | {"layout": 2}
    assert "Corrects" not in page_words(older) + pdf_words(older)
    assert "correction" not in csv_text(older).splitlines()[0]


def in_total(*finishes, **more):
    """Row 20 with the finishes that were agreed of it, each in a month of its own."""
    agreed = tuple(
        Agreement(date(2019, 8 + number, 20), finish) for number, finish in enumerate(finishes)
    )
    return row("20", finish=finishes[-1], agreed=agreed, **more)


def the_table_of(*rows, **more):
    made = build("exceptions", facts(*rows)) | more
    return list(csv.DictReader(io.StringIO(csv_text(made))))


def test_the_table_says_how_far_a_row_stands_from_the_finish_first_agreed_from_layout_4_on():
    late = in_total(date(2019, 10, 31), date(2020, 2, 28), said=(said("red", reason="Late."),))
    [told, *_] = the_table_of(late)
    assert told["first_agreed"] == "2019-10-31"
    assert told["slip_in_total"] == "3 months 28 days beyond the finish first agreed"
    assert told["late_in_total_by_days"] == "120"
    assert told["since_last_report"] == ""
    [older, *_] = the_table_of(late, layout=3)
    assert "first_agreed" not in older
    assert list(told)[: len(older)] == list(older)


def test_the_table_says_how_far_a_row_moved_since_the_last_report():
    before = said("green", period=DECEMBER)
    now = said("red", reason="Late.", forecast=date(2020, 3, 14))
    [told, *_] = the_table_of(in_total(date(2020, 2, 14), said=(before, now)))
    assert told["since_last_report"] == "1 month later"
    assert told["slip_in_total"] == "1 month beyond the finish first agreed"


def test_a_row_without_an_agreed_finish_has_no_slip_in_the_table():
    [told, *_] = the_table_of(row("21", finish=None, said=(said("red", reason="Late."),)))
    names = ("first_agreed", "slip_in_total", "late_in_total_by_days", "since_last_report")
    assert [told[name] for name in names] == ["", "", "", ""]


@given(
    st.lists(st.dates(date(2019, 1, 1), date(2021, 12, 31)), min_size=1, max_size=4),
    st.none() | st.dates(date(2019, 1, 1), date(2021, 12, 31)),
)
def test_the_days_of_the_table_are_those_of_the_words(finishes, forecast):
    rated = said("red", reason="Late.", forecast=forecast)
    [told, *_] = the_table_of(in_total(*finishes, said=(rated,)))
    days = int(told["late_in_total_by_days"])
    words = told["slip_in_total"]
    assert ("beyond" in words, "before" in words) == (days > 0, days < 0)


LOGO = {"reason": "The logo is not chosen.", "get_to_green": "The boards choose it in March."}


def test_a_reason_that_silent_rows_share_is_printed_once_above_them():
    before = said("red", period=DECEMBER, **LOGO)
    rows = [row(number, said=(before,)) for number in ("4", "7", "9")]
    made = build("exceptions", facts(*rows))
    for words in (page_words(made), pdf_words(made)):
        for once in (
            "One reason for 3 rows",
            LOGO["reason"],
            LOGO["get_to_green"],
            "Reported red in December 2019; the return for January 2020 says nothing of it.",
        ):
            assert words.count(once) == 1
        places = [words.index(one) for one in (LOGO["reason"], "Row 4", "Row 7", "Row 9", "1. New")]
        assert places == sorted(places)
    assert csv_text(made).count(LOGO["reason"]) == 3


def test_rows_that_share_a_reason_and_lost_their_colour_otherwise_say_each_why():
    before = said("red", period=DECEMBER, **LOGO)
    held = said("on hold", **LOGO)
    made = build("exceptions", facts(row("4", said=(before,)), row("7", said=(before, held))))
    for words in (page_words(made), pdf_words(made)):
        assert words.count(LOGO["reason"]) == 1
        assert "Reported red in December 2019; now on hold." in words
        assert "the return for January 2020 says nothing of it." in words


words = st.sampled_from(["", "A", "B", "4"])


@given(st.lists(st.tuples(st.booleans(), words, words, st.booleans()), max_size=6))
def test_every_row_stands_on_one_card_with_its_own_words(rows):
    told = [
        row(
            str(number),
            programme="IT" if first else "EST",
            said=(
                said("red", period=DECEMBER if silent else JANUARY, reason=why, get_to_green=how),
            ),
        )
        for number, (first, why, how, silent) in enumerate(sorted(rows))
    ]
    page = page_of(build("exceptions", facts(*told)))
    seen = []
    for section in (page["red_and_amber"], page["no_colour"]):
        cards = [card for group in section["programmes"] for card in group["cards"]]
        seen += [row["plan_id"] for card in cards for row in card["rows"]]
        for card in cards:
            assert {(one["reason"], one["get_to_green"]) for one in card["rows"]} == {
                (card["reason"], card["get_to_green"])
            }
            assert card["is_shared"] == (len(card["rows"]) > 1)
        shared = [
            (card["rows"][0]["programme"], card["reason"], card["get_to_green"])
            for card in cards
            if card["reason"]
        ]
        assert len(shared) == len(set(shared))
    assert sorted(seen) == [str(number) for number in range(len(rows))]


def test_an_old_full_plan_narrowed_to_a_board_keeps_its_headings():
    made = build("full-plan", facts(row("11"), row("12", programme="EST")))
    del made["layout"]
    assert len(narrow(made, board="AOG")["sections"]) == 2
