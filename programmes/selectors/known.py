"""What a place has that a plan file may refer to."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar, cast

from django.utils.functional import SimpleLazyObject

from programmes.importers.plan import Known
from programmes.models import Place, PlanItem, Programme
from programmes.selectors.periods import holidays_of
from programmes.selectors.posts import posts_by_word

One = TypeVar("One")
# Of each programme the numbers and names of its rows; and all its numbers, those of removed rows too.
Named = dict[str, list[tuple[str, str]]]
Taken = dict[str, set[str]]


def known_of(*, place: Place, programme: str = "") -> Known:
    """For reading a plan file of any kind. ``programme`` is the code that was said to be meant. Two queries, and one
    more where the file is of a kind that needs the rows that are there.
    """
    programmes = list(Programme.objects.in_place(place).in_order().values_list("code", "name"))
    # A file with our numbers does without them.
    there = cache(lambda: _rows_of(place, [code for code, _ in programmes]))
    return Known(
        programmes={code for code, _ in programmes},
        posts=posts_by_word(place=place),
        programme=programme,
        names={word.casefold(): code for code, name in programmes for word in (code, name)},
        rows=_once_asked_for(lambda: there()[0]),
        taken=_once_asked_for(lambda: there()[1]),
        holidays=holidays_of(place),
    )


def _once_asked_for(load: Callable[[], One]) -> One:
    return cast(One, SimpleLazyObject(load))


def _rows_of(place: Place, codes: list[str]) -> tuple[Named, Taken]:
    rows: Named = {code: [] for code in codes}
    taken: Taken = {code: set() for code in codes}
    found = PlanItem.objects.filter(programme__place=place).order_by("programme_id", "position")
    for code, number, name, removed in found.values_list(
        "programme__code", "plan_id", "name", "removed_at"
    ):
        taken[code].add(number)
        if removed is None:
            rows[code].append((number, name))
    return rows, taken
