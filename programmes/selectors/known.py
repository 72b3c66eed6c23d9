"""What a place has that a plan file may refer to."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from programmes.importers.plan import Known
from programmes.models import Place, PlanItem, Programme
from programmes.selectors.periods import holidays_of
from programmes.selectors.posts import posts_by_word


class _Rows:
    """The rows of a place's plans, loaded once somebody asks for them: a file with our numbers does without."""

    def __init__(self, place: Place, codes: Collection[str]) -> None:
        self.place, self.codes = place, codes

    @cached_property
    def named(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        return self._both[0]

    @cached_property
    def taken(self) -> Mapping[str, Collection[str]]:
        return self._both[1]

    @cached_property
    def _both(self) -> tuple[dict[str, list[tuple[str, str]]], dict[str, set[str]]]:
        rows: dict[str, list[tuple[str, str]]] = {code: [] for code in self.codes}
        taken: dict[str, set[str]] = {code: set() for code in self.codes}
        found = PlanItem.objects.filter(programme__place=self.place)
        fields = ("programme__code", "plan_id", "name", "removed_at")
        for code, number, name, removed in found.order_by("programme_id", "position").values_list(
            *fields
        ):
            taken[code].add(number)
            if removed is None:
                rows[code].append((number, name))
        return rows, taken


class _Asked(Mapping[str, Any]):
    """By programme, when it is first looked at."""

    def __init__(self, load: Callable[[], Mapping[str, Any]]) -> None:
        self.load = load

    def __getitem__(self, code: str) -> Any:
        return self.load()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.load())

    def __len__(self) -> int:
        return len(self.load())


def known_of(*, place: Place, programme: str = "") -> Known:
    """For reading a plan file of any kind. ``programme`` is the code that was said to be meant. Two queries, and one
    more where the file is of a kind that needs the rows that are there.
    """
    programmes = list(Programme.objects.in_place(place).in_order().values_list("code", "name"))
    there = _Rows(place, [code for code, _ in programmes])
    return Known(
        programmes={code for code, _ in programmes},
        posts=posts_by_word(place=place),
        programme=programme,
        names={word.casefold(): code for code, name in programmes for word in (code, name)},
        rows=_Asked(lambda: there.named),
        taken=_Asked(lambda: there.taken),
        holidays=holidays_of(place),
    )
