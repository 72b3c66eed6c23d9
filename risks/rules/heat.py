"""The heat map: how many risks stand at each likelihood and impact, and which moved from where to where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from risks.rules.scores import Band, Lines, band

Step = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """One square: a likelihood, an impact, their product, its band, and how many stand there."""

    likelihood: int
    impact: int
    score: int
    band: Band
    count: int


def heat_map(
    counts: Mapping[Step, int], *, likelihoods: int, impacts: int, lines: Lines
) -> list[list[Cell]]:
    """The rows of the map, the highest likelihood first; ``counts`` by likelihood and impact. What lies outside the
    scales is on no square.
    """
    rows = []
    for likelihood in range(likelihoods, 0, -1):
        row = []
        for impact in range(1, impacts + 1):
            score = likelihood * impact
            found = band(score, lines)
            assert found is not None
            row.append(Cell(likelihood, impact, score, found, counts.get((likelihood, impact), 0)))
        rows.append(row)
    return rows


@dataclass(frozen=True)
class Moves:
    """Risks (by reference) that went from one square to another between two days."""

    start: Step
    end: Step
    risks: tuple[str, ...]

    @property
    def rose(self) -> bool:
        return self.end[0] * self.end[1] > self.start[0] * self.start[1]


def moves(stood: Mapping[tuple[Step | None, Step | None], Sequence[str]]) -> list[Moves]:
    """Of the risks by where they stood on two days those who stood elsewhere on the second, the highest squares first.

    Who had no square on one of the days has not moved on the map.
    """
    found = [
        Moves(start, end, tuple(risks))
        for (start, end), risks in stood.items()
        if start and end and start != end
    ]
    return sorted(found, key=lambda one: (-one.end[0] * one.end[1], one.start, one.end))
