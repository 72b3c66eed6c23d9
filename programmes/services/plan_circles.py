"""What would wait for itself once a plan file is imported, told in its preview (domain section 2)."""

from collections.abc import Collection, Iterator, Set

from icp.common.words import sentence_list
from programmes.importers.links import NumberedRow
from programmes.importers.plan import PlanFile
from programmes.models import Dependency, Place
from programmes.rules.graphs import circle_in, knots
from programmes.services.plan_links import Difference

# A row and the one that waits for it, by reference.
Pair = tuple[str, str]


def circles_of(
    *,
    place: Place,
    file: PlanFile,
    waiting: Set[NumberedRow],
    differences: Collection[Difference],
) -> Iterator[str]:
    """A sentence for each circle among the plan's links as the file leaves them, with those of its rows that are
    ``waiting`` to be agreed, if a link that the file names is in it. One query.
    """
    if not file.links:
        return
    said = {_pair(link.predecessor, link.successor) for link in file.links}
    asked = {
        _pair(link.predecessor, link.successor)
        for link in file.links
        if {link.predecessor, link.successor} & waiting
    }
    gone = {_pair(one.predecessor, one.successor) for one in differences if not one.new}
    come = {_pair(one.predecessor, one.successor) for one in differences if one.new}
    every = sorted(({*_pairs_there(place)} - gone) | come | asked)
    wanted = said & {*every}
    for knot in knots(every):
        if any(before in knot and after in knot for before, after in wanted):
            *rows, _ = circle_in(knot, every)
            yield (
                f"{sentence_list(rows)} wait for one another in a circle, and no dates can satisfy that. The links"
                " come in as they are: the plan's dependency warnings show them."
            )


def _pair(before: NumberedRow, after: NumberedRow) -> Pair:
    return " ".join(before), " ".join(after)


def _pairs_there(place: Place) -> Iterator[Pair]:
    """What waits for what in the place's plans now, the row before first."""
    found = Dependency.objects.filter(
        successor__programme__place=place, successor__removed_at=None, predecessor__removed_at=None
    ).exclude(predecessor=None)
    ends = ("predecessor", "successor")
    names = [f"{end}__{name}" for end in ends for name in ("programme__code", "plan_id")]
    for code, number, other_code, other_number in found.values_list(*names):
        yield f"{code} {number}", f"{other_code} {other_number}"
