"""What whoever opens the money does next, in a sentence."""

from datetime import date

import pytest

from finance.rules.next_step import Act, Month, Partner, entering, publishing, running

DUE, AFTER, WITHIN = date(2020, 2, 12), date(2020, 2, 13), date(2020, 1, 31)


def month(*partners):
    return Month("Month 10, January 2020", date(2020, 1, 31), DUE, partners)


def partner(state, left=0, name="LBH", key=1, question=""):
    return Partner(key, name, state, left, question)


@pytest.mark.parametrize(
    ("state", "left", "on", "title", "act", "is_late"),
    [
        ("not started", 3, DUE, "LBH: 3 lines to enter, due 12 February 2020", Act.ENTER, False),
        ("in hand", 1, AFTER, "LBH: 1 line to enter, were due 12 February 2020", Act.ENTER, True),
        ("in hand", 0, DUE, "LBH: hand the month in, due 12 February 2020", Act.ENTER, False),
        ("queried", 0, DUE, "LBH is asked: Why?", Act.ENTER, True),
        ("submitted", 0, AFTER, "LBH’s Month 10, January 2020 is handed in", Act.SEE, False),
        ("accepted", 0, AFTER, "LBH’s Month 10, January 2020 is accepted", Act.SEE, False),
    ],
)
def test_a_finance_lead_is_told_what_is_left_and_by_when(state, left, on, title, act, is_late):
    [step] = entering(month(partner(state, left, question="Why?")), {1}, on=on)
    assert (step.title, step.act, step.is_late) == (title, act, is_late)
    assert step.is_done == (act == Act.SEE)


def test_nobody_is_told_of_a_partner_that_they_do_not_enter_for():
    assert entering(month(partner("in hand")), {2}, on=DUE) == []


@pytest.mark.parametrize(
    ("states", "on", "title"),
    [
        (("submitted", "in hand"), DUE, "Accept LBH’s Month 10, January 2020"),
        (("submitted", "submitted"), DUE, "Accept LBH’s and CCG’s Month 10, January 2020"),
        (("accepted", "queried"), DUE, "Waiting for CCG, due 12 February 2020"),
        (("accepted", "accepted"), DUE, "Every partner is accepted: close Month 10, January 2020"),
        (
            ("accepted", "accepted"),
            WITHIN,
            "Every partner is accepted; Month 10, January 2020 ends 31 January 2020",
        ),
        ((), DUE, "Month 10, January 2020 has no partner with lines"),
    ],
)
def test_who_runs_the_months_accepts_then_chases_then_closes(states, on, title):
    names = ("LBH", "CCG")
    partners = [partner(said, name=name) for said, name in zip(states, names, strict=False)]
    assert running(month(*partners), on=on).title == title


def test_who_accepts_is_told_too_for_whom_the_month_waits():
    said = running(month(partner("submitted"), partner("in hand", name="CCG")), on=AFTER)
    assert said.text.endswith("Waiting for CCG, were due 12 February 2020.")


def test_who_closed_the_month_is_not_told_to_publish():
    assert publishing("Month 9", closed_it=False).is_late
    assert "a colleague publishes" in publishing("Month 9", closed_it=True).text
