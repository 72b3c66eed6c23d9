"""What an import did, in words: for its page and what is said once it is done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from icp.common.batches import in_batches
from icp.common.words import first_few, plural, sentence_list
from programmes.models import Place, PlanItem, PlanUpload
from programmes.models.plan import PlanItemQuerySet
from programmes.services.plan_rows import BATCH
from programmes.services.plan_shown import Counts, Shown, kept

# So many rows at most are offered one by one to be removed; of more these, or all of them.
MOST_TICKS = 200


def imported_words(upload: PlanUpload, found: Shown) -> str:
    if kept(upload) is None:
        # Of a list of programmes nothing is kept, nor in this form of what was imported by an earlier version.
        return "This file was imported. Below is how it compares with the plan as it stands now."
    return f"{counted(found.counts)}. Below is what it changed."


def counted(done: Counts) -> str:
    """2 new rows, 1 changed row, 3 unchanged, 1 removed, 4 to be agreed first"""
    counts = (
        f"{plural(done.created, 'new row')}, {plural(done.changed, 'changed row')},"
        f" {done.unchanged:,} unchanged"
    )
    counts += f", {done.removed:,} removed" if done.removed else ""
    return f"{counts}, {done.asked:,} to be agreed first" if done.asked else counts


def requests_words(requests: Sequence[str]) -> str:
    """What an import drafted, and what to do with it; nothing where it drafted none."""
    if not requests:
        return ""
    return (
        f"{sentence_list([*requests])} {'asks' if len(requests) == 1 else 'ask'} for what needs to be agreed:"
        " say why, and propose it."
    )


@dataclass(frozen=True)
class Beginning:
    """So much of a list as stands on a page, and how long it is."""

    first: Sequence[Any]
    count: int

    @classmethod
    def of(cls, entries: Sequence[Any]) -> "Beginning":
        return cls(entries[:MOST_TICKS], len(entries))

    @property
    def more(self) -> int:
        return self.count - len(self.first)

    @property
    def in_all(self) -> str:
        """1,204"""
        return f"{self.count:,}"


@dataclass(frozen=True)
class Missing(Beginning):
    """The rows that a file does not have: the first, with their names, to tick one by one."""

    @property
    def words(self) -> str:
        """IT 1, IT 2 and 1,204 more"""
        return first_few([one["row"] for one in self.first], MOST_TICKS, self.count)


def missing_rows(place: Place, found: Shown) -> Missing:
    """Each of the first with its name. One query, none where no row is missing."""
    first = found.left[:MOST_TICKS]
    rows = _rows_called(first, place).values_list("programme__code", "plan_id", "name")
    names = {f"{code} {number}": name for code, number, name in rows}
    return Missing([{"row": row, "name": names.get(row, "")} for row in first], len(found.left))


def named_rows(place: Place, references: Iterable[str]) -> Iterator[PlanItem]:
    """The place's rows that are called so, removed ones too. One query for a thousand of them."""
    for some in in_batches(references, BATCH):
        rows = _rows_called(some, place).select_related("programme", "owner")
        found = {row.reference: row for row in rows}
        yield from (found[one] for one in some if one in found)


def _rows_called(references: Sequence[str], place: Place) -> PlanItemQuerySet:
    parts = (reference.partition(" ") for reference in references)
    return PlanItem.objects.called([(code, number) for code, _, number in parts], place=place)
