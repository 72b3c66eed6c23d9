"""What waits for what, from a project file: compared with the plan, and written (domain section 2)."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from icp.common.words import plural, sentence_list
from programmes.importers.plan import FileLink
from programmes.models import Dependency, Place, PlanItem
from programmes.rules.graphs import circle_in, knots

NOTHING = "nothing"
Row = tuple[str, str]


@dataclass(frozen=True)
class _Difference:
    """One link that comes, goes or changes; ``old`` is the one there is."""

    successor: Row
    predecessor: Row
    old: Dependency | None
    new: FileLink | None


def links_of(
    *, place: Place, links: Sequence[FileLink] | None, inside: Set[Row]
) -> list[tuple[str, str, str]]:
    """For each link that differs: the row that waits, what it waits for now, and what the file says."""
    return [
        (" ".join(one.successor), _old(one), _new(one))
        for one in _differences(place, links, inside)
    ]


def links_that_wait(
    links: Sequence[FileLink] | None, *, inside: Set[Row], failed: Set[Row]
) -> Iterator[str]:
    """A sentence for the links of rows that are asked for, and so are no rows of the plan yet."""
    ends = ({link.successor, link.predecessor} for link in links or ())
    count = sum(1 for both in ends if not both <= inside and not both & failed)
    if count:
        yield (
            f"{plural(count, 'link')} of rows that are no rows of the plan yet: import the file again once the"
            " change request for them is agreed."
        )


def circles_of(
    *, place: Place, links: Sequence[FileLink] | None, inside: Set[Row]
) -> Iterator[str]:
    """A sentence for each circle that the file's links make, with those of the plan to other rows. One query."""
    if not links:
        return
    wanted = {(" ".join(link.predecessor), " ".join(link.successor)) for link in links}
    replaced = {" ".join(row) for row in inside}
    there = {pair for pair in _pairs_there(place) if not replaced.issuperset(pair)}
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


def write_links(*, place: Place, links: Sequence[FileLink] | None, inside: Set[Row]) -> None:
    """Make the plan's links between the rows ``inside`` those of the file. In the caller's transaction."""
    differences = list(_differences(place, links, inside))
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


def _differences(
    place: Place, links: Sequence[FileLink] | None, inside: Set[Row]
) -> Iterator[_Difference]:
    """None where the file says nothing of links. Those to rows that are not ``inside`` stay."""
    if links is None:
        return
    wanted = {
        (link.successor, link.predecessor): link
        for link in links
        if link.successor in inside and link.predecessor in inside
    }
    for old in _existing(place, {code for code, _ in inside}):
        successor, predecessor = _row_of(old.successor), _row_of(old.predecessor)  # type: ignore[arg-type]
        if successor not in inside or predecessor not in inside:
            continue
        new = wanted.pop((successor, predecessor), None)
        if new is None or (new.kind, new.lag_days) != (old.kind, old.lag_days):
            yield _Difference(successor, predecessor, old, new)
    for (successor, predecessor), new in wanted.items():
        yield _Difference(successor, predecessor, None, new)


def _existing(place: Place, codes: set[str]) -> Iterator[Dependency]:
    found = Dependency.objects.filter(
        successor__programme__place=place,
        successor__programme__code__in=codes,
        predecessor__isnull=False,
    )
    yield from found.select_related("successor__programme", "predecessor__programme").order_by("pk")


def _row_of(item: PlanItem) -> Row:
    return item.programme.code, item.plan_id


def _items(place: Place, rows: set[Row]) -> dict[Row, PlanItem]:
    found = PlanItem.objects.filter(
        programme__place=place, programme__code__in={code for code, _ in rows}
    ).select_related("programme")
    return {_row_of(item): item for item in found if _row_of(item) in rows}


def _old(one: _Difference) -> str:
    return _words(one.predecessor, one.old.kind, one.old.lag_days) if one.old else NOTHING


def _new(one: _Difference) -> str:
    return _words(one.predecessor, one.new.kind, one.new.lag_days) if one.new else NOTHING


def _words(before: Row, kind: str, lag: int) -> str:
    """IT 11 FS + 5 days"""
    sign = "+" if lag > 0 else "−"
    shown = f" {sign} {abs(lag)} day{'' if abs(lag) == 1 else 's'}" if lag else ""
    return f"{' '.join(before)} {kind}{shown}"
