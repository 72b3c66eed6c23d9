"""Bringing a register in: what a file would change, what others changed meanwhile, and writing it once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from icp.common.checksums import checksum
from icp.common.tabular import Limits
from programmes.errors import CannotImport, Refused, StalePreview
from programmes.models import Organisation, Place, Post, Programme
from risks.importers.register import Brought, BroughtRow, Known, read_register
from risks.models import Mitigation, Residual, RiskCategory, RiskUpload
from risks.services.previewing import Change, Preview, number_of, preview_of, register_code
from risks.services.risks import change_risk, raise_risk


@dataclass(frozen=True)
class Done:
    """How many risks were raised, changed and left as they are."""

    raised: int
    changed: int
    left: int


def preview(*, upload: RiskUpload, limits: Limits, take: Collection[str] = ()) -> Preview:
    """What the file would change. Nothing is written. ``take`` are the keys of the conflicts in which it is to win.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    return preview_of(upload.place, _read(upload, limits), take=take)


def fingerprint(found: Preview) -> str:
    """The same for two previews that say the same, whatever is chosen of their conflicts."""
    said = {
        "new": [[one.row.number, register_code(one.row)] for one in found.new],
        "changed": [_said(one) for one in (*found.changed, *found.conflicts)],
        "errors": [[one.row, one.column, one.problem] for one in found.errors],
    }
    return checksum(said)


def _said(change: Change) -> list[Any]:
    return [
        change.row.number,
        change.risk.pk if change.risk else None,
        [[one.name, one.stored, one.brought] for one in change.differences],
        [[one.key, one.was, one.stored, one.brought] for one in change.conflicts],
    ]


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


@transaction.atomic
def bring_in(
    *,
    upload: RiskUpload,
    take: Collection[str],
    by: User,
    at: datetime,
    today: date,
    limits: Limits,
    seen: str | None = None,
) -> Done:
    """Write what the file says, once. ``take`` are the keys of the conflicts in which the file is to win; in the others
    what is stored stays. ``seen`` is the fingerprint of the preview that one looked at, where known.

    Raises:
        CannotImport: a cell is wrong, a risk cannot be kept as the file says, or somebody saved one since the conflict
            was shown; nothing is written.
        StalePreview: the file would change other things now than ``seen`` says.
        TableError: the file cannot be read at all.
    """
    held = RiskUpload.objects.select_for_update().select_related("place").get(pk=upload.pk)
    if held.applied_at is not None:
        raise CannotImport("This file was brought in already.")
    found = preview_of(held.place, _read(held, limits), take=take)
    if found.errors:
        raise CannotImport(f"{len(found.errors)} cells need attention: nothing was written.")
    if found.later:
        raise CannotImport("Somebody saved one of these risks since: look again, and choose again.")
    if seen is not None and seen != fingerprint(found):
        raise StalePreview(
            "The registers have changed since. What the file would change now is shown: look again, then decide."
        )
    changes = [one for one in [*found.changed, *found.conflicts] if one.values]
    because = f"Brought in with {held.filename}."
    try:
        with recorded(way=current_way(), by=by, reason=because):
            for change in changes:
                _change(change, because=because, by=by, at=at, today=today)
            for change in found.new:
                _raise(held.place, change.row, because=because, by=by, at=at, today=today)
            held.applied_at = at
            held.save(update_fields=["applied_at"])
    except Refused as refused:
        raise CannotImport(f"{refused} Nothing was written.") from refused
    left = found.unchanged + len(found.changed) + len(found.conflicts) - len(changes)
    return Done(len(found.new), len(changes), left)


def _change(change: Change, *, because: str, by: User, at: datetime, today: date) -> None:
    assert change.risk is not None
    change_risk(
        risk=change.risk,
        values=change.values,
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
    values = dict(row.values)
    risk = raise_risk(
        place=place,
        programme=Programme.objects.filter(place=place, code=code).first(),
        number=number_of(row),
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
