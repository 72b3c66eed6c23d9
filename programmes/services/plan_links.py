"""What waits for what, from a plan file: compared with the plan, and written (domain section 2)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field

from icp.common.tabular import CellError
from icp.common.words import plural, sentence_list
from programmes.importers.links import FileLink, NumberedRow, Waited
from programmes.importers.plan import PlanFile
from programmes.models import Dependency, Place, PlanItem
from programmes.rules.graphs import circle_in, knots
from programmes.services.plan_conflicts import Conflict

NOTHING = "nothing"
# What a row waits for, as a preview and a conflict name it.
WAITS = "waits for"
Said = Mapping[NumberedRow, FileLink]


@dataclass(frozen=True)
class Difference:
    """One link that comes, goes or changes; ``old`` is the one there is."""

    successor: NumberedRow
    predecessor: NumberedRow
    old: Dependency | None
    new: FileLink | None

    @property
    def reference(self) -> str:
        """The row that waits: IT 11"""
        return " ".join(self.successor)

    @property
    def was(self) -> str:
        return _words(self.predecessor, self.old.kind, self.old.lag_days) if self.old else NOTHING

    @property
    def becomes(self) -> str:
        return _words(self.predecessor, self.new.kind, self.new.lag_days) if self.new else NOTHING


@dataclass
class LinkChanges:
    """What of a file's links differs from the plan; what both changed, and links to rows that are nowhere."""

    differences: list[Difference] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def compare_links(
    *,
    place: Place,
    file: PlanFile,
    inside: Set[NumberedRow],
    known: Set[NumberedRow] = frozenset(),
) -> LinkChanges:
    """Nothing where the file says nothing of links. ``inside`` are its rows that are in the plan, ``known`` those of
    them that the portal wrote into it. Two queries.

    A file of a project program speaks of the links between its own rows: others stay. One that the portal wrote
    speaks of all that its rows wait for in the place, and changes only what was changed in it.
    """
    found = LinkChanges()
    if file.links is None:
        return found
    said = _said(file, inside)
    there = _there(place, file, inside)
    reachable = inside | _elsewhere(place, file, inside)
    for row in [*said, *(row for row in there if row not in said)]:
        then = (file.waited or {}).get(row) if row in known else None
        if not _file_counts(row, then, said.get(row, {}), there.get(row, {}), file, found):
            continue
        wanted = {key: link for key, link in said.get(row, {}).items() if key in reachable}
        found.differences += _differences(row, wanted, there.get(row, {}))
        found.errors += (
            _nowhere(link)
            for key, link in said.get(row, {}).items()
            if link.cell and row in (file.waited or ()) and key not in reachable
            if not _is_in(file, key)
        )
    return found


def _said(file: PlanFile, inside: Set[NumberedRow]) -> Mapping[NumberedRow, Said]:
    found: dict[NumberedRow, dict[NumberedRow, FileLink]] = defaultdict(dict)
    for link in file.links or ():
        if link.successor in inside:
            found[link.successor][link.predecessor] = link
    return found


def _there(
    place: Place, file: PlanFile, inside: Set[NumberedRow]
) -> dict[NumberedRow, dict[NumberedRow, Dependency]]:
    """The links of the plan that the file speaks of."""
    found: dict[NumberedRow, dict[NumberedRow, Dependency]] = defaultdict(dict)
    for old in _existing(place, {code for code, _ in inside}):
        successor, predecessor = _row_of(old.successor), _row_of(old.predecessor)  # type: ignore[arg-type]
        if successor in inside and (predecessor in inside or successor in (file.waited or ())):
            found[successor][predecessor] = old
    return found


def _file_counts(
    row: NumberedRow,
    then: Waited | None,
    said: Said,
    there: Mapping[NumberedRow, Dependency],
    file: PlanFile,
    found: LinkChanges,
) -> bool:
    """Whether the file's links of a row are meant: not where only others changed them, nor where both did unless it is
    asked for.
    """
    if then is None:
        return True
    says = frozenset((key, link.kind, link.lag_days) for key, link in said.items())
    now = frozenset((key, old.kind, old.lag_days) for key, old in there.items())
    if says in (then, now):
        return False
    if now == then:
        return True
    reference = " ".join(row)
    takes_file = (reference, WAITS) in file.take
    was, plan, mine = (_all_words(words) for words in (then, now, says))
    found.conflicts.append(Conflict(reference, WAITS, was, plan, mine, takes_file))
    return takes_file


def _differences(
    row: NumberedRow,
    wanted: Said,
    there: Mapping[NumberedRow, Dependency],
) -> Iterator[Difference]:
    for before, old in there.items():
        new = wanted.get(before)
        if new is None or (new.kind, new.lag_days) != (old.kind, old.lag_days):
            yield Difference(row, before, old, new)
    for before, link in wanted.items():
        if before not in there:
            yield Difference(row, before, None, link)


def _elsewhere(place: Place, file: PlanFile, inside: Set[NumberedRow]) -> set[NumberedRow]:
    """The place's rows that a file of the portal's names and does not hold."""
    named = {
        link.predecessor
        for link in file.links or ()
        if link.cell and link.successor in (file.waited or ()) and link.predecessor not in inside
    }
    return set(_items(place, named)) if named else set()


def _is_in(file: PlanFile, row: NumberedRow) -> bool:
    """Whether the file has a row of that number, one with a bad cell too."""
    return row in file.failed or row in (file.waited or ())


def _nowhere(link: FileLink) -> CellError:
    assert link.cell is not None
    return CellError(
        link.cell.row,
        link.cell.column,
        " ".join(link.predecessor),
        "no plan of the place has this row",
        "Write a row that is in the plan or in this file, or take it out of the cell.",
        link.cell.reference,
    )


def links_that_wait(file: PlanFile, *, inside: Set[NumberedRow]) -> Iterator[str]:
    """A sentence for the links of rows that are asked for, and so are no rows of the plan yet."""
    named = {(row.programme, row.plan_id) for row in file.rows}
    waiting = named - inside
    ends = ({link.successor, link.predecessor} for link in file.links or ())
    count = sum(1 for both in ends if both & waiting and not both & file.failed)
    if count:
        yield (
            f"{plural(count, 'link')} of rows that are no rows of the plan yet: import the file again once the"
            " change request for them is agreed."
        )


def circles_of(*, place: Place, file: PlanFile, inside: Set[NumberedRow]) -> Iterator[str]:
    """A sentence for each circle that the file's links make, with those of the plan to other rows. One query."""
    if not file.links:
        return
    wanted = {(" ".join(link.predecessor), " ".join(link.successor)) for link in file.links}
    replaced = {" ".join(row) for row in inside}
    whole = {" ".join(row) for row in file.waited or ()}
    there = {
        pair
        for pair in _pairs_there(place)
        if not replaced.issuperset(pair) and pair[1] not in whole
    }
    every = sorted(wanted | there)
    for knot in knots(every):
        if any(before in knot and after in knot for before, after in wanted):
            *rows, _ = circle_in(knot, every)
            yield (
                f"{sentence_list(rows)} wait for one another in a circle, and no dates can satisfy that. The links"
                " come in as they are: the plan's dependency warnings show them."
            )


def _pairs_there(place: Place) -> Iterator[tuple[str, str]]:
    """What waits for what in the place's plans now, the row before first."""
    found = Dependency.objects.filter(
        successor__programme__place=place, successor__removed_at=None, predecessor__removed_at=None
    ).exclude(predecessor=None)
    ends = ("predecessor", "successor")
    names = [f"{end}__{name}" for end in ends for name in ("programme__code", "plan_id")]
    for code, number, other_code, other_number in found.values_list(*names):
        yield f"{code} {number}", f"{other_code} {other_number}"


def write_links(*, place: Place, differences: Collection[Difference]) -> None:
    """Make the plan's links those of the file, once its new rows are written. In the caller's transaction."""
    if not differences:
        return
    items = _items(place, {row for one in differences for row in (one.successor, one.predecessor)})
    for one in differences:
        if one.new is None:
            assert one.old is not None
            one.old.delete()
            continue
        link = one.old or Dependency(
            successor=items[one.successor], predecessor=items[one.predecessor]
        )
        link.kind, link.lag_days = one.new.kind, one.new.lag_days
        link.version += bool(link.pk)
        link.save()


def _existing(place: Place, codes: set[str]) -> Iterator[Dependency]:
    found = Dependency.objects.filter(
        successor__programme__place=place,
        successor__programme__code__in=codes,
        predecessor__isnull=False,
        predecessor__removed_at=None,
    )
    yield from found.select_related("successor__programme", "predecessor__programme").order_by("pk")


def _row_of(item: PlanItem) -> NumberedRow:
    return item.programme.code, item.plan_id


def _items(place: Place, rows: set[NumberedRow]) -> dict[NumberedRow, PlanItem]:
    """Those of them that are in the place's plans."""
    found = PlanItem.objects.present().filter(
        programme__place=place,
        programme__code__in={code for code, _ in rows},
        plan_id__in={number for _, number in rows},
    )
    return {
        _row_of(item): item for item in found.select_related("programme") if _row_of(item) in rows
    }


def _all_words(said: Waited) -> str:
    return "; ".join(_words(*one) for one in sorted(said)) or NOTHING


def _words(before: NumberedRow, kind: str, lag: int) -> str:
    """IT 11 FS + 5 days"""
    sign = "+" if lag > 0 else "−"
    shown = f" {sign} {abs(lag)} day{'' if abs(lag) == 1 else 's'}" if lag else ""
    return f"{' '.join(before)} {kind}{shown}"
