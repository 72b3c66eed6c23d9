"""What a preview says, in lists that are shown page by page: in memory, or kept in parts so that a page of them costs
the same however long they are.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar, overload

from django.db import transaction

from icp.common.batches import in_batches
from icp.common.tabular import CellError
from programmes.models import PlanUpload, PlanUploadPart
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_preview import Change, PlanPreview
from programmes.services.programme_import import ProgrammePreview

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

One = TypeVar("One")
Kind = PlanUploadPart.Kind
# As many as a page of the preview shows.
PART = 50
# Parts that are read, or written, at a time.
TOGETHER = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of one row. ``what`` is created, changed, asked or removed; of a row that is new or goes, the rest is
    empty.
    """

    row: str
    what: str
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Counts:
    """Rows by what an import does, or did, with them; ``failed`` have a cell that stops it."""

    created: int
    changed: int
    unchanged: int
    asked: int = 0
    removed: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Shown:
    """``seen`` is the same for two previews that say the same. The lists are as in :class:`PlanPreview`."""

    seen: str
    counts: Counts
    lines: Sequence[Line]
    errors: Sequence[CellError]
    conflicts: Sequence[Conflict]
    left: Sequence[str]
    notes: Sequence[str]
    waiting: Sequence[str]
    left_out: Sequence[str]
    warnings: Sequence[str]
    requests: Sequence[str]

    @property
    def can_apply(self) -> bool:
        return not self.errors

    @property
    def changes_nothing(self) -> bool:
        found = self.counts
        return not (found.created or found.changed or found.removed or found.asked)


def shown(preview: PlanPreview | ProgrammePreview) -> Shown:
    """A preview that was just made."""
    lists: dict[str, Any] = {kind.value: getattr(preview, kind, []) for kind in Kind}
    lists["lines"] = [*_lines(preview)]
    return Shown(seen=fingerprint(preview), counts=_counts(preview), **lists)


def fingerprint(preview: "DataclassInstance") -> str:
    """The same for two previews that say the same, old values and all. Entry by entry: they may be 100,000."""
    found = sha256()
    for field in fields(preview):
        # What an import drafted is known only once it is done.
        if field.name == "requests":
            continue
        found.update(f"\n{field.name}\n".encode())
        for entry in _entries(getattr(preview, field.name)):
            found.update(json.dumps(entry, sort_keys=True).encode())
    return found.hexdigest()


def _entries(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield key, _plain(entry)
    elif isinstance(value, list):
        for entry in value:
            yield _plain(entry)
    else:
        yield _plain(value)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return [_plain(entry) for entry in value] if isinstance(value, list) else value


def keep(*, upload: PlanUpload, preview: PlanPreview) -> dict[str, Any]:
    """Keep its lists in parts, in place of those of before, and give what the upload itself says it ``found``."""
    found: dict[str, Any] = {
        "seen": fingerprint(preview),
        "counts": asdict(_counts(preview)),
        "lengths": {},
    }
    with transaction.atomic():
        PlanUploadPart.objects.filter(upload=upload).delete()
        for kind in Kind:
            entries = _lines(preview) if kind == Kind.LINES else getattr(preview, kind)
            found["lengths"][kind.value] = _keep_list(upload, kind, entries)
    return found


def _keep_list(upload: PlanUpload, kind: str, entries: Iterable[Any]) -> int:
    """How many they are."""
    count = 0
    for some in in_batches(enumerate(in_batches(entries, PART)), TOGETHER):
        parts = [
            PlanUploadPart(upload=upload, kind=kind, number=number, said=[*map(_plain, part)])
            for number, part in some
        ]
        PlanUploadPart.objects.bulk_create(parts)
        count += sum(len(part) for _, part in some)
    return count


def kept(upload: PlanUpload) -> Shown | None:
    """What was kept of it; None where nothing was. No query before a list is looked into."""
    found = upload.found or {}
    if "lengths" not in found:
        return None
    made: dict[Kind, Callable[[Any], Any]] = {
        Kind.LINES: _made(Line),
        Kind.ERRORS: _made(CellError),
        Kind.CONFLICTS: _made(Conflict),
    }
    lists: dict[str, Any] = {
        kind.value: Parts(upload.pk, kind, found["lengths"][kind.value], made.get(kind, str))
        for kind in Kind
    }
    return Shown(seen=found["seen"], counts=Counts(**found["counts"]), **lists)


def _made(kind: Callable[..., One]) -> Callable[[Any], One]:
    return lambda said: kind(**said)


class Parts(Sequence[One]):
    """A list that is kept in parts. A page of it is one query, and so is all of it, which comes some thousands at a time."""

    def __init__(self, upload: int, kind: str, length: int, made: Callable[[Any], One]) -> None:
        self.parts = PlanUploadPart.objects.filter(upload=upload, kind=kind)
        self.length, self.made = length, made

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, at: int) -> One: ...

    @overload
    def __getitem__(self, at: slice) -> list[One]: ...

    def __getitem__(self, at: int | slice) -> One | list[One]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(self.length)
        if start >= stop:
            return []
        first = start // PART
        found = self._of(first, (stop - 1) // PART)
        return found[start - first * PART : stop - first * PART]

    def __iter__(self) -> Iterator[One]:
        parts = self.parts.order_by("number").values_list("said", flat=True)
        for said in parts.iterator(chunk_size=TOGETHER):
            yield from map(self.made, said)

    def _of(self, first: int, last: int) -> list[One]:
        parts = self.parts.filter(number__range=(first, last)).order_by("number")
        return [self.made(one) for said in parts.values_list("said", flat=True) for one in said]


def _counts(preview: PlanPreview | ProgrammePreview) -> Counts:
    return Counts(
        created=len(preview.created),
        changed=len(preview.changed),
        unchanged=preview.unchanged,
        asked=len(getattr(preview, "asked", ())),
        removed=len(getattr(preview, "removed", ())),
        failed=len({error.row for error in preview.errors}),
    )


def _lines(preview: PlanPreview | ProgrammePreview) -> Iterator[Line]:
    """What an import does at once, then what it asks for."""
    yield from changed_lines(preview.changed)
    yield from (Line(row, "created") for row in preview.created)
    yield from (Line(row, "removed") for row in getattr(preview, "removed", ()))
    yield from changed_lines(getattr(preview, "asked", {}), "asked")


def changed_lines(rows: Mapping[str, Iterable[Change]], what: str = "changed") -> Iterator[Line]:
    """What each of these rows says otherwise."""
    for row, changes in rows.items():
        yield from (Line(row, what, one.field, one.old, one.new) for one in changes)
