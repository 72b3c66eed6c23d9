"""Rows and the links between them as a graph: an order, and the circles that forbid one. Without recursion, since
a chain may be as long as a plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

# What begins with the row before and the row after.
Pair = tuple[Any, ...]


def in_order(rows: Iterable[str], links: Iterable[Pair]) -> list[str]:
    """The rows so that each comes after those it waits for. The links hold no circle."""
    rows = set(rows)
    waits: dict[str, int] = dict.fromkeys(sorted(rows), 0)
    onward: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link[0] in rows and link[1] in rows:
            onward[link[0]].append(link[1])
            waits[link[1]] += 1
    ready = [row for row, count in waits.items() if count == 0]
    found = []
    while ready:
        row = ready.pop(0)
        found.append(row)
        for after in onward[row]:
            waits[after] -= 1
            if waits[after] == 0:
                ready.append(after)
    return found


def knots(links: Iterable[Pair]) -> list[set[str]]:
    """The sets of rows that can each be reached from each other: where the circles are. Without recursion,
    since a chain may be as long as a plan.
    """
    onward: dict[str, list[str]] = defaultdict(list)
    backward: dict[str, list[str]] = defaultdict(list)
    for link in links:
        onward[link[0]].append(link[1])
        backward[link[1]].append(link[0])
    seen: set[str] = set()
    found = []
    for start in reversed(_finished({*onward, *backward}, onward)):
        if start in seen:
            continue
        knot, waiting = {start}, [start]
        seen.add(start)
        while waiting:
            fresh = [row for row in backward[waiting.pop()] if row not in seen]
            seen.update(fresh)
            knot.update(fresh)
            waiting += fresh
        if len(knot) > 1:
            found.append(knot)
    return found


def _finished(rows: set[str], onward: Mapping[str, list[str]]) -> list[str]:
    """The rows as a walk in depth leaves them, last left last."""
    seen: set[str] = set()
    order: list[str] = []
    for start in sorted(rows):
        if start in seen:
            continue
        seen.add(start)
        walk = [(start, iter(onward.get(start, ())))]
        while walk:
            row, rest = walk[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                order.append(row)
                walk.pop()
            else:
                seen.add(following)
                walk.append((following, iter(onward.get(following, ()))))
    return order


def circle_in(knot: set[str], links: Iterable[Pair]) -> list[str]:
    """A shortest way from the least row of the knot back to it."""
    onward: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link[0] in knot and link[1] in knot:
            onward[link[0]].append(link[1])
    first = min(knot)
    came_from: dict[str, str] = {}
    waiting = [first]
    while waiting:
        row = waiting.pop(0)
        for after in sorted(onward[row]):
            if after == first:
                path = [row]
                while path[-1] != first:
                    path.append(came_from[path[-1]])
                return [*reversed(path), first]
            if after not in came_from:
                came_from[after] = row
                waiting.append(after)
    raise AssertionError("A knot holds a circle.")
