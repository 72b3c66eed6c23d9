"""Questions that a position has to answer before it is handed in (domain section 6).

A question is answered by the comment on its line, or by the answer beside the ledger's totals; it stops nobody,
unless the place has made a wall of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from finance.rules.positions import Amounts, percent_of, total


class Ask(StrEnum):
    """What may be asked; the values are kept in a place's settings."""

    MISSING = "missing"
    VARIANCE = "variance"
    MOVEMENT = "movement"
    BEYOND_ANNUAL = "beyond annual"
    BELOW_ACTUAL = "below actual"
    SIGN = "sign"
    BUDGET = "budget"
    PHASED = "phased"
    LEDGER = "ledger"


# What a place may make a wall of. A missing figure always is one; an answer is all that a variance, a movement
# and a phased budget ask for: months that a virement has put out of step are no mistake.
MAY_BE_WALLS = (Ask.BEYOND_ANNUAL, Ask.BELOW_ACTUAL, Ask.SIGN, Ask.BUDGET, Ask.LEDGER)


@dataclass(frozen=True)
class Thresholds:
    """``amount`` in pounds, ``percent`` of the annual budget: what reaches either needs a comment."""

    amount: Decimal
    percent: Decimal
    walls: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entered:
    """A line as entered. ``figures`` by field, None where nothing is entered; ``budget`` is what the annual budget
    should be: the opening budget and approved virements; ``phased`` what the budget to date should be, None where the
    line has no months.
    """

    line: int
    label: str
    figures: Mapping[str, Decimal | None]
    comment: str
    budget: Decimal
    is_income: bool = False
    prior: Decimal | None = None
    phased: Decimal | None = None

    @property
    def amounts(self) -> Amounts | None:
        """None until every figure is entered."""
        known: dict[str, Any] = {
            name: value for name, value in self.figures.items() if value is not None
        }
        if len(known) < len(self.figures):
            return None
        return Amounts(**known, prior_forecast_variance=self.prior)


@dataclass(frozen=True)
class Question:
    """``line`` is None where it is about the partner's totals; ``label`` names the line."""

    line: int | None
    field: str
    ask: Ask
    text: str
    is_answered: bool
    is_wall: bool
    label: str = ""

    @property
    def words(self) -> str:
        """The sentence by itself: which line, and what is asked of it."""
        return f"{self.label}: {self.text}" if self.label else self.text

    @property
    def beside(self) -> str:
        """The sentence where it stands beside its line."""
        return self.text[:1].upper() + self.text[1:]

    @property
    def stops(self) -> bool:
        return self.is_wall or not self.is_answered


NAMES = {
    "annual_budget": "annual budget",
    "ytd_budget": "budget to date",
    "ytd_actual": "actual to date",
    "forecast_outturn": "forecast outturn",
}


def questions_of(entered: Entered, limits: Thresholds, *, number: int) -> list[Question]:
    """What is asked of one line in month ``number`` of the year."""
    return [
        Question(
            entered.line,
            field,
            ask,
            words,
            is_answered=ask != Ask.MISSING and bool(entered.comment.strip()),
            is_wall=ask == Ask.MISSING or ask in limits.walls,
            label=entered.label,
        )
        for field, ask, words in _asked(entered, limits, number)
    ]


def _asked(entered: Entered, limits: Thresholds, number: int) -> Iterator[tuple[str, Ask, str]]:
    for field, value in entered.figures.items():
        if value is None:
            yield field, Ask.MISSING, f"the {NAMES[field]} is not entered."
        elif (value > 0) if entered.is_income else (value < 0):
            kind = (
                "an income line is positive"
                if entered.is_income
                else "a line of spending is negative"
            )
            yield field, Ask.SIGN, f"the {NAMES[field]} of {kind}. Is the sign right?"
    amounts = entered.amounts
    if amounts is None:
        return
    if amounts.annual_budget != entered.budget:
        yield (
            "annual_budget",
            Ask.BUDGET,
            "the annual budget is not the opening budget and the approved virements. Is a virement missing?",
        )
    if entered.phased is not None and amounts.ytd_budget != entered.phased:
        words = f"the budget to date is not the phased one, £{entered.phased:,.2f}. Why?"
        yield "ytd_budget", Ask.PHASED, words
    yield from _asked_of_the_year(entered, amounts)
    if _reaches(amounts.ytd_variance, amounts, limits):
        yield "ytd_actual", Ask.VARIANCE, "the variance to date needs a comment."
    if _reaches(amounts.forecast_variance, amounts, limits):
        yield "forecast_outturn", Ask.VARIANCE, "the forecast variance needs a comment."
    if amounts.movement is not None and _reaches(amounts.movement, amounts, limits):
        yield (
            "forecast_outturn",
            Ask.MOVEMENT,
            f"the forecast variance moved since month {number - 1}: that needs a comment.",
        )


def _asked_of_the_year(entered: Entered, amounts: Amounts) -> Iterator[tuple[str, Ask, str]]:
    # Income is negative: there, less than nought is more money.
    side = -1 if entered.is_income else 1
    if side * amounts.ytd_budget > side * amounts.annual_budget:
        yield (
            "ytd_budget",
            Ask.BEYOND_ANNUAL,
            "the budget to date is beyond the annual budget. Is that so?",
        )
    if side * amounts.ytd_actual > side * amounts.annual_budget:
        yield (
            "ytd_actual",
            Ask.BEYOND_ANNUAL,
            "the actual to date is beyond the annual budget. Is that so?",
        )
    if side * amounts.forecast_outturn < side * amounts.ytd_actual:
        yield (
            "forecast_outturn",
            Ask.BELOW_ACTUAL,
            "the forecast outturn is below the actual to date. Will money come back?",
        )


def _reaches(amount: Decimal, amounts: Amounts, limits: Thresholds) -> bool:
    if amount == 0:
        return False
    share = percent_of(abs(amount), amounts.annual_budget)
    return abs(amount) >= limits.amount or share is None or share >= limits.percent


def ledger_questions(
    lines: Sequence[Entered],
    ledger: Mapping[str, Decimal | None],
    *,
    answer: str,
    walls: Collection[str],
) -> list[Question]:
    """Where the sum of the lines is not the total that the partner's ledger gives. ``ledger`` by field, None where
    it is not given.
    """
    known = [one.amounts for one in lines]
    if not known or None in known:
        return []
    entered = total([one for one in known if one is not None])
    found = []
    for field, given in ledger.items():
        name = NAMES[field]
        if given is None:
            words = f"Type the ledger's total of the {name}."
            found.append(Question(None, field, Ask.LEDGER, words, False, True))
        elif (apart := getattr(entered, field) - given) != 0:
            more = "more" if apart > 0 else "less"
            words = f"The lines' {name} is £{abs(apart):,.2f} {more} than the ledger's total."
            answered, wall = bool(answer.strip()), Ask.LEDGER in walls
            found.append(Question(None, field, Ask.LEDGER, words, answered, wall))
    return found
