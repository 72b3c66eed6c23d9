"""What several uncertain costs may come to together: a Monte Carlo simulation with a fixed seed.

It assumes that each line happens wholly or not at all, by its own probability, and independently of the others.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

DRAWS = 10_000
SEED = 2020
# A probability is read to so many binary places: finer than a hundredth of a percent.
PLACES = 16
ASSUMES = (
    "Each line happens wholly or not at all, with its own probability.",
    "Lines are independent: that one happens makes no other more or less likely.",
    "A value is what the line costs if it happens; it is not itself uncertain.",
    "Lines without a value or a probability are left out; how many is said.",
)


@dataclass(frozen=True)
class Line:
    """``value`` in pounds, negative where money comes in; ``probability`` in percent, 0 to 100."""

    value: Decimal
    probability: Decimal


@dataclass(frozen=True)
class Outcome:
    """Pounds. Half of the draws come to no more than ``median``, nine in ten to no more than ``ninth``."""

    weighted: Decimal
    mean: Decimal
    tenth: Decimal
    median: Decimal
    ninth: Decimal
    worst: Decimal
    draws: int
    lines: int


def simulate(lines: Sequence[Line], *, draws: int = DRAWS, seed: int = SEED) -> Outcome:
    """Draw whether each line happens, ``draws`` times, and look at the sums. The same lines give the same outcome.

    Values are rounded to whole pounds. All draws are made at once: a line's draws are the bits of one whole number,
    and the sums are kept as binary digits, each the bits of one whole number too.
    """
    chance = random.Random(seed)  # noqa: S311  # nosec B311
    sums = sorted(_sums([*lines], draws, chance))
    return Outcome(
        weighted=sum((one.value * one.probability / 100 for one in lines), Decimal(0)),
        mean=Decimal(sum(sums)) / draws,
        tenth=Decimal(sums[draws // 10]),
        median=Decimal(sums[draws // 2]),
        ninth=Decimal(sums[draws * 9 // 10]),
        worst=Decimal(sums[-1]),
        draws=draws,
        lines=len(lines),
    )


def _sums(lines: list[Line], draws: int, chance: random.Random) -> list[int]:
    """The sum of each draw."""
    costs: list[tuple[int, int]] = []
    saves: list[tuple[int, int]] = []
    for one in lines:
        value = int(one.value.to_integral_value(ROUND_HALF_UP))
        happens = _happens(one.probability, draws, chance)
        (costs if value >= 0 else saves).append((abs(value), happens))
    spent, saved = _added(costs, draws), _added(saves, draws)
    return [plus - minus for plus, minus in zip(spent, saved, strict=True)]


def _happens(probability: Decimal, draws: int, chance: random.Random) -> int:
    """A number whose bit ``n`` says whether the line happens in draw ``n``.

    Each binary place of the probability, from the last to the first, halves what is left to be decided.
    """
    if probability >= 100:
        return (1 << draws) - 1
    scaled = int((probability / 100 * (1 << PLACES)).to_integral_value(ROUND_HALF_UP))
    found = 0
    for place in range(PLACES):
        coin = chance.getrandbits(draws)
        found = found | coin if scaled >> place & 1 else found & coin
    return found


def _added(costs: list[tuple[int, int]], draws: int) -> list[int]:
    """The sum of each draw over all lines: schoolbook addition, every draw in one go."""
    digits: list[int] = []
    for value, happens in costs:
        carry, place = 0, 0
        while value >> place or carry:
            if place == len(digits):
                digits.append(0)
            adds = happens if value >> place & 1 else 0
            digit = digits[place]
            digits[place] = digit ^ adds ^ carry
            carry = (digit & adds) | (carry & (digit ^ adds))
            place += 1
    sums = [0] * draws
    for place, digit in enumerate(digits):
        written = format(digit, f"0{draws}b")[::-1]
        weight = 1 << place
        sums = [
            sum_ + weight if bit == "1" else sum_ for sum_, bit in zip(sums, written, strict=True)
        ]
    return sums
