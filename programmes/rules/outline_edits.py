"""Editing an outline: rows put in, moved, taken out and brought back (domain section 2).

An outline is its rows in the author's order, each under the row that is its heading. A row that is taken out
keeps its place and its number, so that its history stands and it can come back. Every edit gives a new
outline that is sound (:func:`is_sound`); what would not be is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

NOT_THERE = "There is no such row in this plan."


class CannotEdit(ValueError):
    """The outline does not allow this. ``str()`` says why."""


@dataclass(frozen=True)
class NewLine:
    """A row to put in: its key, that of its heading (None at the top), and the row that it follows there (None: it
    is the first). Either may be a new row that is put in with it.
    """

    key: int
    parent: int | None = None
    after: int | None = None


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
    return inserted_all(lines, [NewLine(key, parent, after)])


def inserted_all(lines: Lines, new: Sequence[NewLine]) -> Lines:
    """With these new rows; those that follow the same row stand in the order that they are given in.

    Each row is looked at once, however many are new.

    Raises:
        CannotEdit: a number is taken, a heading was removed, or a row to follow stands under another one.
    """
    there = {line.key: line for line in lines}
    below: dict[int | None, list[int]] = defaultdict(list)
    follow: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for line in lines:
        below[line.parent].append(line.key)
    for one in new:
        _check_new(one, there)
        there[one.key] = OutlineLine(one.key, one.parent)
        follow[one.parent, one.after].append(one.key)
    return tuple(there[key] for key in _walked(below, follow, there))


def _check_new(one: NewLine, there: Mapping[int, OutlineLine]) -> None:
    if one.key in there:
        raise CannotEdit("This row is in the plan already.")
    if any(key is not None and key not in there for key in (one.parent, one.after)):
        raise CannotEdit(NOT_THERE)
    if one.parent is not None and there[one.parent].removed:
        raise CannotEdit("That heading was removed from the plan.")
    if one.after is not None and there[one.after].parent != one.parent:
        raise CannotEdit("The row that it should follow stands under another heading.")


def _walked(
    below: Mapping[int | None, list[int]],
    follow: Mapping[tuple[int | None, int | None], list[int]],
    there: Mapping[int, OutlineLine],
) -> Iterator[int]:
    """Each row in order: after it what stands below it, then the new rows that follow it."""
    waiting: list[int] = []

    def open_heading(key: int | None) -> None:
        waiting.extend(reversed(below.get(key, ())))
        waiting.extend(reversed(follow.get((key, None), ())))

    open_heading(None)
    while waiting:
        key = waiting.pop()
        yield key
        waiting.extend(reversed(follow.get((there[key].parent, key), ())))
        open_heading(key)


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
    _at(lines, key)
    return removed_all(lines, {key})


def removed_all(lines: Lines, keys: Collection[int]) -> Lines:
    """With these rows, and all that stands below them, taken out. Each row is looked at once."""
    gone: set[int] = set()
    for line in lines:
        if line.key in keys or line.parent in gone:
            gone.add(line.key)
    return tuple(replace(line, removed=True) if line.key in gone else line for line in lines)


def restored_all(lines: Lines, keys: Iterable[int]) -> Lines:
    """With these rows back, one after the other: each where it stood, or after the furthest of its headings that are
    not in the plan; of those that come back out of one heading each stands after the one before.

    What stood below one stays out: each row comes back by itself. One that is not out stays as it is. Each other row
    is looked at once.

    Raises:
        CannotEdit: there is no such row.
    """
    there = {line.key: line for line in lines}
    below: dict[int | None, list[int]] = defaultdict(list)
    for line in lines:
        below[line.parent].append(line.key)
    last: dict[int, int] = {}
    for key in keys:
        if key not in there:
            raise CannotEdit(NOT_THERE)
        if not there[key].removed:
            continue
        old, parent, out = there[key].parent, there[key].parent, _outermost_out(there, key)
        if out is not None:
            parent = there[out].parent
            below[old].remove(key)
            below[parent].insert(below[parent].index(last.get(out, out)) + 1, key)
            last[out] = key
        there[key] = OutlineLine(key, parent)
    return tuple(there[key] for key in _walked(below, {}, there))


def _outermost_out(there: Mapping[int, OutlineLine], key: int) -> int | None:
    """The furthest of the headings above a row that is not in the plan."""
    found, heading = None, there[key].parent
    while heading is not None:
        found = heading if there[heading].removed else found
        heading = there[heading].parent
    return found


def _at(lines: Lines, key: int) -> int:
    for index, line in enumerate(lines):
        if line.key == key:
            return index
    raise CannotEdit(NOT_THERE)


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
