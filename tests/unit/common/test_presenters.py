"""Dates, durations and states in words."""

from datetime import UTC, date, datetime

import pytest

from icp.common import presenters


def test_dates_are_written_the_british_way():
    assert presenters.long_date(date(2020, 1, 31)) == "31 January 2020"
    assert presenters.short_date(date(2020, 1, 1)) == "1 Jan 2020"
    assert presenters.month_name(date(2020, 2, 29)) == "February 2020"


def test_a_missing_date_says_so_in_the_words_asked_for():
    assert presenters.long_date(None) == "not set"
    assert presenters.short_date(None, "tbc") == "tbc"


def test_a_moment_is_shown_on_the_united_kingdoms_date():
    assert presenters.long_date(datetime(2020, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2020"


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 working day"), (0, "0 working days"), (1204, "1,204 working days"), (None, "not set")],
)
def test_working_days_agree_in_number_and_unknown_is_not_nought(days, words):
    assert presenters.working_days(days) == words


def test_an_estimate_is_called_one():
    assert presenters.working_days(43, True) == "43 working days (estimated)"


@pytest.mark.parametrize(
    ("days", "words"),
    [(5, "5 days late"), (-1, "1 day early"), (0, "on the agreed date"), (None, "not set")],
)
def test_slip_is_late_or_early(days, words):
    assert presenters.slip(days) == words


@pytest.mark.parametrize(("value", "word"), presenters.RAG_WORDS.items())
def test_every_rag_says_its_word_and_a_proposal_says_that_it_is_one(value, word):
    assert presenters.rag(value) == (
        f'<strong class="icp-rag icp-rag--{value.replace("_", "-")}">{word}</strong>'
    )
    proposed = presenters.rag(value, proposed=True)
    assert word in proposed
    assert "proposed from dates" in proposed
    assert "icp-rag--proposed" in proposed
    assert "<strong" not in proposed


def test_a_rag_may_be_spelt_with_spaces_or_hyphens():
    assert presenters.rag("not started") == presenters.rag("not-started")


def test_no_rag_is_words_too():
    assert "no RAG given" in presenters.rag(None)


def test_a_word_that_is_no_rag_is_refused():
    with pytest.raises(ValueError, match="'purple' is not a RAG"):
        presenters.rag("purple")


def test_a_state_has_its_colour_and_an_unknown_one_is_grey():
    assert presenters.state_html("signed off") == (
        '<strong class="nhsuk-tag nhsuk-tag--green">Signed off</strong>'
    )
    assert "nhsuk-tag--grey" in presenters.state_html("moved <b>")
    assert "<b>" not in presenters.state_html("moved <b>")


def test_a_state_may_say_other_words():
    assert ">Closing: returns are due<" in presenters.state_html(
        "closing", "Closing: returns are due"
    )
