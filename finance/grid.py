"""The lines of the month-end page: what is stored, what was typed, and what follows from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from finance.forms import FIGURE_LABELS, UNITS, LineForm
from finance.models import FIGURES, BudgetLine, Fund, Position
from finance.rules.checks import Ask, Question
from finance.rules.positions import NOUGHT, Amounts
from icp.common.money import THOUSAND, in_pounds, in_thousands, write_money

COMPUTED = {
    "ytd_variance": "Variance to date",
    "forecast_variance": "Forecast variance",
    "movement": "Moved since last month",
}


@dataclass(frozen=True)
class Cell:
    """One box of the grid."""

    name: str
    field: str
    label: str
    value: str
    errors: list[str]
    theirs: str = ""
    printed: str = ""


@dataclass
class GridLine:
    """One line. ``form`` is bound where something was typed; ``theirs`` is what another person saved meanwhile."""

    line: BudgetLine
    position: Position | None
    form: LineForm
    unit: str
    budget: Decimal
    prior: Decimal | None
    phased: Decimal | None = None
    questions: list[Question] = field(default_factory=list)
    theirs: Position | None = None
    is_undecided: bool = False

    @property
    def key(self) -> int:
        return self.line.pk

    @property
    def version(self) -> int:
        """Of what the next save replaces: once both were shown, of theirs."""
        shown = self.theirs or self.position
        return shown.version if shown else 0

    def cells(self) -> Iterator[Cell]:
        for name, label in FIGURE_LABELS.items():
            yield self._cell(name, label)

    def _cell(self, name: str, label: str) -> Cell:
        bound = self.form[name]
        theirs = getattr(self.theirs, name, None)
        shown = getattr(self.position, name) if self.position else self.form.initial.get(name)
        return Cell(
            name=bound.html_name,
            field=name,
            label=label,
            value=str(bound.value() or ""),
            errors=[str(one) for one in bound.errors],
            theirs=write_money(theirs, unit=UNITS[self.unit]) if self.theirs else "",
            printed=printed(shown, self.unit),
        )

    @property
    def amounts(self) -> Amounts | None:
        """What is stored, if all of it is entered."""
        if self.position is None or not self.position.is_complete:
            return None
        figures = {name: getattr(self.position, name) for name in FIGURES}
        return Amounts(**figures, prior_forecast_variance=self.prior)

    def computed(self) -> Iterator[tuple[str, str, str]]:
        """(field, label, printed) of each variance."""
        for name, label in COMPUTED.items():
            value = getattr(self.amounts, name) if self.amounts else None
            yield name, label, printed(value, self.unit)

    @property
    def prior_printed(self) -> str:
        return printed(self.prior, self.unit)

    @property
    def prior_pence(self) -> str:
        """For the page's script, which shows the movement as one types."""
        return "" if self.prior is None else f"{self.prior * 100:.0f}"

    @property
    def open_questions(self) -> list[Question]:
        return [one for one in self.questions if one.stops]

    @property
    def asked(self) -> list[str]:
        """What the line still has to answer. An empty box speaks for itself."""
        return [one.beside for one in self.open_questions if one.ask != Ask.MISSING]


def printed(amount: Decimal | None, unit: str) -> str:
    """In the page's unit, unfavourable in brackets."""
    return in_thousands(amount) if UNITS[unit] == THOUSAND else in_pounds(amount)


@dataclass(frozen=True)
class Group:
    """Lines of one fund."""

    label: str
    lines: list[GridLine]


def groups(lines: Sequence[GridLine]) -> list[Group]:
    """The lines by fund, in the order of funds."""
    return [
        Group(fund.label, mine)
        for fund in Fund
        if (mine := [one for one in lines if one.line.fund == fund])
    ]


def sums(lines: Sequence[GridLine]) -> dict[str, Decimal | None]:
    """What is entered so far, by figure and by variance, of exact figures; what is not entered adds nothing. None
    where nothing is entered, which is not nought.
    """
    found = {name: _sum(getattr(one.position, name, None) for one in lines) for name in FIGURES}
    for name in ("ytd_variance", "forecast_variance"):
        found[name] = _sum(getattr(one.amounts, name, None) for one in lines)
    found["prior"] = _sum(one.prior for one in lines)
    return found


def _sum(parts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in parts if one is not None]
    return sum(known, NOUGHT) if known else None


def initial_of(
    position: Position | None, budget: Decimal, phased: Decimal | None
) -> dict[str, Any]:
    """What the boxes of a line begin with: what is stored, or what its budget says."""
    if position is None:
        return {"version": 0, "annual_budget": budget, "ytd_budget": phased}
    stored = {name: getattr(position, name) for name in (*FIGURES, "comment", "correction")}
    return {**stored, "version": position.version, "corrects": position.corrects_id}


def values_of(form: LineForm, closed: Mapping[int, Any]) -> dict[str, Any]:
    """What a valid form says of its line, for the service."""
    cleaned = form.cleaned_data
    return {
        **{name: cleaned[name] for name in (*FIGURES, "comment", "correction")},
        "corrects": closed.get(cleaned["corrects"]),
    }
