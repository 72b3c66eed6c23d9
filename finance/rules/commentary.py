"""A first draft of the words beside the figures, written from them: a person accepts it, or writes another."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from finance.rules.positions import NOUGHT, Amounts, total

# So many drivers are named.
DRIVERS = 2


def draft(parts: Mapping[str, Sequence[Amounts]], *, number: int) -> str:
    """Adverse by £4.1m at the year's end, £81k worse than at month 9; driven by Planned Care (£60k worse).

    Of what moved, what moved it is named; of what did not, or is not known to have, what it stands at comes from.
    ``parts`` are what drives it, by name, as exact figures in pounds; ``number`` is the month of the year.
    """
    sums = {name: total(found) for name, found in parts.items()}
    whole = total(sums.values())
    sentence = f"{_standing(whole.forecast_variance)} at the year’s end"
    if whole.movement is not None:
        sentence += f", {_moved(whole.movement)} month {number - 1}"
    if whole.movement:
        drivers = _drivers({name: _moves(one) for name, one in sums.items()}, ("worse", "better"))
    else:
        standing = {name: one.forecast_variance for name, one in sums.items()}
        drivers = _drivers(standing, ("adverse", "favourable"))
    if drivers:
        sentence += f"; driven by {drivers}"
    return sentence + "."


def headline(
    *,
    variance: Decimal,
    prior: Decimal | None,
    parts: Mapping[str, Decimal],
    mitigated: Decimal,
    number: int,
) -> list[str]:
    """What the month comes to, in three sentences at most: the fund, its parts furthest from budget, with risks.

    ``parts`` are forecast variances by name, in pounds; ``mitigated`` the variance with risks and what offsets them.
    """
    first = f"{_standing(variance)} at the year’s end"
    if prior is not None:
        first += f", {_moved(variance - prior)} month {number - 1}"
    furthest = [
        f"furthest {words}: {name}, {pounds(value)}"
        for words, (name, value) in (("over", _least(parts)), ("under", _most(parts)))
        if (value < 0) == (words == "over") and value
    ]
    last = f"With weighted risks and what offsets them: {_standing(mitigated).lower()}"
    said = [first, _sentence("; ".join(furthest)), last]
    return [f"{one}." for one in said if one]


def _least(parts: Mapping[str, Decimal]) -> tuple[str, Decimal]:
    return min(parts.items(), key=lambda one: one[1], default=("", Decimal(0)))


def _most(parts: Mapping[str, Decimal]) -> tuple[str, Decimal]:
    return max(parts.items(), key=lambda one: one[1], default=("", Decimal(0)))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _standing(variance: Decimal) -> str:
    if variance == 0:
        return "On budget"
    return f"{'Adverse' if variance < 0 else 'Favourable'} by {pounds(variance)}"


def _moved(movement: Decimal) -> str:
    if movement == 0:
        return "unchanged from"
    return f"{pounds(movement)} {'worse' if movement < 0 else 'better'} than at"


def _moves(one: Amounts) -> Decimal:
    """How a part of what moved did: one that begins this month moved it by all that it says."""
    return one.forecast_variance - (one.prior_forecast_variance or NOUGHT)


def _drivers(sums: Mapping[str, Decimal], called: tuple[str, str]) -> str:
    """What pulls the same way as the whole, the largest first; ``called`` is which way, against and for."""
    whole = sum(sums.values(), NOUGHT)
    same = [(name, value) for name, value in sums.items() if value * whole > 0]
    named = sorted(same, key=lambda one: (-abs(one[1]), one[0]))[:DRIVERS]
    words = [f"{name} ({pounds(value)} {called[value > 0]})" for name, value in named]
    return " and ".join(words)


def pounds(amount: Decimal) -> str:
    """£4.1m, £350k or £12: never £0.0m of something."""
    size = abs(amount)
    if size >= 1_000_000:
        return f"£{size / 1_000_000:,.1f}m"
    if size >= 1_000:
        return f"£{size / 1_000:,.0f}k"
    return f"£{size:,.2f}".removesuffix(".00")
