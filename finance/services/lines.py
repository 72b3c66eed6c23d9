"""Lines added, renamed, moved and merged, so that no month that is closed says anything else than it said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, Sum

from finance.errors import CannotChangeLines, StaleMoney
from finance.models import (
    BudgetLine,
    FinanceMonth,
    Fund,
    Position,
    Submission,
    VirementLine,
    VirementState,
)
from finance.rules.lines import UNKNOWN, Division, carried
from finance.rules.positions import NOUGHT
from finance.rules.summary import divides
from finance.rules.years import MONTHS, year_name
from finance.selectors.budgets import budgets_of
from finance.services.carrying import carry_figures, carry_phases, phases_together
from finance.services.locking import lock_months_from
from icp.accounts.models import User
from icp.common.money import in_pounds
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
    *,
    line: BudgetLine,
    called: Called,
    by: User,
    at: datetime,
    expected_version: int,
    division: Division | None = None,
) -> BudgetLine:
    """Rename a line, or move it to another fund or workstream. Once a month that it stands in is closed, another
    line carries it on from the month that is open: closed months keep the name of their time.

    With ``division`` an unsplit line's annual budget divides so; without, as it did.

    Returns the line that is entered from now on. Changing it to what it is changes nothing.

    Raises:
        CannotChangeLines: as :func:`merge_lines`; or the division does not make the annual budget.
        StaleMoney: somebody changed it since it was looked at.
    """
    _take_turns(line.organisation.place)
    [found] = _for_update([line.pk])
    is_called_so = all(getattr(found, name) == value for name, value in called.values.items())
    if is_called_so and (division is None or division == _division_of(found)):
        return found
    if found.version != expected_version:
        raise StaleMoney(f"Somebody changed this line: it is {found} now{_parts(found)}.", found)
    made = found if is_called_so else _carry_on([found], called, by=by, at=at)
    return made if division is None else _divide_as(made, division)


def _parts(line: BudgetLine) -> str:
    if line.pooled_budget is None or line.aligned_budget is None:
        return ""
    pooled, aligned = in_pounds(line.pooled_budget), in_pounds(line.aligned_budget)
    return f", of which £{pooled} is pooled and £{aligned} aligned"


def _division_of(line: BudgetLine) -> Division:
    return Division(line.pooled_budget, line.aligned_budget)


def _divide_as(line: BudgetLine, division: Division) -> BudgetLine:
    """Raises:
    CannotChangeLines: its fund is no unsplit one, the parts are not its annual budget, or it cannot change now.
    """
    if division == _division_of(line):
        return line
    _check_movable([line], _open_month(line.organisation.place, line.year))
    if division != UNKNOWN:
        annual = budgets_of(lines=[line], number=MONTHS)[line.pk]
        if line.fund != Fund.UNSPLIT:
            raise CannotChangeLines("Only an unsplit budget has a pooled and an aligned part.")
        if not divides(annual, division.pooled, division.aligned):
            raise CannotChangeLines(
                f"The pooled and the aligned part add up to the annual budget, £{in_pounds(annual)}: "
                "change one of them, or empty both where the division is not known."
            )
    line.pooled_budget, line.aligned_budget = division.pooled, division.aligned
    line.version += 1
    line.save()
    return line


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
    """The first month of the year that is open: it is closed before, or waits until this transaction ends."""
    months = lock_months_from(place=place, year=year, number=1)
    found = next((one for one in months if not one.is_closed), None)
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
    phases = phases_together(lines)
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
    carry_figures(entered, target, by=by, at=at)
    carry_phases(phases, target)
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
