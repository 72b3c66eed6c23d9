"""A programme's line on its place's page, ready for the template: counts, each with the list it counts."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from programmes.models import Place
from programmes.selectors.place import ProgrammeLine

TOTALS = ("last_red", "last_amber", "red", "amber", "overdue", "due", "undated")
# The rest of the RAG, beside red and amber, each with its word.
TALLIES = {
    "green": "green",
    "complete": "complete",
    "on_hold": "on hold",
    "not_started": "not started",
    "undeclared": "undeclared",
}
BAD = ("last_red", "red", "overdue")

# For each count the page and the filter whose list holds exactly the rows counted.
LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "last_red": ("rows", {"last_rag": "red"}),
    "last_amber": ("rows", {"last_rag": "amber"}),
    "red": ("rows", {"rag": "red"}),
    "amber": ("rows", {"rag": "amber"}),
    "overdue": ("rows", {"late": "on"}),
    "due": ("look-ahead", {}),
    "undated": ("rows", {"undated": "on"}),
    "green": ("rows", {"rag": "green"}),
    "complete": ("rows", {"rag": "complete"}),
    "on_hold": ("rows", {"rag": "on hold"}),
    "not_started": ("rows", {"rag": "not started"}),
    "undeclared": ("rows", {"rag": "none"}),
}


def address_of_count(place: str, name: str, *, programme: str = "") -> str:
    """The list of the rows that the count ``name`` counts, in the whole place or in one programme."""
    page, asked = LISTS[name]
    if programme:
        asked = {"programme": programme, **asked}
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse(page, kwargs={"place": place}) + query


@dataclass(frozen=True)
class PlaceRow:
    """One row of the table; ``counts`` in the order of :data:`TOTALS`, ``tallied`` in that of
    :data:`TALLIES`. Equal rows are drawn once.
    """

    place: str
    code: str
    name: str
    state: str
    depth: int
    leads: tuple[str, ...]
    return_state: str
    last_reported: str
    counts: tuple[int, ...]
    tallied: tuple[int, ...]

    @property
    def href(self) -> str:
        return reverse("programme", kwargs={"place": self.place, "code": self.code})

    @property
    def cells(self) -> list[dict[str, Any]]:
        return [
            {
                "label": name.replace("_", " "),
                "count": count,
                "href": address_of_count(self.place, name, programme=self.code),
                "bad": bool(count) and name in BAD,
            }
            for name, count in zip(TOTALS, self.counts, strict=True)
        ]

    @property
    def tallies(self) -> list[dict[str, Any]]:
        return tallies_of(self.place, self.tallied, programme=self.code)


def tallies_of(place: str, counts: tuple[int, ...], *, programme: str = "") -> list[dict[str, Any]]:
    """The counts of :data:`TALLIES` that are not nought, each with its words and the list it counts."""
    return [
        {
            "name": name.replace("_", "-"),
            "words": f"{count:,} {words}",
            "href": address_of_count(place, name, programme=programme),
        }
        for (name, words), count in zip(TALLIES.items(), counts, strict=True)
        if count
    ]


def place_row(line: ProgrammeLine, *, place: Place) -> PlaceRow:
    return PlaceRow(
        place=place.slug,
        code=line.programme.code,
        name=line.programme.name,
        state=line.programme.state,
        depth=line.depth,
        leads=tuple(line.leads),
        return_state=line.return_state,
        last_reported=line.last_reported,
        counts=tuple(getattr(line, name) for name in TOTALS),
        tallied=tuple(getattr(line, name) for name in TALLIES),
    )
