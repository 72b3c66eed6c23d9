"""Bringing a register in: what a file would change, what others changed meanwhile, and writing it once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from icp.common.tabular import CellError, Limits
from programmes.errors import CannotImport, Refused
from programmes.models import Organisation, Place, Post, Programme
from risks.errors import CannotKeepRisk
from risks.importers.register import REFERENCE, Brought, BroughtRow, Known, read_register
from risks.models import (
    FormerReference,
    Mitigation,
    Residual,
    Risk,
    RiskCategory,
    RiskRules,
    RiskUpload,
)
from risks.selectors import rules_of
from risks.services.registers import WHOLE
from risks.services.risks import change_risk, check_values, raise_risk


@dataclass(frozen=True)
class Difference:
    """One field that the file says otherwise: in words."""

    name: str
    stored: str
    brought: str


@dataclass(frozen=True)
class Change:
    """What a row would do: to which risk (None: a new one), and how its fields differ. ``conflict``: somebody saved
    the risk since the file was written.
    """

    row: BroughtRow
    risk: Risk | None
    differences: tuple[Difference, ...] = ()
    conflict: bool = False


@dataclass(frozen=True)
class Preview:
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    unchanged: int = 0
    errors: list[CellError] = field(default_factory=list)


@dataclass(frozen=True)
class Done:
    """How many risks were raised, changed and left as they are."""

    raised: int
    changed: int
    left: int


def preview(*, upload: RiskUpload, limits: Limits) -> Preview:
    """What the file would change. Nothing is written.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    return _preview(upload.place, _read(upload, limits))


def _read(upload: RiskUpload, limits: Limits) -> Brought:
    place = upload.place
    posts = Post.objects.filter(place=place)
    partners = Organisation.objects.filter(place=place)
    known = Known(
        posts={one.title.casefold(): one for one in posts},
        organisations={one.short_name.casefold(): one for one in partners}
        | {one.name.casefold(): one for one in partners},
        categories={one.name.casefold(): one for one in RiskCategory.objects.filter(place=place)},
    )
    return read_register(bytes(upload.data), upload.filename, known=known, limits=limits)


def _preview(place: Place, brought: Brought) -> Preview:
    found = Preview(errors=list(brought.errors))
    beside = ("register", "owner", "delegate", "category", "organisation")
    stored = list(Risk.objects.filter(place=place).select_related(*beside))
    by_key = {one.pk: one for one in stored}
    by_ref = {one.ref: one for one in stored}
    programmes = {one.code for one in Programme.objects.filter(place=place)}
    former = dict(FormerReference.objects.filter(place=place).values_list("ref", "risk__ref"))
    rules = rules_of(place)
    unchanged = 0
    for brought_row in brought.rows:
        risk = by_key.get(brought_row.key) if brought_row.key else by_ref.get(brought_row.ref)
        row = _without_derived(brought_row, risk)
        problem = _refused(row, risk, programmes, former) or _not_kept(row, risk, place, rules)
        if problem is not None:
            found.errors.append(problem)
        elif risk is None:
            found.new.append(Change(row, None))
        elif not (different := _differences(risk, row)):
            unchanged += 1
        elif row.version is not None and row.version != risk.version:
            found.conflicts.append(Change(row, risk, different, conflict=True))
        else:
            found.changed.append(Change(row, risk, different))
    return Preview(found.new, found.changed, found.conflicts, unchanged, found.errors)


def _without_derived(row: BroughtRow, risk: Risk | None) -> BroughtRow:
    """The portal's own file prints likelihood times impact as it was; likelihood changed beside it is no contradiction."""
    if risk is None or row.version is None or risk.printed_current:
        return row
    if row.values.get("printed_current") != str(risk.current):
        return row
    return replace(row, values={**row.values, "printed_current": ""})


def _not_kept(
    row: BroughtRow, risk: Risk | None, place: Place, rules: RiskRules
) -> CellError | None:
    """What the register itself would refuse: half a score, a step that the place's scale does not have."""
    try:
        check_values(risk=risk or Risk(place=place), values=row.values, rules=rules)
    except CannotKeepRisk as refused:
        name = refused.field or "title"
        said = row.values.get(name)
        shown = "" if said is None else str(said)
        return CellError(row.number, name, shown, str(refused), "Put it right in this row.")
    return None


def _refused(
    row: BroughtRow, risk: Risk | None, programmes: set[str], former: Mapping[str, str]
) -> CellError | None:
    if risk is None and row.ref in former:
        return CellError(
            row.number,
            "ref",
            row.ref,
            f"this risk is {former[row.ref]} now",
            "Write the reference that it has now.",
        )
    if row.key and risk is None:
        return CellError(
            row.number,
            "id",
            str(row.key),
            "no risk of this place has this id",
            "Leave it empty for a new risk.",
        )
    if risk is not None and row.ref and row.ref != risk.ref:
        return CellError(
            row.number,
            "ref",
            row.ref,
            f"the risk of this id is {risk.ref}",
            "A reference never changes: transfer the risk instead.",
        )
    if risk is not None and not risk.is_open:
        return CellError(
            row.number, "ref", risk.ref, "it is closed", "Reopen it first, or leave the row out."
        )
    if risk is None and (code := register_code(row)) not in {*programmes, WHOLE}:
        return CellError(
            row.number,
            "register",
            code,
            "there is no such register",
            f"Write a programme's code, or {WHOLE} for the whole.",
        )
    return None


def register_code(row: BroughtRow) -> str:
    """The register of a new risk: the column's, else what its reference begins with, else the whole's."""
    found = REFERENCE.match(row.ref)
    return row.register or (found[1] if found else WHOLE)


def _differences(risk: Risk, row: BroughtRow) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, _said(getattr(risk, name)), _said(value))
        for name, value in row.values.items()
        if getattr(risk, name) != value
    )


def _said(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value)


@transaction.atomic
def bring_in(
    *,
    upload: RiskUpload,
    take: Collection[int],
    by: User,
    at: datetime,
    today: date,
    limits: Limits,
) -> Done:
    """Write what the file says, once. ``take`` are the rows of conflicts in which the file is to win.

    Raises:
        CannotImport: a cell is wrong, or a risk cannot be kept as the file says; nothing is written.
        TableError: the file cannot be read at all.
    """
    held = RiskUpload.objects.select_for_update().select_related("place").get(pk=upload.pk)
    if held.applied_at is not None:
        raise CannotImport("This file was brought in already.")
    found = _preview(held.place, _read(held, limits))
    if found.errors:
        raise CannotImport(f"{len(found.errors)} cells need attention: nothing was written.")
    taken = [one for one in found.conflicts if one.row.number in take]
    because = f"Brought in with {held.filename}."
    try:
        with recorded(way=current_way(), by=by, reason=because):
            for change in [*found.changed, *taken]:
                _change(change, because=because, by=by, at=at, today=today)
            for change in found.new:
                _raise(held.place, change.row, because=because, by=by, at=at, today=today)
            held.applied_at = at
            held.save(update_fields=["applied_at"])
    except Refused as refused:
        raise CannotImport(f"{refused} Nothing was written.") from refused
    left = found.unchanged + len(found.conflicts) - len(taken)
    return Done(len(found.new), len(found.changed) + len(taken), left)


def _change(change: Change, *, because: str, by: User, at: datetime, today: date) -> None:
    assert change.risk is not None
    change_risk(
        risk=change.risk,
        values=change.row.values,
        seen=change.risk.version,
        by=by,
        at=at,
        today=today,
        because=because,
    )


def _raise(
    place: Place, row: BroughtRow, *, because: str, by: User, at: datetime, today: date
) -> None:
    code = register_code(row)
    found = REFERENCE.match(row.ref)
    values = dict(row.values)
    risk = raise_risk(
        place=place,
        programme=Programme.objects.filter(place=place, code=code).first(),
        number=int(found[2]) if found and found[1] == code else None,
        values=values,
        by=by,
        at=at,
        today=today,
        because=because,
        tell=False,
    )
    # A quarter that is in progress follows the current score.
    Residual.objects.bulk_create(
        Residual(risk=risk, year=quarter.year, quarter=quarter.number, score=score, recorded_at=at)
        for quarter, score in row.residuals.items()
        if quarter.ends_on < today
    )
    if row.action:
        Mitigation.objects.create(risk=risk, what=row.action, owner=risk.owner, order=1)
