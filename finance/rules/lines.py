"""Lines that are carried on by others, within a year or into the next (domain section 6): no budget comes or goes.

Pounds, exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from finance.rules.positions import NOUGHT, sum_if_known
from finance.rules.summary import UNSPLIT, divides


@dataclass(frozen=True)
class Division:
    """How the annual budget of an unsplit line divides; None where its partner does not say."""

    pooled: Decimal | None = None
    aligned: Decimal | None = None


UNKNOWN = Division()


@dataclass(frozen=True)
class OldLine:
    """A line of the year that ends, with what its annual budget is at the end of it."""

    key: int
    organisation: int
    fund: str
    workstream: int | None
    name: str
    label: str
    closing: Decimal
    is_income: bool = False
    division: Division = UNKNOWN


@dataclass(frozen=True)
class NewLine:
    """A line of the year that begins. ``continues`` are the keys of what it carries on; none where it is new."""

    organisation: int
    fund: str
    workstream: int | None
    name: str
    opening: Decimal
    is_income: bool = False
    continues: tuple[int, ...] = ()
    division: Division = UNKNOWN

    @property
    def identity(self) -> tuple[object, ...]:
        """What no two lines of a year share."""
        called = self.workstream or self.name.casefold()
        return self.organisation, self.fund, bool(self.workstream), called


@dataclass(frozen=True)
class Wanted:
    """What becomes of one old line: it goes on, perhaps under another name, fund or workstream, and with an opening
    budget; or it joins another line, by key; or, where ``goes_on`` is false, it ends.
    """

    goes_on: bool
    fund: str
    workstream: int | None
    name: str
    opening: Decimal
    joins: int | None = None


@dataclass(frozen=True)
class YearPlan:
    """The lines of the new year, and what is wrong with what was asked, by key of the old line (0: a new one)."""

    lines: list[NewLine]
    wrong: dict[int, str] = field(default_factory=dict)


def proposed(old: Sequence[OldLine]) -> dict[int, Wanted]:
    """Every line goes on as it is, and opens with the budget it closed with."""
    return {one.key: Wanted(True, one.fund, one.workstream, one.name, one.closing) for one in old}


def plan_year(
    old: Sequence[OldLine], wanted: Mapping[int, Wanted], new: Sequence[NewLine]
) -> YearPlan:
    """The lines of the new year. A line that joins another adds its opening budget to it."""
    by_key = {one.key: one for one in old}
    joining = {k: said for k, said in wanted.items() if said.goes_on and said.joins is not None}
    refused = {key: _cannot_join(key, said, by_key, wanted) for key, said in joining.items()}
    wrong = {key: why for key, why in refused.items() if why}
    into: dict[int, list[int]] = {}
    for key, said in joining.items():
        if key not in wrong:
            into.setdefault(said.joins or 0, []).append(key)
    made = [
        _gone_on([one, *(by_key[key] for key in into.get(one.key, []))], wanted)
        for one in old
        if one.key in wanted and wanted[one.key].goes_on and one.key not in joining
    ]
    made += new
    return YearPlan(made, wrong | _twice(made))


def _gone_on(parts: Sequence[OldLine], wanted: Mapping[int, Wanted]) -> NewLine:
    """The first of ``parts`` as it goes on, with those that join it."""
    first, said = parts[0], wanted[parts[0].key]
    opening = sum((wanted[one.key].opening for one in parts), NOUGHT)
    return NewLine(
        organisation=first.organisation,
        fund=said.fund,
        workstream=said.workstream,
        name="" if said.workstream else said.name,
        opening=opening,
        is_income=first.is_income,
        continues=tuple(one.key for one in parts),
        division=_divided(parts, fund=said.fund, opening=opening),
    )


def _divided(parts: Sequence[OldLine], *, fund: str, opening: Decimal) -> Division:
    """What March's report says of the division April's says as well; of another budget, or fund, nobody has said it.

    So it is with a division that a virement has overtaken: it is of the budget before it.
    """
    pooled = sum_if_known([one.division.pooled for one in parts])
    aligned = sum_if_known([one.division.aligned for one in parts])
    if fund != UNSPLIT or opening != sum((one.closing for one in parts), NOUGHT):
        return UNKNOWN
    return Division(pooled, aligned) if divides(opening, pooled, aligned) else UNKNOWN


def _cannot_join(
    key: int, one: Wanted, by_key: Mapping[int, OldLine], wanted: Mapping[int, Wanted]
) -> str:
    other = by_key.get(one.joins or 0)
    if other is None or one.joins == key:
        return "There is no such line to join."
    if other.organisation != by_key[key].organisation:
        return "A line joins one of its own partner."
    said = wanted.get(other.key)
    if said is None or not said.goes_on or said.joins is not None:
        return f"{other.label} does not go on itself: join one that does."
    return ""


def _twice(made: Sequence[NewLine]) -> dict[int, str]:
    seen: set[tuple[object, ...]] = set()
    wrong = {}
    for one in made:
        if not one.workstream and not one.name:
            wrong[one.continues[0] if one.continues else 0] = "Choose a workstream, or give a name."
        elif one.identity in seen:
            words = "Another line of this partner has the same fund and name: let them join."
            wrong[one.continues[0] if one.continues else 0] = words
        seen.add(one.identity)
    return wrong


def carried(budgets: Sequence[Decimal], *, already_moved: Decimal = NOUGHT) -> Decimal:
    """The opening budget of a line that carries others on within a year: theirs, less what approved virements of its
    own go on to give it.
    """
    return sum(budgets, NOUGHT) - already_moved
