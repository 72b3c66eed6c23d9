"""A virement moves budget and makes none."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.virements import Move, moved, needs_board, refused

pennies = st.integers(1, 10**12).map(lambda pence: Decimal(pence) / 100)


def moves(*amounts, partners=("CCG",)):
    return [
        Move(number, f"Line {number}", partners[number % len(partners)], amount)
        for number, amount in enumerate(amounts)
    ]


@given(st.lists(pennies, min_size=1, max_size=8))
def test_what_gives_as_much_as_is_taken_conserves_the_total(taken):
    found = moves(-sum(taken), *taken)
    assert refused(found, across_partners=False) == ""
    assert moved(found) == sum(taken)
    assert sum(one.amount for one in found) == 0


@given(st.lists(pennies, min_size=1, max_size=8), pennies)
def test_what_does_not_add_up_is_refused_by_how_much(taken, more):
    assert f"£{more:,.2f} more is taken" in refused(
        moves(-sum(taken), *taken, more), across_partners=True
    )


def test_budget_moves_between_partners_only_where_the_agreement_allows():
    found = moves(Decimal(-5), Decimal(5), partners=("CCG", "LBH"))
    assert "between partners" in refused(found, across_partners=False)
    assert refused(found, across_partners=True) == ""


def test_a_board_is_needed_from_the_threshold_on():
    found = moves(Decimal(-500), Decimal(500))
    assert needs_board(found, above=Decimal(500))
    assert not needs_board(found, above=Decimal("500.01"))
