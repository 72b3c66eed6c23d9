"""The exception report and now green: nothing that was off track may vanish."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.rules import exceptions
from boards.rules.content import build
from programmes.rules.rag import Rag
from tests.unit.boards.facts import DECEMBER, IT, NOVEMBER, facts, ids, row, said


def report(*rows, **more):
    content = build("exceptions", facts(*rows, **more))
    return {section["heading"]: section for section in content["sections"]}


def green_again(*rows):
    (section,) = build("now-green", facts(*rows))["sections"]
    return ids(section)


def test_red_and_amber_are_listed_with_last_period_reason_and_plan():
    found = row(
        said=(
            said("green", period=DECEMBER),
            said("red", reason="Kit is late", get_to_green="Order again"),
        )
    )
    (shown,) = report(found)[exceptions.RED_AND_AMBER]["rows"]
    assert (shown["rag_last"], shown["rag_this"]) == ("green", "red")
    assert (shown["reason"], shown["get_to_green"]) == ("Kit is late", "Order again")
    assert shown["rag_last_period"] == "December 2019"


def test_rows_that_hold_the_same_words_share_one_reason():
    same = {"reason": "The logo", "get_to_green": "Choose it"}
    rows = [row(n, said=(said("red", **same),)) for n in ("4", "7")]
    other = row("9", said=(said("red", reason="The logo", get_to_green="Wait"),))
    shown = report(*rows, other)[exceptions.RED_AND_AMBER]["rows"]
    assert [found["reason_shared_with"] for found in shown] == [["IT 7"], ["IT 4"], []]


def test_the_same_words_in_two_programmes_are_two_reasons():
    same = {"reason": "The logo", "get_to_green": "Choose it"}
    rows = [row("4", programme=code, said=(said("red", **same),)) for code in ("IT", "EST")]
    shown = report(*rows)[exceptions.RED_AND_AMBER]["rows"]
    assert [found["reason_shared_with"] for found in shown] == [[], []]


@pytest.mark.parametrize("rag", ["red", "amber"])
def test_a_row_that_was_off_track_and_is_not_mentioned_now_is_named(rag):
    found = row(said=(said(rag, period=DECEMBER, reason="Kit is late"),))
    (shown,) = report(found)[exceptions.NO_COLOUR]["rows"]
    assert shown["because"] == (
        f"Reported {rag} in December 2019; the return for January 2020 says nothing of it"
    )
    assert shown["reason"] == "Kit is late"


def test_it_says_when_that_is_because_no_return_was_handed_in():
    late = replace(IT, handed_in=False, return_state="in hand")
    found = row(said=(said("red", period=DECEMBER),))
    content = build("exceptions", facts(found, programmes=(late,)))
    assert (
        "no return for January 2020 was handed in" in content["sections"][1]["rows"][0]["because"]
    )
    assert content["missing_returns"] == [
        {"programme": "IT", "name": "IT Enabler", "state": "in hand"}
    ]


def test_months_of_silence_hide_nothing():
    found = row(said=(said("red", period=NOVEMBER),))
    assert ids(report(found)[exceptions.NO_COLOUR]) == ["11"]


def test_a_row_put_on_hold_is_named_too():
    found = row(said=(said("red", period=DECEMBER), said("on hold", reason="Board asked")))
    (shown,) = report(found)[exceptions.NO_COLOUR]["rows"]
    assert shown["because"].endswith("now on hold")
    assert shown["reason"] == "Board asked"


def test_new_and_removed_say_that_nothing_is_recorded():
    found = report(row())
    for heading in (exceptions.NEW, exceptions.REMOVED):
        assert found[heading]["note"].startswith("None was agreed")


@pytest.mark.parametrize(
    ("agreed", "late"), [(date(2019, 11, 30), True), (date(2019, 12, 1), False)]
)
def test_late_begins_a_day_past_the_tolerance(agreed, late):
    found = report(row(finish=agreed))[exceptions.LATE]
    assert bool(found["rows"]) is late


def test_a_tighter_tolerance_of_the_row_counts():
    found = report(row(finish=date(2019, 12, 30), tolerance_months=1))[exceptions.LATE]
    (shown,) = found["rows"]
    assert "the tolerance is 1 month" in shown["because"]


def test_a_forecast_more_than_two_months_late_is_exceptional_before_it_is_due():
    found = row(finish=date(2020, 3, 31), said=(said("red", forecast=date(2020, 6, 1)),))
    (shown,) = report(found)[exceptions.LATE]["rows"]
    assert shown["because"].startswith("Expected 2 months 1 day beyond the agreed finish")


def test_early_by_more_than_the_tolerance_is_exceptional():
    found = row(finish=date(2020, 9, 30), said=(said("green", forecast=date(2020, 7, 29)),))
    assert ids(report(found)[exceptions.EARLY]) == ["11"]


def test_a_late_row_that_was_completed_is_exceptional_in_that_month_only():
    done = said("complete", actual=date(2020, 1, 10))
    finished = row(finish=date(2019, 9, 1), said=(done,))
    (shown,) = report(finished)[exceptions.LATE]["rows"]
    assert shown["because"].startswith("Finished 4 months 9 days beyond")
    earlier = row(finish=date(2019, 9, 1), said=(replace(done, period=DECEMBER),))
    assert report(earlier)[exceptions.LATE]["rows"] == []


def test_a_decision_names_the_board_and_what_it_is_asked():
    asks = said(
        "green", board="ICB", board_name="Integrated Commissioning Board", decision="Fund it"
    )
    (shown,) = report(row(said=(asks,)))[exceptions.DECISIONS]["rows"]
    assert (shown["board"], shown["what"]) == ("ICB", "Fund it")
    assert shown["because"] == "Integrated Commissioning Board is asked to decide"


def test_need_to_know_prints_the_note():
    (shown,) = report(row(said=(said("green", need_to_know=True, note="Measles"),)))[
        exceptions.NEED_TO_KNOW
    ]["rows"]
    assert shown["what"] == "Measles"


def test_now_green_is_said_once():
    story = (said("red", period=NOVEMBER), said("green", period=DECEMBER), said("green"))
    assert green_again(row(said=story)) == []
    assert green_again(row(said=(said("amber", period=DECEMBER), said("green")))) == ["11"]


def test_complete_after_red_is_now_green():
    assert green_again(row(said=(said("red", period=DECEMBER), said("complete")))) == ["11"]


def test_a_correction_stands_beside_the_row_that_it_corrects():
    wrong = said("green", period=DECEMBER)
    right = said("red", correction="It was amber in December.", corrects=DECEMBER)
    found = report(row(said=(wrong, right)))
    (shown,) = found[exceptions.RED_AND_AMBER]["rows"]
    assert (shown["corrects"], shown["correction"]) == (
        "December 2019",
        "It was amber in December.",
    )
    assert found[exceptions.CORRECTED]["note"] == "None recorded."


def test_a_correction_of_a_row_removed_meanwhile_is_named_with_the_others():
    right = said("green", correction="It was never red.", corrects=DECEMBER)
    gone = row("12", said=(said("red", period=DECEMBER), right))
    made = build("exceptions", facts(row(), gone=(gone,)))
    found = {section["heading"]: section["rows"] for section in made["sections"]}
    (shown,) = found[exceptions.CORRECTED]
    assert (shown["plan_id"], shown["correction"]) == ("12", "It was never red.")
    assert shown["because"] == "Reported red in December 2019; now green; no longer in the plan"
    assert all(
        "12" not in [row["plan_id"] for row in rows]
        for heading, rows in found.items()
        if heading != exceptions.CORRECTED
    )
    assert made["programmes"][0]["counts"]["rows"] == 1


def test_a_correction_of_a_row_in_good_order_has_a_section_of_its_own():
    right = said("green", correction="It was never red.", corrects=DECEMBER)
    (shown,) = report(row(said=(said("red", period=DECEMBER), right)))[exceptions.CORRECTED]["rows"]
    assert shown["because"] == "Reported red in December 2019; now green"
    assert (shown["corrects"], shown["correction"]) == ("December 2019", "It was never red.")


def test_what_was_corrected_last_month_is_not_said_again():
    right = said("green", period=DECEMBER, correction="It was never red.", corrects=NOVEMBER)
    found = report(row(said=(right, said("green"))))
    assert found[exceptions.CORRECTED]["rows"] == []


rags = st.sampled_from([None, *Rag])


@given(st.lists(rags, min_size=3, max_size=3))
def test_what_was_off_track_is_in_exactly_one_of_three_places(story):
    periods = (NOVEMBER, DECEMBER, None)
    told = [
        said(rag, **({"period": p} if p else {})) for rag, p in zip(story, periods, strict=True)
    ]
    found = row(said=tuple(told))
    earlier = [rag for rag in story[:2] if rag]
    sections = report(found)
    places = [
        bool(sections[exceptions.RED_AND_AMBER]["rows"]),
        bool(sections[exceptions.NO_COLOUR]["rows"]),
        bool(green_again(found)),
    ]
    if earlier and earlier[-1] in (Rag.RED, Rag.AMBER):
        assert sum(places) == 1
    else:
        assert places[1:] == [False, False]


finishes = st.sampled_from([date(2019, 9, 1), date(2020, 2, 14)])
corrections = st.sampled_from([{}, {"correction": "It was amber."}, {"corrects": DECEMBER}])


@given(
    st.lists(
        st.tuples(rags, rags, corrections, st.booleans(), finishes),
        min_size=1,
        max_size=4,
    )
)
def test_nothing_corrected_stays_invisible_and_nothing_is_listed_as_corrected_twice(rows):
    told = [
        row(
            str(number),
            finish=finish,
            said=(
                said(before, period=DECEMBER),
                said(now, need_to_know=known, **more),
            ),
        )
        for number, (before, now, more, known, finish) in enumerate(rows)
    ]
    sections = report(*told)
    listed_as_corrected = ids(sections.pop(exceptions.CORRECTED))
    elsewhere = {number for section in sections.values() for number in ids(section)}
    corrected = {str(number) for number, (_, _, more, _, _) in enumerate(rows) if more}
    assert corrected <= {*elsewhere, *listed_as_corrected}
    assert sorted(listed_as_corrected) == sorted(corrected - elsewhere)
