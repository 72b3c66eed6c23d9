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


@pytest.mark.parametrize(
    ("state", "title", "is_late"),
    [
        ("in hand", "LBH’s Month 10, January 2020 is not handed in, due 12 February 2020", False),
        ("queried", "LBH is asked: Why?", True),
    ],
)
def test_behind_a_gate_a_finance_lead_is_told_of_it_and_not_to_type(state, title, is_late):
    stands = month(partner(state, 3, question="Why?"))
    [step] = entering(stands, {1}, on=DUE, gate="It is closed to you.")
    assert (step.title, step.text, step.act) == (title, "It is closed to you.", Act.SEE)
    assert step.is_late == is_late


def test_what_was_handed_in_before_the_gate_shut_still_waits_to_be_accepted():
    [step] = entering(month(partner("submitted")), {1}, on=DUE, gate="It is closed to you.")
    assert step.is_done


def test_nobody_is_told_to_accept_what_they_handed_in_themselves():
    own = Partner(1, "LBH", "submitted", 0, handed_in_by=7)
    alone = running(month(own), on=AFTER, by=7)
    assert alone.title == "LBH’s Month 10, January 2020 waits for a colleague to accept"
    assert alone.is_done
    assert running(month(own), on=AFTER, by=8).title == "Accept LBH’s Month 10, January 2020"
    other = Partner(2, "CCG", "submitted", 0, handed_in_by=8)
    both = running(month(own, other), on=AFTER, by=7)
    assert both.title == "Accept CCG’s Month 10, January 2020"
    assert "You handed LBH’s in: a colleague accepts." in both.text


def test_who_closed_the_month_is_not_told_to_publish():
    assert publishing("Month 9", closed_it=False).is_late
    assert "a colleague publishes" in publishing("Month 9", closed_it=True).text
