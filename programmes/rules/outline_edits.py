"""Editing an outline: rows put in, moved, taken out and brought back (domain section 2).

An outline is its rows in the author's order, each under the row that is its heading. A row that is taken out
keeps its place and its number, so that its history stands and it can come back. Every edit gives a new
outline that is sound (:func:`is_sound`); what would not be is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

# Room left between the positions of two rows, so that a row put between them moves no other.
STEP = 1024
# How long a row's number may be, and with how many digits one still counts for the next.
LONGEST_NUMBER, MOST_DIGITS = 20, 9


class CannotEdit(ValueError):
    """The outline does not allow this. ``str()`` says why."""


@dataclass(frozen=True)
class OutlineLine:
    """One row: its key, the key of its heading (None at the top), and whether it was taken out."""

    key: int
    parent: int | None = None
    removed: bool = False


Lines = tuple[OutlineLine, ...]


def is_sound(lines: Sequence[OutlineLine]) -> bool:
    """Each row once, each after its heading with nothing of another heading between, none under a removed one."""
    return len({line.key for line in lines}) == len(lines) and _hangs_together(lines)


def _hangs_together(lines: Sequence[OutlineLine]) -> bool:
    path: list[OutlineLine] = []
    for line in lines:
        while path and path[-1].key != line.parent:
            path.pop()
        if line.parent is not None and not path:
            return False
        if path and path[-1].removed and not line.removed:
            return False
        path.append(line)
    return True


def depths(lines: Sequence[OutlineLine]) -> list[int]:
    """How deep each row of a sound outline stands; 1 at the top."""
    found: dict[int, int] = {}
    for line in lines:
        found[line.key] = 1 if line.parent is None else found[line.parent] + 1
    return list(found.values())


def block_of(lines: Lines, key: int) -> range:
    """Where a row and all that stands below it are."""
    start = _at(lines, key)
    inside = {key}
    end = start + 1
    while end < len(lines) and lines[end].parent in inside:
        inside.add(lines[end].key)
        end += 1
    return range(start, end)


def inserted(lines: Lines, key: int, *, parent: int | None, after: int | None) -> Lines:
    """With a new row under ``parent``, after the row ``after`` of the same heading, else first under it.

    Raises:
        CannotEdit: the number is taken, the heading was removed, or ``after`` stands under another one.
    """
    if any(line.key == key for line in lines):
        raise CannotEdit("This row is in the plan already.")
    return _put(lines, (OutlineLine(key, parent),), parent=parent, after=after)


def moved(lines: Lines, key: int, *, parent: int | None, after: int | None) -> Lines:
    """With the row, and all below it, under ``parent`` after the row ``after``, else first under it.

    Raises:
        CannotEdit: the row or the heading was removed, the heading is the row itself or below it, or ``after`` stands
            under another heading.
    """
    where = block_of(lines, key)
    block = lines[where.start : where.stop]
    if block[0].removed:
        raise CannotEdit("This row was removed: bring it back first.")
    if parent in {line.key for line in block}:
        raise CannotEdit("A row cannot stand under itself or under a row below it.")
    if after == key:
        raise CannotEdit("A row cannot follow itself.")
    rest = lines[: where.start] + lines[where.stop :]
    return _put(rest, (replace(block[0], parent=parent), *block[1:]), parent=parent, after=after)


def _put(lines: Lines, block: Lines, *, parent: int | None, after: int | None) -> Lines:
    if parent is not None and lines[_at(lines, parent)].removed:
        raise CannotEdit("That heading was removed from the plan.")
    if after is None:
        where = 0 if parent is None else _at(lines, parent) + 1
    elif lines[_at(lines, after)].parent != parent:
        raise CannotEdit("The row that it should follow stands under another heading.")
    else:
        where = block_of(lines, after).stop
    return lines[:where] + block + lines[where:]


def moved_up(lines: Lines, key: int) -> Lines:
    """With the row before the one above it under the same heading.

    Raises:
        CannotEdit: it is the first.
    """
    siblings = _siblings(lines, key)
    index = siblings.index(key)
    if index == 0:
        raise CannotEdit("It is the first row under its heading already.")
    after = siblings[index - 2] if index > 1 else None
    return moved(lines, key, parent=_line(lines, key).parent, after=after)


def moved_down(lines: Lines, key: int) -> Lines:
    """With the row after the one below it under the same heading.

    Raises:
        CannotEdit: it is the last.
    """
    siblings = _siblings(lines, key)
    index = siblings.index(key)
    if index == len(siblings) - 1:
        raise CannotEdit("It is the last row under its heading already.")
    return moved(lines, key, parent=_line(lines, key).parent, after=siblings[index + 1])


def indented(lines: Lines, key: int) -> Lines:
    """With the row as the last under the row above it, which becomes its heading.

    Raises:
        CannotEdit: there is no row above it under the same heading.
    """
    siblings = _siblings(lines, key)
    index = siblings.index(key)
    if index == 0:
        raise CannotEdit("There is no row above it, under the same heading, to stand under.")
    heading = siblings[index - 1]
    return moved(lines, key, parent=heading, after=_last_below(lines, heading))


def outdented(lines: Lines, key: int) -> Lines:
    """With the row right after its heading, one level further out.

    Raises:
        CannotEdit: it stands at the top already.
    """
    heading = _line(lines, key).parent
    if heading is None:
        raise CannotEdit("It stands at the top level already.")
    return moved(lines, key, parent=_line(lines, heading).parent, after=heading)


def removed(lines: Lines, key: int) -> Lines:
    """With the row, and all that stands below it, taken out. What is out already stays so."""
    where = block_of(lines, key)
    return tuple(
        replace(line, removed=True) if index in where else line for index, line in enumerate(lines)
    )


def restored(lines: Lines, key: int) -> Lines:
    """With the row back: where it stood, or after its nearest heading that is in the plan, if its own is not.

    What stood below it stays out: each row comes back by itself. A row that is not out stays as it is.
    """
    line = _line(lines, key)
    if not line.removed:
        return lines
    outermost = None
    heading = line.parent
    while heading is not None:
        found = _line(lines, heading)
        outermost = heading if found.removed else outermost
        heading = found.parent
    where = block_of(lines, key)
    back = (replace(line, removed=False), *lines[where.start + 1 : where.stop])
    if outermost is None:
        return lines[: where.start] + back + lines[where.stop :]
    rest = lines[: where.start] + lines[where.stop :]
    parent = _line(lines, outermost).parent
    return _put(rest, (replace(back[0], parent=parent), *back[1:]), parent=parent, after=outermost)


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


def next_number(numbers: Iterable[str]) -> str:
    """The number proposed for a new row: one above the highest there ever was, removed rows' included.

    One of more than :data:`MOST_DIGITS` does not count: nobody could quote what comes after it.
    """
    used = set(numbers)
    found = highest_number(used) + 1
    while str(found) in used:
        found += 1
    return str(found)


def highest_number(numbers: Iterable[str]) -> int:
    """The highest of those that are whole numbers of at most :data:`MOST_DIGITS`; 0 for none."""
    return max(
        (int(t) for t in numbers if t.isascii() and t.isdigit() and len(t) <= MOST_DIGITS),
        default=0,
    )


def is_number(text: str) -> bool:
    """Whether a row can be called so: it can be printed, and its page can have an address (no slash, no lone dots)."""
    return (
        0 < len(text) <= LONGEST_NUMBER
        and text.isprintable()
        and "/" not in text
        and text.strip(".") != ""
    )


def _at(lines: Lines, key: int) -> int:
    for index, line in enumerate(lines):
        if line.key == key:
            return index
    raise CannotEdit("There is no such row in this plan.")


def _line(lines: Lines, key: int) -> OutlineLine:
    return lines[_at(lines, key)]


def _siblings(lines: Lines, key: int) -> list[int]:
    """The rows in the plan under the same heading, in order, the row itself among them."""
    line = _line(lines, key)
    if line.removed:
        raise CannotEdit("This row was removed: bring it back first.")
    return [one.key for one in lines if one.parent == line.parent and not one.removed]


def _last_below(lines: Lines, heading: int) -> int | None:
    below = [one.key for one in lines if one.parent == heading]
    return below[-1] if below else None
