"""Who may do what with a change request, and what needs one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import ChangeLineKind, ChangeState
from programmes.rules.changes import (
    AGREEING,
    NONE,
    SAID_TO_PROPOSE,
    STANDING,
    Act,
    Dates,
    Kind,
    LineFacts,
    State,
    Who,
    acts,
    has_effect,
    is_expired,
    is_stale,
    may,
    needs_request,
    state_after,
    unsaid,
)

DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))
WHO = st.builds(Who, st.booleans(), st.booleans(), st.booleans(), st.booleans())
LEAD, OFFICE = Who(leads=True), Who(office=True)
BOTH_ROLES = Who(leads=True, office=True)


def test_the_words_are_the_models():
    assert [state.value for state in State] == ChangeState.values
    assert [kind.value for kind in Kind] == ChangeLineKind.values


@given(st.sampled_from(State), WHO)
def test_whoever_neither_leads_nor_is_of_the_office_does_nothing(state, who):
    if not who.takes_part:
        assert acts(state=state, who=who) == ()


@given(st.sampled_from([state for state in State if state not in STANDING]), WHO)
def test_what_has_ended_stays_ended(state, who):
    assert acts(state=state, who=who) == ()


@given(st.sampled_from(State), WHO)
def test_nobody_agrees_for_both_sides(state, who):
    once = Who(who.leads, who.office, who.drafted, agreed=True)
    assert not set(acts(state=state, who=once)) & set(AGREEING)


@given(st.permutations([(Act.AGREE_FOR_PROGRAMME, LEAD), (Act.AGREE_FOR_OFFICE, OFFICE)]))
def test_the_two_sides_agree_in_either_order(order):
    state = state_after(Act.PROPOSE, state=State.DRAFT)
    for act, who in order:
        assert may(act, state=state, who=who)
        state = state_after(act, state=state)
    assert state == State.AGREED


@pytest.mark.parametrize(
    ("act", "stranger"), [(Act.AGREE_FOR_PROGRAMME, OFFICE), (Act.AGREE_FOR_OFFICE, LEAD)]
)
def test_each_side_agrees_for_itself_only(act, stranger):
    assert not may(act, state=State.PROPOSED, who=stranger)


@given(st.lists(st.sampled_from(Act), max_size=12), st.lists(WHO, min_size=12, max_size=12))
def test_no_way_through_its_life_agrees_without_both_sides(wanted, people):
    state, said = State.DRAFT, set()
    for act, who in zip(wanted, people, strict=False):
        if not may(act, state=state, who=who):
            continue
        state = state_after(act, state=state)
        said = set() if act == Act.EDIT else said | ({act} & set(AGREEING))
    assert (state == State.AGREED) == (said == set(AGREEING))


def test_a_draft_is_proposed_before_anybody_agrees():
    assert acts(state=State.DRAFT, who=BOTH_ROLES) == (Act.EDIT, Act.PROPOSE, Act.WITHDRAW)


def test_the_office_refuses_what_a_lead_asks_for_and_does_not_withdraw_it():
    assert may(Act.REFUSE, state=State.PROPOSED, who=OFFICE)
    assert not may(Act.WITHDRAW, state=State.PROPOSED, who=OFFICE)
    assert may(Act.WITHDRAW, state=State.PROPOSED, who=Who(office=True, drafted=True))


@given(DAYS, DAYS)
def test_other_dates_have_an_effect_and_the_same_have_none(now, asked):
    line = LineFacts(
        Kind.REDATE,
        asked=Dates(finish=asked),
        now=Dates(finish=now),
        agreed=Dates(finish=now),
    )
    assert has_effect(line) == (asked != now)


def test_a_date_that_comes_to_be_confirmed_is_another():
    agreed = Dates(finish=date(2020, 3, 31))
    line = LineFacts(Kind.REDATE, asked=Dates(finish_tbc=True), now=agreed, agreed=agreed)
    assert has_effect(line)
    settled = LineFacts(
        Kind.REDATE, asked=Dates(finish_tbc=True), now=Dates(finish_tbc=True), agreed=Dates()
    )
    assert not has_effect(settled)


@given(DAYS, DAYS, DAYS)
def test_a_row_beside_its_agreed_dates_can_be_put_back_to_them_or_agreed_as_it_stands(
    now, agreed, asked
):
    line = LineFacts(
        Kind.REDATE,
        asked=Dates(finish=asked),
        now=Dates(finish=now),
        agreed=Dates(finish=agreed),
    )
    assert has_effect(line) == (len({now, agreed, asked}) > 1)


@pytest.mark.parametrize(
    ("kind", "removed", "effect"),
    [
        (Kind.ADD, False, True),
        (Kind.REMOVE, False, True),
        (Kind.REMOVE, True, False),
        (Kind.RESTORE, True, True),
        (Kind.RESTORE, False, False),
    ],
)
def test_a_row_goes_once_and_comes_back_once(kind, removed, effect):
    assert has_effect(LineFacts(kind, removed=removed)) == effect


@given(DAYS, DAYS, st.sampled_from([Kind.REDATE, Kind.REMOVE]))
def test_a_row_that_was_agreed_anew_is_looked_at_again(written, agreed, kind):
    line = LineFacts(kind, written=Dates(finish=written), agreed=Dates(finish=agreed))
    assert is_stale(line) == (written != agreed)


def test_a_row_that_was_removed_since_is_looked_at_again():
    assert is_stale(LineFacts(Kind.REDATE, removed=True))
    assert not is_stale(LineFacts(Kind.RESTORE, removed=True))


@given(DAYS, st.integers(0, 200))
def test_sixty_untouched_days_end_a_request(touched, days):
    assert is_expired(touched=touched, on=touched + timedelta(days=days)) == (days >= 60)


@given(st.booleans(), st.sampled_from([*Kind, "name", "forecast", "owner", "order", "notes"]))
def test_only_rows_and_agreed_dates_need_a_request_and_only_after_the_first_plan(agreed, kind):
    assert needs_request(has_baseline=agreed, kind=kind) == (agreed and kind in list(Kind))


@given(words=st.dictionaries(st.sampled_from(SAID_TO_PROPOSE), st.text(max_size=5)))
def test_a_request_lacks_just_those_words_of_which_nothing_can_be_read(words):
    lacks = unsaid(words)
    assert set(lacks) == {name for name in SAID_TO_PROPOSE if not words.get(name, "").strip()}
    assert unsaid(words | dict.fromkeys(lacks, NONE)) == ()
