"""Lines added, renamed, moved and merged, so that no month that is closed says anything else than it said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, Sum

from finance.errors import CannotChangeLines, StaleMoney
from finance.models import (
    FIGURES,
    BudgetLine,
    FinanceMonth,
    Fund,
    MonthState,
    Phase,
    Position,
    Submission,
    VirementLine,
    VirementState,
)
from finance.rules.lines import carried
from finance.rules.positions import NOUGHT
from finance.rules.years import MONTHS, year_name
from finance.selectors.budgets import budgets_of
from icp.accounts.models import User
from programmes.models import Organisation, Place, Programme


@dataclass(frozen=True)
class Called:
    """What a line is: its fund, and a workstream or a name."""

    fund: str
    workstream: Programme | None
    name: str = ""
    is_income: bool = False

    @property
    def values(self) -> dict[str, Any]:
        return {
            "fund": self.fund,
            "workstream": self.workstream,
            "name": "" if self.workstream else self.name,
            "is_income": self.is_income,
        }


@transaction.atomic
def add_line(
    *, organisation: Organisation, year: int, called: Called, opening_budget: Decimal
) -> BudgetLine:
    """A new line, entered from the first month of the year that is open. ``opening_budget`` in pounds.

    Raises:
        CannotChangeLines: no month of the year is open, it has neither workstream nor name, or there is such a line.
    """
    _take_turns(organisation.place)
    month = _open_month(organisation.place, year)
    _check_called(organisation, year, called, month.number)
    return _create(organisation, year, called, opening_budget, month.number)


@transaction.atomic
def change_line(
    *, line: BudgetLine, called: Called, by: User, at: datetime, expected_version: int
) -> BudgetLine:
    """Rename a line, or move it to another fund or workstream. Once a month that it stands in is closed, another
    line carries it on from the month that is open: closed months keep the name of their time.

    Returns the line that is entered from now on. Changing it to what it is changes nothing.

    Raises:
        CannotChangeLines: as :func:`merge_lines`.
        StaleMoney: somebody changed it since it was looked at.
    """
    _take_turns(line.organisation.place)
    [found] = _for_update([line.pk])
    if all(getattr(found, name) == value for name, value in called.values.items()):
        return found
    if found.version != expected_version:
        raise StaleMoney(f"Somebody changed this line: it is {found} now.", found)
    return _carry_on([found], called, by=by, at=at)


@transaction.atomic
def merge_lines(
    *, lines: Sequence[BudgetLine], called: Called, by: User, at: datetime
) -> BudgetLine:
    """Put several lines of one partner together, from the month that is open on: their budgets and what is entered
    in it add up.

    Raises:
        CannotChangeLines: they are fewer than two or of several partners or years, no month is open, the figures of
            it are handed in, a virement of theirs is undecided or counts from a later month, or there is another
            line of that name.
    """
    if len({one.pk for one in lines}) < 2:
        raise CannotChangeLines("Choose at least two lines to put together.")
    if len({(one.organisation_id, one.year) for one in lines}) > 1:
        raise CannotChangeLines("Lines of one partner and one year can be put together.")
    _take_turns(lines[0].organisation.place)
    return _carry_on(_for_update([one.pk for one in lines]), called, by=by, at=at)


def _take_turns(place: Place) -> None:
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)


def _for_update(keys: Sequence[int]) -> list[BudgetLine]:
    found = BudgetLine.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(found.select_related("organisation__place", "workstream").order_by("pk"))


def _open_month(place: Place, year: int) -> FinanceMonth:
    months = FinanceMonth.objects.filter(place=place, year=year)
    found = months.exclude(state=MonthState.CLOSED).order_by("number").first()
    if found is None:
        raise CannotChangeLines(
            f"No month of {year_name(year)} is open, and closed months keep their lines."
        )
    return found


def _carry_on(lines: Sequence[BudgetLine], called: Called, *, by: User, at: datetime) -> BudgetLine:
    """The line that is entered instead of ``lines`` from the month that is open."""
    first = lines[0]
    month = _open_month(first.organisation.place, first.year)
    _check_movable(lines, month)
    keys = [one.pk for one in lines]
    _check_called(first.organisation, first.year, called, month.number, but=keys)
    budgets = budgets_of(lines=lines, number=MONTHS)
    ended, begun = _by_standing(lines, month)
    said = Position.objects.filter(line__in=keys, month__number__gte=month.number)
    entered = list(said.select_related("corrects").order_by("line__order", "pk"))
    phases = _phases(lines)
    target = begun[0] if begun else None
    _give_up(begun[1:], entered, target)
    if target is None:
        target = _create(first.organisation, first.year, called, NOUGHT, month.number)
    for name, value in called.values.items():
        setattr(target, name, value)
    target.opening_budget = carried(list(budgets.values()), already_moved=_moved_to(target))
    _divide(target, lines)
    target.version += 1
    target.save()
    for one in ended:
        one.to_month = month.number - 1
        one.version += 1
        one.save()
    target.continues.add(*ended)
    _carry_figures(entered, target, by=by, at=at)
    _carry_phases(phases, target)
    return target


def _by_standing(
    lines: Sequence[BudgetLine], month: FinanceMonth
) -> tuple[list[BudgetLine], list[BudgetLine]]:
    """Those that stand in a closed month, and so end with it, and those that stand in none."""
    closed = FinanceMonth.objects.closed().filter(place=month.place_id, year=month.year)
    numbers = list(closed.values_list("number", flat=True))
    ended: list[BudgetLine] = []
    begun: list[BudgetLine] = []
    for one in lines:
        stands = any(one.from_month <= number <= one.to_month for number in numbers)
        (ended if stands else begun).append(one)
    return ended, begun


def _check_movable(lines: Sequence[BudgetLine], month: FinanceMonth) -> None:
    if gone := [one for one in lines if one.to_month < month.number]:
        raise CannotChangeLines(f"{gone[0]} is not entered any more in {month}.")
    submission = Submission.objects.filter(month=month, organisation=lines[0].organisation).first()
    if submission and not submission.is_editable:
        raise CannotChangeLines(
            f"{lines[0].organisation.short_name}'s {month} is {submission.get_state_display().lower()}: "
            "its lines can change once it is back in hand."
        )
    undecided = Q(virement__state=VirementState.PROPOSED)
    later = Q(virement__state=VirementState.APPROVED, virement__from_month__gt=month.number)
    standing = VirementLine.objects.filter(undecided | later, line__in=lines)
    found = standing.select_related("virement").order_by("pk").first()
    if found is not None:
        raise CannotChangeLines(
            f"{found.virement} moves budget of it from month {found.virement.from_month}"
            f"{' and is undecided' if found.virement.state == VirementState.PROPOSED else ''}: "
            "decide it, or change the line in that month."
        )


def _check_called(
    organisation: Organisation,
    year: int,
    called: Called,
    number: int,
    *,
    but: Sequence[int] = (),
) -> None:
    if called.fund not in Fund.values:
        raise CannotChangeLines("Choose a fund.")
    if called.workstream is None and not called.name.strip():
        raise CannotChangeLines("Choose a workstream, or give the line a name.")
    if called.workstream and called.workstream.place_id != organisation.place_id:
        raise CannotChangeLines("Choose a workstream of this place.")
    same = BudgetLine.objects.filter(
        organisation=organisation, year=year, fund=called.fund, to_month__gte=number
    ).exclude(pk__in=but)
    if called.workstream:
        same = same.filter(workstream=called.workstream)
    else:
        same = same.filter(workstream=None, name__iexact=called.name)
    if same.exists():
        raise CannotChangeLines(
            f"{organisation.short_name} has such a line already in {year_name(year)}: put the two together."
        )


def _create(
    organisation: Organisation, year: int, called: Called, opening: Decimal, from_month: int
) -> BudgetLine:
    last = BudgetLine.objects.filter(organisation=organisation, year=year)
    order = (last.aggregate(last=Max("order"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return BudgetLine.objects.create(
                organisation=organisation,
                year=year,
                opening_budget=opening,
                from_month=from_month,
                order=order,
                **called.values,
            )
    except IntegrityError:
        raise CannotChangeLines(
            f"{organisation.short_name} has such a line already in {year_name(year)}."
        ) from None


def _give_up(
    lines: Sequence[BudgetLine], entered: Sequence[Position], target: BudgetLine | None
) -> None:
    """Lines that stand in no closed month go into ``target``."""
    for one in lines:
        if VirementLine.objects.filter(line=one).exists():
            raise CannotChangeLines(
                f"A virement names {one}, which stands in no closed month yet: close a month first."
            )
        Position.objects.filter(line=one).delete()
        one.papers.update(line=target)  # type: ignore[attr-defined]
        if target:
            target.continues.add(*one.continues.all())
        one.continues.clear()
        one.delete()


def _moved_to(line: BudgetLine) -> Decimal:
    approved = VirementLine.objects.filter(line=line, virement__state=VirementState.APPROVED)
    return approved.aggregate(moved=Sum("amount"))["moved"] or NOUGHT


def _divide(target: BudgetLine, lines: Sequence[BudgetLine]) -> None:
    """How the budget of an unsplit line divides, where every part says so."""
    for name in ("pooled_budget", "aligned_budget"):
        parts = [getattr(one, name) for one in lines]
        is_known = target.fund == Fund.UNSPLIT and None not in parts
        setattr(target, name, sum(parts, NOUGHT) if is_known else None)


def _carry_figures(
    entered: Sequence[Position], target: BudgetLine, *, by: User, at: datetime
) -> None:
    """What is entered of the lines in months that are open, added up."""
    by_month: dict[int, list[Position]] = {}
    for one in entered:
        by_month.setdefault(one.month_id, []).append(one)
    for month_id, parts in by_month.items():
        Position.objects.filter(pk__in=[one.pk for one in parts]).exclude(line=target).delete()
        figures = {name: [getattr(one, name) for one in parts] for name in FIGURES}
        values: dict[str, Any] = {
            name: None if None in said else sum(said, NOUGHT) for name, said in figures.items()
        } | {"comment": "\n".join(one.comment for one in parts if one.comment)[:2000]}
        values |= _corrected(parts)
        Position.objects.update_or_create(
            line=target,
            month_id=month_id,
            defaults=dict(values)
            | {
                "entered_by": by,
                "entered_at": at,
                "version": max(one.version for one in parts) + 1,
            },
        )


def _corrected(parts: Sequence[Position]) -> dict[str, Any]:
    """Which closed month they put right, the earliest where they name several, and all that they say of it."""
    saying = [one for one in parts if one.corrects is not None]
    months = [one.corrects for one in saying if one.corrects is not None]
    return {
        "corrects": min(months, key=lambda month: month.month) if months else None,
        "correction": "\n".join(one.correction for one in saying),
    }


def _phases(lines: Sequence[BudgetLine]) -> dict[int, Decimal]:
    """The lines' twelve months added up; nothing unless every line is phased."""
    found: dict[int, dict[int, Decimal]] = {}
    for one in Phase.objects.filter(line__in=lines):
        found.setdefault(one.line_id, {})[one.number] = one.budget
    if len(found) < len(lines):
        return {}
    numbers = range(1, MONTHS + 1)
    return {n: sum((said.get(n, NOUGHT) for said in found.values()), NOUGHT) for n in numbers}


def _carry_phases(phases: Mapping[int, Decimal], target: BudgetLine) -> None:
    Phase.objects.filter(line=target).delete()
    Phase.objects.bulk_create(
        Phase(line=target, number=number, budget=budget) for number, budget in phases.items()
    )
