"""What waits for what, from a plan file: compared with the plan, and written (domain section 2)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field

from icp.common.tabular import CellError
from icp.common.words import plural
from programmes.errors import StalePreview
from programmes.importers.links import FileLink, NumberedRow, Waited
from programmes.importers.plan import PlanFile
from programmes.models import Dependency, Place, PlanItem
from programmes.services.outline_writing import BATCH
from programmes.services.plan_conflicts import Conflict

NOTHING = "nothing"
# What a row waits for, as a preview and a conflict name it.
WAITS = "waits for"
Said = Mapping[NumberedRow, FileLink]
GONE = (
    "A row that the file says is waited for was removed from the plan meanwhile, so nothing was imported."
    " Look at the preview again."
)


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
    """What of a file's links differs from the plan; what both changed, links to rows that are nowhere, and in
    ``notes`` those to rows that were there once.
    """

    differences: list[Difference] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compare_links(
    *,
    place: Place,
    file: PlanFile,
    inside: Set[NumberedRow],
    known: Set[NumberedRow],
    going: Set[NumberedRow],
) -> LinkChanges:
    """Nothing where the file says nothing of links. ``inside`` are its rows that are in the plan, ``known`` those of
    them that the portal wrote into it, ``going`` rows of the plan that its import takes out. Two queries.

    A file of a project program speaks of the links between its own rows: others stay. One that the portal wrote
    speaks of all that its rows wait for in the place, and changes only what was changed in it.
    """
    found = LinkChanges()
    if file.links is None:
        return found
    said = _said(file, inside)
    there = _there(place, file, inside)
    then = {row: old for row, old in file.waited.items() if row in known}
    then |= {row: old for row, (_, old) in file.linked.items() if row in known}
    reachable = (inside | _elsewhere(place, file, inside, then)) - going
    for row in [*said, *(row for row in there if row not in said)]:
        says, now = said.get(row, {}), there.get(row, {})
        # What waits for a row that goes waits on, as when it is taken out in the portal.
        wanted = {key: link for key, link in says.items() if key in reachable or key in now}
        nowhere = [link for key, link in says.items() if key not in wanted]
        counts = _counting(row, then.get(row), wanted, now, file, found)
        found.differences += _differences(row, wanted, now, counts)
        _tell_nowhere(nowhere, then.get(row), says, file, going, found)
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
        if successor in inside and (predecessor in inside or successor in file.waited):
            found[successor][predecessor] = old
    return found


def _counting(
    row: NumberedRow,
    then: Waited | None,
    wanted: Said,
    there: Mapping[NumberedRow, Dependency],
    file: PlanFile,
    found: LinkChanges,
) -> set[NumberedRow]:
    """Those that are waited for of which the file's word is meant: not where only others changed it, nor where both
    did unless it is asked for.
    """
    named = {*wanted, *there}
    if then is None:
        return named
    now, mine = _pairs(there), _pairs(wanted)
    changed = {key for key in named if mine.get(key) not in (then.get(key), now.get(key))}
    both = {key for key in changed if now.get(key) != then.get(key)}
    if not both:
        return changed
    reference = " ".join(row)
    takes_file = (reference, WAITS) in file.take
    old, plan, new = (_all_words(both, pairs) for pairs in (then, now, mine))
    found.conflicts.append(Conflict(reference, WAITS, old, plan, new, takes_file))
    return changed if takes_file else changed - both


def _pairs(links: Mapping[NumberedRow, FileLink | Dependency]) -> Waited:
    return {key: (link.kind, link.lag_days) for key, link in links.items()}


def _differences(
    row: NumberedRow,
    wanted: Said,
    there: Mapping[NumberedRow, Dependency],
    counts: Set[NumberedRow],
) -> Iterator[Difference]:
    for before, old in there.items():
        new = wanted.get(before)
        if before in counts and (
            new is None or (new.kind, new.lag_days) != (old.kind, old.lag_days)
        ):
            yield Difference(row, before, old, new)
    for before, link in wanted.items():
        if before in counts and before not in there:
            yield Difference(row, before, None, link)


def _elsewhere(
    place: Place,
    file: PlanFile,
    inside: Set[NumberedRow],
    then: Mapping[NumberedRow, Waited | None],
) -> set[NumberedRow]:
    """The place's rows that a file of the portal's names, or named, and does not hold."""
    named = {
        link.predecessor for link in file.links or () if link.cell and link.successor in file.waited
    }
    named |= {key for old in then.values() for key in old or ()}
    return set(_keys(place, named - inside))


def _tell_nowhere(
    links: Collection[FileLink],
    then: Waited | None,
    says: Said,
    file: PlanFile,
    going: Set[NumberedRow],
    found: LinkChanges,
) -> None:
    """Rows that the file waits for and that cannot be waited for: what was so when it was written is let go."""
    was = then or {}
    for link in links:
        if link.predecessor in was:
            if _pairs(says) != was:
                found.notes.append(_gone(link))
        elif link.cell and link.successor in file.waited:
            if not _is_in(file, link.predecessor):
                found.errors.append(_nowhere(link, going))


def _is_in(file: PlanFile, row: NumberedRow) -> bool:
    """Whether the file has a row of that number, one with a bad cell too."""
    return row in file.failed or row in file.waited


def _gone(link: FileLink) -> str:
    return (
        f"{' '.join(link.successor)} does not wait for {' '.join(link.predecessor)} any more: that row was removed"
        " from the plan since the file was written."
    )


def _nowhere(link: FileLink, going: Set[NumberedRow]) -> CellError:
    assert link.cell is not None
    goes = link.predecessor in going
    return CellError(
        link.cell.row,
        link.cell.column,
        " ".join(link.predecessor),
        "this import removes this row" if goes else "no plan of the place has this row",
        "Write a row that is in the plan or in this file, or take it out of the cell.",
        link.cell.reference,
    )


def links_that_wait(file: PlanFile, *, waiting: Set[NumberedRow]) -> Iterator[str]:
    """A sentence for the links of rows that are ``waiting`` to be agreed, and so are no rows of the plan yet."""
    ends = ({link.successor, link.predecessor} for link in file.links or ())
    count = sum(1 for both in ends if both & waiting and not both & file.failed)
    if count:
        yield (
            f"{plural(count, 'link')} of rows that are no rows of the plan yet: import the file again once the"
            " change request for them is agreed."
        )


def write_links(*, place: Place, differences: Collection[Difference]) -> None:
    """Make the plan's links those of the file, once its new rows are written. In the caller's transaction, which
    holds the rows that wait.

    Raises:
        StalePreview: a row that is to be waited for is in no plan any more.
    """
    if not differences:
        return
    gone = [one.old.pk for one in differences if one.old and not one.new]
    if gone:
        Dependency.objects.filter(pk__in=gone).delete()
    changed = [
        _as_said(one.old, one.new, version=one.old.version + 1)
        for one in differences
        if one.old and one.new
    ]
    Dependency.objects.bulk_update(changed, ["kind", "lag_days", "version"], batch_size=BATCH)
    coming = [(one, one.new) for one in differences if one.new and not one.old]
    ends = {row for one, _ in coming for row in (one.successor, one.predecessor)}
    keys = _keys(place, ends)
    if keys.keys() != ends:
        raise StalePreview(GONE)
    Dependency.objects.bulk_create(
        [
            _as_said(
                Dependency(successor_id=keys[one.successor], predecessor_id=keys[one.predecessor]),
                new,
            )
            for one, new in coming
        ],
        batch_size=BATCH,
    )


def _as_said(link: Dependency, said: FileLink, *, version: int = 1) -> Dependency:
    link.kind, link.lag_days, link.version = said.kind, said.lag_days, version
    return link


def _existing(place: Place, codes: set[str]) -> Iterator[Dependency]:
    found = Dependency.objects.filter(
        successor__programme__place=place,
        successor__programme__code__in=codes,
        predecessor__isnull=False,
        predecessor__removed_at=None,
    )
    # There may be as many as rows: of their rows no more than is asked for.
    ends = [f"{end}__programme__code" for end in ("successor", "predecessor")]
    ends += [f"{end}__plan_id" for end in ("successor", "predecessor")]
    named = found.select_related("successor__programme", "predecessor__programme")
    yield from named.only("kind", "lag_days", "version", *ends).order_by("pk")


def _row_of(item: PlanItem) -> NumberedRow:
    return item.programme.code, item.plan_id


def _keys(place: Place, rows: set[NumberedRow]) -> dict[NumberedRow, int]:
    """Those of them that are in the place's plans, each with its key. One query; none without rows."""
    found = PlanItem.objects.present().called(rows, place=place)
    named = found.values_list("pk", "programme__code", "plan_id")
    return {(code, number): key for key, code, number in named if (code, number) in rows}


def _all_words(rows: Collection[NumberedRow], said: Waited) -> str:
    return "; ".join(_words(row, *said[row]) for row in sorted(rows) if row in said) or NOTHING


def _words(before: NumberedRow, kind: str, lag: int) -> str:
    """IT 11 FS + 5 days"""
    sign = "+" if lag > 0 else "−"
    shown = f" {sign} {abs(lag)} day{'' if abs(lag) == 1 else 's'}" if lag else ""
    return f"{' '.join(before)} {kind}{shown}"
