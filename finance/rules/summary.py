"""The consolidated summary and the views of it: each a way of adding up the same exact lines (domain section 6)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.rules.positions import Amounts, sum_if_known, total

POOLED, ALIGNED, UNSPLIT, COLLABORATION = "pooled", "aligned", "unsplit", "in collaboration"
SPLIT_FUNDS = (POOLED, ALIGNED)
# Why a line has no figures: nothing is, or they are its partner's own until it hands them in.
NOT_ENTERED, NOT_HANDED_IN = "not entered", "not handed in"


def divides(annual: Decimal, pooled: Decimal | None, aligned: Decimal | None) -> bool:
    """Whether both parts of an unsplit line's budget are known, and make it."""
    return pooled is not None and aligned is not None and pooled + aligned == annual


@dataclass(frozen=True)
class Line:
    """One line's position. ``workstream`` is empty where it is attributed to none.

    ``amounts`` is None where there is none to add up; ``absent`` says why in print.
    ``pooled_budget`` and ``aligned_budget`` are how an unsplit line's annual budget divides, where its partner
    says so.
    """

    organisation: str
    fund: str
    name: str
    amounts: Amounts | None
    workstream: str = ""
    pooled_budget: Decimal | None = None
    aligned_budget: Decimal | None = None
    absent: str = ""

    @property
    def is_in_fund(self) -> bool:
        """Of the Integrated Commissioning Fund: what is in collaboration is reported beside it."""
        return self.fund != COLLABORATION

    @property
    def divides(self) -> bool:
        """Whether what is said of its division makes its annual budget; nothing contradicts it where that is not
        entered.
        """
        if self.amounts is None:
            return self.pooled_budget is not None and self.aligned_budget is not None
        return divides(self.amounts.annual_budget, self.pooled_budget, self.aligned_budget)


def all_entered(lines: Sequence[Line]) -> list[str]:
    """The partners all of whose lines have figures, in the order in which they come."""
    lacking = {one.organisation for one in lines if one.amounts is None}
    names = dict.fromkeys(one.organisation for one in lines)
    return [name for name in names if name not in lacking]


@dataclass(frozen=True)
class Row:
    """One printed row. ``amounts`` is None where the partner has no split, ``annual_budget`` may be known even so;
    and where none of its lines is entered: ``absent`` then says which. ``lacking`` counts the lines that are in no
    figure of it.

    ``kind`` is line, subtotal or total.
    """

    section: str
    label: str
    kind: str
    amounts: Amounts | None
    organisation: str = ""
    annual_budget: Decimal | None = None
    lacking: int = 0
    absent: str = ""


def consolidated(lines: Sequence[Line], *, order: Sequence[str]) -> list[Row]:
    """Pooled, aligned, the Integrated Commissioning Fund, in collaboration, and all. ``order`` is that of partners.

    A fund has no total while a partner has no split; then there is a subtotal of those that have one, named so.
    """
    rows: list[Row] = []
    for fund in SPLIT_FUNDS:
        rows += _fund(fund, lines, order)
    inside = [one for one in lines if one.is_in_fund]
    rows += _by_partner("fund", inside, order)
    rows.append(_total("fund", "Integrated Commissioning Fund", inside))
    beside = [one for one in lines if not one.is_in_fund]
    if beside:
        rows += _by_partner(COLLABORATION, beside, order)
        rows.append(_total(COLLABORATION, "In collaboration", beside))
        rows.append(_total("all", "Integrated Commissioning Fund and in collaboration", lines))
    return rows


def _fund(fund: str, lines: Sequence[Line], order: Sequence[str]) -> list[Row]:
    mine = [one for one in lines if one.fund == fund]
    split = [name for name in order if any(one.organisation == name for one in mine)]
    unsplit = [
        name
        for name in order
        if any(one.organisation == name for one in lines if one.fund == UNSPLIT)
    ]
    rows = []
    for name in order:
        if name in split:
            rows += _by_partner(fund, [one for one in mine if one.organisation == name], [name])
        if name in unsplit:
            rows.append(_without_split(fund, name, lines))
    if not mine and not unsplit:
        return []
    label = f"{fund.capitalize()}: {_named(split)}" if unsplit else f"{fund.capitalize()} total"
    if split:
        rows.append(_row(fund, label, mine, kind="subtotal" if unsplit else "total"))
    return rows


def _without_split(fund: str, name: str, lines: Sequence[Line]) -> Row:
    """What a partner without a split says of one fund: its annual budget at most, while what it said of the division
    is of the budget that it reports.
    """
    theirs = [one for one in lines if one.organisation == name and one.fund == UNSPLIT]
    parts = [
        (one.pooled_budget if fund == POOLED else one.aligned_budget) if one.divides else None
        for one in theirs
    ]
    budget = sum_if_known(parts)
    return Row(fund, f"{name}: split not available", "line", None, name, annual_budget=budget)


def workstreams(lines: Sequence[Line], *, order: Sequence[str]) -> list[Row]:
    """Performance by workstream: each, all of them, what is attributed to none, and the grand total.

    It is of the Integrated Commissioning Fund, whose total it equals to the penny.
    """
    inside = [one for one in lines if one.is_in_fund]
    named = [one for one in inside if one.workstream]
    rows = [
        _row("workstream", name, mine)
        for name in order
        if (mine := [one for one in named if one.workstream == name])
    ]
    rows.append(_row("workstream", "All workstreams", named, kind="subtotal"))
    others = [one for one in inside if not one.workstream]
    for name in dict.fromkeys(one.name for one in others):
        found = [one for one in others if one.name == name]
        rows.append(_row("not attributed", name, found))
    rows.append(_row("not attributed", "Not attributed to a workstream", others, kind="subtotal"))
    rows.append(_total("all", "Grand total", inside))
    return rows


def organisations(lines: Sequence[Line], *, order: Sequence[str]) -> list[Row]:
    """The position of each partner in the fund, and of all."""
    inside = [one for one in lines if one.is_in_fund]
    return [
        *_by_partner("organisation", inside, order),
        _total("organisation", "Integrated Commissioning Fund", inside),
    ]


def _by_partner(section: str, lines: Sequence[Line], order: Sequence[str]) -> list[Row]:
    return [
        _row(section, name, mine, organisation=name)
        for name in order
        if (mine := [one for one in lines if one.organisation == name])
    ]


def _total(section: str, label: str, lines: Sequence[Line]) -> Row:
    return _row(section, label, lines, kind="total")


def _row(
    section: str, label: str, lines: Sequence[Line], *, kind: str = "line", organisation: str = ""
) -> Row:
    """The sum of what is entered. Of lines none of which is entered there is no sum, and it is not nought."""
    known = amounts_of(lines)
    words = [one.absent for one in lines if one.amounts is None]
    return Row(
        section,
        label,
        kind,
        total(known) if known or not lines else None,
        organisation,
        lacking=len(words),
        absent=words[0] if len(set(words)) == 1 else NOT_ENTERED if words else "",
    )


def fund_variance(lines: Iterable[Line]) -> Decimal | None:
    """The forecast variance of the fund, with which a bridge begins; None where nothing is entered."""
    inside = amounts_of(one for one in lines if one.is_in_fund)
    return total(inside).forecast_variance if inside else None


def amounts_of(lines: Iterable[Line]) -> list[Amounts]:
    """The figures of those lines that have them."""
    return [one.amounts for one in lines if one.amounts is not None]


def _named(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


SECTIONS: dict[str, Callable[..., list[Row]]] = {
    "consolidated": consolidated,
    "workstreams": workstreams,
    "organisations": organisations,
}
