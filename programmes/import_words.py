"""What an import did, in words: for its page and what is said once it is done."""

from dataclasses import dataclass

from icp.common.words import first_few, plural, sentence_list
from programmes.models import Place, PlanItem, PlanUpload
from programmes.models.plan import PlanItemQuerySet
from programmes.services.uploads import Preview

# So many rows at most are offered one by one to be removed; of more these, or all of them.
MOST_TICKS = 200


def imported_words(upload: PlanUpload, shown: Preview) -> str:
    if not upload.found:
        return "This file was imported. Below is how it compares with the plan as it stands now."
    return f"{counted(shown)}. Below is what it changed."


def counted(done: Preview) -> str:
    """2 new rows, 1 changed row, 3 unchanged, 1 removed, 4 to be agreed first"""
    counts = (
        f"{plural(len(done.created), 'new row')}, {plural(len(done.changed), 'changed row')},"
        f" {done.unchanged:,} unchanged"
    )
    removed = len(getattr(done, "removed", ()))
    counts += f", {removed:,} removed" if removed else ""
    asked = len(getattr(done, "asked", ()))
    return f"{counts}, {asked:,} to be agreed first" if asked else counts


def requests_words(done: Preview) -> str:
    """What an import drafted, and what to do with it; nothing where it drafted none."""
    requests = getattr(done, "requests", [])
    if not requests:
        return ""
    return (
        f"{sentence_list(requests)} {'asks' if len(requests) == 1 else 'ask'} for what needs to be agreed:"
        " say why, and propose it."
    )


@dataclass(frozen=True)
class Missing:
    """The rows that a file does not have: the first to tick one by one, and how many there are in all."""

    first: list[dict[str, str]]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.first)

    @property
    def in_all(self) -> str:
        """1,204"""
        return f"{self.count:,}"

    @property
    def words(self) -> str:
        """IT 1, IT 2 and 1,204 more"""
        return first_few([one["row"] for one in self.first], MOST_TICKS, self.count)


def missing_rows(place: Place, shown: Preview) -> Missing:
    """Each of the first with its name. One query, none where no row is missing."""
    left = getattr(shown, "left", [])
    first = left[:MOST_TICKS]
    rows = _rows_called(first, place).values_list("programme__code", "plan_id", "name")
    names = {f"{code} {number}": name for code, number, name in rows}
    return Missing([{"row": row, "name": names.get(row, "")} for row in first], len(left))


def named_rows(place: Place, references: list[str]) -> dict[str, PlanItem]:
    """The place's rows that are called so, removed ones too, by reference. One query."""
    rows = _rows_called(references, place)
    return {row.reference: row for row in rows.select_related("programme", "owner")}


def _rows_called(references: list[str], place: Place) -> PlanItemQuerySet:
    parts = (reference.partition(" ") for reference in references)
    return PlanItem.objects.called([(code, number) for code, _, number in parts], place=place)
