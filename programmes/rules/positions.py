"""Where rows stand in their author's order, with as few rows written as will do."""

from collections.abc import Iterable, Sequence

# Room left between the positions of two rows, so that a row put between them moves no other.
STEP = 1024


def positions(current: Sequence[int | None]) -> list[int]:
    """Rising positions for rows in their new order, with as few changed as room allows.

    ``current`` is what each row has, None for a new one. Rows that moved are given positions between
    their neighbours; where there is no room all rows are spaced anew.
    """
    kept = longest_rising(current)
    found: list[int] = []
    for start, stop in _gaps(kept, len(current)):
        low = current[start - 1] if start else 0
        high = current[stop] if stop < len(current) else None
        room = (STEP * (stop - start + 1)) if high is None else high - (low or 0)
        if room <= stop - start:
            return [STEP * (index + 1) for index in range(len(current))]
        step = room // (stop - start + 1)
        found += [(low or 0) + step * (index + 1) for index in range(stop - start)]
        if high is not None:
            found.append(high)
    return found


def _gaps(kept: set[int], count: int) -> Iterable[tuple[int, int]]:
    """The stretches between rows that keep their position, each with where it stops."""
    start = 0
    for index in range(count + 1):
        if index in kept or index == count:
            yield start, index
            start = index + 1


def longest_rising(current: Sequence[int | None]) -> set[int]:
    """Which rows may keep their positions, by index: the longest rising run of them, above 0."""
    best: list[int] = []
    before: dict[int, int | None] = {}
    for index, value in enumerate(current):
        if value is None or value < 1:
            continue
        low, high = 0, len(best)
        while low < high:
            middle = (low + high) // 2
            if (current[best[middle]] or 0) < value:
                low = middle + 1
            else:
                high = middle
        before[index] = best[low - 1] if low else None
        best[low : low + 1] = [index]
    kept: set[int] = set()
    last = best[-1] if best else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
