"""What a register's file would change, and what others changed since it was written. Nothing is written here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from icp.audit.as_at import copies_at, row_of
from icp.common.tabular import CellError
from icp.common.words import short_date
from programmes.history.words import label_of
from programmes.models import Organisation, Place, Post, Programme
from risks.errors import CannotKeepRisk
from risks.importers.register import REFERENCE, Brought, BroughtRow
from risks.models import FormerReference, Risk, RiskCategory, RiskRules
from risks.rules.agreed import SCORES, STEPS, Contradiction, agreed
from risks.rules.meanwhile import meanwhile
from risks.selectors import rules_of
from risks.services.registers import WHOLE
from risks.services.risks import WHO, check_values


@dataclass(frozen=True)
class Difference:
    """One field that the file says otherwise: in words."""

    name: str
    stored: str
    brought: str

    @property
    def label(self) -> str:
        """The field in plain words."""
        return label_of("risks.risk", self.name)


@dataclass(frozen=True)
class Conflict:
    """One field that the file and somebody here changed, each to something else; ``was`` when the file was written.

    ``key`` is what it is chosen by: it names the version that was shown, so that a choice never covers a later save.
    """

    key: str
    name: str
    was: str
    stored: str
    brought: str
    takes_file: bool = False

    @property
    def label(self) -> str:
        """The field in plain words."""
        return label_of("risks.risk", self.name)


@dataclass(frozen=True)
class Change:
    """What a row would do: to which risk (None: a new one), how its fields differ, and which are in conflict.

    ``values`` are what is written: of a row whose risk was saved since the file was written, what the file changed,
    and the conflicts in which it was chosen.
    """

    row: BroughtRow
    risk: Risk | None
    values: Mapping[str, Any]
    differences: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether the row says anything else than is stored."""
        return self.risk is None or bool(self.differences or self.conflicts)


@dataclass(frozen=True)
class Preview:
    """``later`` are choices about a risk that somebody saved since it was shown."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    unchanged: int = 0
    errors: list[CellError] = field(default_factory=list)
    later: frozenset[str] = frozenset()


def preview_of(place: Place, brought: Brought, *, take: Collection[str] = ()) -> Preview:
    """``take`` are the keys of the conflicts in which the file is to win."""
    found = Preview(errors=list(brought.errors))
    beside = ("register", *WHO)
    stored = list(Risk.objects.filter(place=place).select_related(*beside))
    by_key = {one.pk: one for one in stored}
    by_ref = {one.ref: one for one in stored}
    programmes = {one.code for one in Programme.objects.filter(place=place)}
    former = dict(FormerReference.objects.filter(place=place).values_list("ref", "risk__ref"))
    rules = rules_of(place)
    rows = [(row, by_key.get(row.key) if row.key else by_ref.get(row.ref)) for row in brought.rows]
    then = _as_they_were(place, rows)
    unchanged = 0
    for brought_row, risk in rows:
        was = then.get(risk.pk) if risk else None
        row = _without_derived(brought_row, was or risk)
        if risk is None:
            problem = _refused_as_new(row, programmes, former)
        else:
            problem = _refused_of(row, risk, former)
        try:
            row = _with_scores_agreed(row, was or risk)
        except Contradiction as found_one:
            problem = problem or _contradiction(row, found_one)
        change = _change_of(row, risk, was, take)
        if problem is None and change.is_any:
            problem = _closed(row, risk) or _not_kept(row, risk, change.values, place, rules)
        if problem is not None:
            found.errors.append(problem)
        elif risk is None:
            found.new.append(change)
        elif change.conflicts:
            found.conflicts.append(change)
        elif change.differences:
            found.changed.append(change)
        else:
            unchanged += 1
    shown = {one.key for change in found.conflicts for one in change.conflicts}
    return replace(found, unchanged=unchanged, later=frozenset(take) - shown)


def _as_they_were(place: Place, rows: list[tuple[BroughtRow, Risk | None]]) -> dict[int, Risk]:
    """The risks that were saved since their file was written, as they stood in it: from their history."""
    stale = [
        (risk.pk, row.version or 0)
        for row, risk in rows
        if risk is not None and _is_stale(row, risk)
    ]
    if not stale:
        return {}
    named: dict[str, dict[int, Any]] = {
        "owner": {one.pk: one for one in Post.objects.filter(place=place)},
        "organisation": {one.pk: one for one in Organisation.objects.filter(place=place)},
        "category": {one.pk: one for one in RiskCategory.objects.filter(place=place)},
    }
    named["delegate"] = named["owner"]
    found: dict[int, Risk] = {}
    for key, copy in copies_at(Risk, stale).items():
        was = row_of(copy)
        for name, known in named.items():
            setattr(was, name, known.get(getattr(was, f"{name}_id")))
        found[key] = was
    return found


def _is_stale(row: BroughtRow, risk: Risk) -> bool:
    return row.version is not None and row.version != risk.version


def _change_of(
    row: BroughtRow, risk: Risk | None, was: Risk | None, take: Collection[str]
) -> Change:
    if risk is None:
        return Change(row, None, row.values)
    if not _is_stale(row, risk):
        different = [name for name, value in row.values.items() if getattr(risk, name) != value]
        return Change(row, risk, row.values, tuple(_difference(risk, row, n) for n in different))
    said = {name: getattr(risk, name) for name in row.values}
    then = {name: getattr(was, name) for name in row.values} if was else None
    found = meanwhile(was=then, now=said, brought=row.values)
    conflicts = tuple(
        _conflict(risk, row, name, then, take) for name in row.values if name in found.conflicts
    )
    taken = {one.name for one in conflicts if one.takes_file}
    written = {n: v for n, v in row.values.items() if n in found.changed or n in taken}
    differences = tuple(_difference(risk, row, name) for name in written if name not in taken)
    return Change(row, risk, written, differences, conflicts)


def _difference(risk: Risk, row: BroughtRow, name: str) -> Difference:
    return Difference(name, _said(getattr(risk, name)), _said(row.values[name]))


def _conflict(
    risk: Risk,
    row: BroughtRow,
    name: str,
    then: Mapping[str, Any] | None,
    take: Collection[str],
) -> Conflict:
    key = f"{row.number}-{risk.version}-{name}"
    was = _said(then[name]) if then else "not known"
    stored, brought = _said(getattr(risk, name)), _said(row.values[name])
    return Conflict(key, name, was, stored, brought, key in take)


def _said(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    return short_date(value) if isinstance(value, date) else str(value)


def _without_derived(row: BroughtRow, risk: Risk | None) -> BroughtRow:
    """The portal's own file prints likelihood times impact as it was; likelihood changed beside it is no contradiction."""
    if risk is None or row.version is None or risk.printed_current:
        return row
    if row.values.get("printed_current") != str(risk.current):
        return row
    return replace(row, values={**row.values, "printed_current": ""})


def _with_scores_agreed(row: BroughtRow, risk: Risk | None) -> BroughtRow:
    was = {name: getattr(risk, name) for name in (*SCORES, *STEPS)} if risk else None
    return replace(row, values=agreed(row.values, was=was))


def _contradiction(row: BroughtRow, found: Contradiction) -> CellError:
    problem = f"its likelihood times impact is {found.product}"
    remedy = "Leave out the score, or the two of them."
    return _cell(row, found.name, str(row.values[found.name]), problem, remedy)


def _not_kept(
    row: BroughtRow,
    risk: Risk | None,
    values: Mapping[str, Any],
    place: Place,
    rules: RiskRules,
) -> CellError | None:
    """What the register itself would refuse: half a score, a step that the place's scale does not have."""
    try:
        check_values(risk=risk or Risk(place=place), values=values, rules=rules)
    except CannotKeepRisk as refused:
        name = refused.field or "title"
        said = row.values.get(name)
        shown = "" if said is None else str(said)
        return CellError(row.number, name, shown, str(refused), "Put it right in this row.")
    return None


def _refused_as_new(
    row: BroughtRow, programmes: set[str], former: Mapping[str, str]
) -> CellError | None:
    """What is wrong with a row that no risk is known by."""
    code = register_code(row)
    if row.ref in former:
        problem = f"this risk is {former[row.ref]} now"
        return _cell(row, "ref", row.ref, problem, "Write the reference that it has now.")
    if row.key:
        problem = "no risk of this place has this id"
        return _cell(row, "id", str(row.key), problem, "Leave it empty for a new risk.")
    if code not in {*programmes, WHOLE}:
        remedy = f"Write a programme's code, or {WHOLE} for the whole."
        return _cell(row, "register", code, "there is no such register", remedy)
    if row.ref and number_of(row) is None:
        # Given another number instead, it would be a new risk at each import.
        problem = f"it is no reference of the register {code}"
        return _cell(row, "ref", row.ref, problem, "Put right one of the two, or empty this one.")
    return None


def _refused_of(row: BroughtRow, risk: Risk, former: Mapping[str, str]) -> CellError | None:
    """What is wrong with a row of a risk. One transferred since may have the reference that it had."""
    if row.ref and row.ref != risk.ref and former.get(row.ref) != risk.ref:
        problem = f"the risk of this id is {risk.ref}"
        remedy = "A reference never changes: transfer the risk instead."
        return _cell(row, "ref", row.ref, problem, remedy)
    return None


def _closed(row: BroughtRow, risk: Risk | None) -> CellError | None:
    if risk is None or risk.is_open:
        return None
    return _cell(row, "ref", risk.ref, "it is closed", "Reopen it first, or leave the row out.")


def _cell(row: BroughtRow, column: str, said: str, problem: str, remedy: str) -> CellError:
    return CellError(row.number, column, said, problem, remedy)


def register_code(row: BroughtRow) -> str:
    """The register of a new risk: the column's, else what its reference begins with, else the whole's."""
    found = REFERENCE.match(row.ref)
    return row.register or (found[1] if found else WHOLE)


def number_of(row: BroughtRow) -> int | None:
    """The number that its reference gives to a new risk in its register; None without one of that register."""
    code = register_code(row)
    number = row.ref.removeprefix(code)
    return int(number) if number != row.ref and number.isdecimal() else None
