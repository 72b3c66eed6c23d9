"""Whose the rows of a partner's file are: its own, another partner's, or nobody's that the place knows."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from finance.importers.cells import Reader
from icp.common.tabular import CellError, Row
from programmes.models import Organisation

R = TypeVar("R")


@dataclass(frozen=True)
class Brought(Generic[R]):
    """What a partner's file says: its rows, or every cell that is wrong. ``passed`` rows are of other partners."""

    rows: Sequence[R]
    errors: Sequence[CellError]
    passed: int = 0


@dataclass(frozen=True)
class Partners:
    """``mine`` is the key of the partner that the file is brought for, ``name`` what to write for it; ``known`` are the
    keys of all organisations of the place by what a file may call them.
    """

    mine: int
    name: str
    known: Mapping[str, int]

    @classmethod
    def of(cls, mine: Organisation) -> "Partners":
        """As the place calls its organisations: by short name, or in full. One query."""
        everybody = list(Organisation.objects.filter(place=mine.place_id).order_by("pk"))
        known = {_key(one.name): one.pk for one in everybody}
        known |= {_key(one.short_name): one.pk for one in everybody}
        return cls(mine.pk, mine.short_name, known)

    def owner(self, row: Row, reader: Reader) -> int | None:
        """The key of the partner whose row it is: ``mine`` where none is named. None where no partner is called so,
        which is an error at its cell.
        """
        cell = row.get("organisation")
        if cell.is_blank:
            return self.mine
        found = self.known.get(_key(cell.text))
        if found is None:
            remedy = f"Write {self.name}, or leave the row out."
            reader.wrong(cell, "it is no partner of the place", remedy)
        return found


def own_rows(
    reader: Reader,
    partners: Partners,
    *,
    read: Callable[[Row], R],
    key: Callable[[R], Hashable],
    column: str,
) -> Brought[R]:
    """The partner's rows, each ``read``. Those of other partners, where the file has a column ``organisation``, are
    passed over, and counted; a second row of one ``key`` is an error at its ``column``.
    """
    rows: list[R] = []
    seen: set[Hashable] = set()
    passed = 0
    for row in reader.table.rows_in_time():
        owner = partners.owner(row, reader)
        if owner != partners.mine:
            passed += owner is not None
            continue
        one = read(row)
        if key(one) in seen:
            reader.wrong(row.get(column), "it stands twice", "Keep one of them.")
        seen.add(key(one))
        rows.append(one)
    return Brought(rows, reader.errors, passed)


def _key(name: str) -> str:
    """Whatever its capitals and spaces."""
    return " ".join(name.casefold().split())
