"""From when until when somebody belonged to a place, told from who held what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Held:
    """From ``at`` on, ``person`` held ``thing`` (a role, a seat, a duty, a post); None: nobody did."""

    thing: tuple[str, int]
    at: datetime
    person: int | None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``since`` belongs to it, ``until`` does not; None: it goes on."""

    since: datetime
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def spans(history: Iterable[Held]) -> dict[int, list[Span]]:
    """Each person's spans in order, none touching another: they belong while they hold anything at all.

    ``history`` has the changes of each thing together, in the order in which they happened.
    """
    found: dict[int, list[Span]] = defaultdict(list)
    for _, changes in groupby(history, key=lambda one: one.thing):
        told = list(changes)
        for one, after in zip(told, [*told[1:], None], strict=True):
            until = after.at if after else None
            if one.person is not None and (until is None or one.at < until):
                found[one.person].append(Span(one.at, until))
    return {
        person: _joined(sorted(each, key=lambda span: span.since)) for person, each in found.items()
    }


def _joined(ordered: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in ordered:
        last = joined[-1] if joined else None
        if last is None or (last.until is not None and last.until < span.since):
            joined.append(span)
        elif last.until is not None and (span.until is None or span.until > last.until):
            joined[-1] = Span(last.since, span.until)
    return joined
