"""Whose the rows of a partner's file are: its own, another partner's, or nobody's that the place knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from finance.importers.cells import Reader
from icp.common.tabular import Row
from programmes.models import Organisation


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


def _key(name: str) -> str:
    """Whatever its capitals and spaces."""
    return " ".join(name.casefold().split())
