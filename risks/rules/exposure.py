"""Exposure over time: what the open risks scored together at each month's end, in all and by register."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise


@dataclass(frozen=True)
class Life:
    """A risk's register, from when to when it stood in it, its scores, the oldest first, each from a day on, and the
    times in which it was closed: from the day on which it ended to that on which it was reopened.
    """

    register: str
    begins: date
    ends: date | None
    scores: tuple[tuple[date, int | None], ...]
    closed: tuple[tuple[date, date], ...] = ()

    def spans(self) -> Iterator[tuple[date, date | None]]:
        """From which day on to which it stood. On the day on which it ends it no longer stands, on that on which it is
        reopened it stands again.
        """
        begins = self.begins
        for ended, reopened in self.closed:
            yield begins, min(ended, self.ends or ended)
            begins = max(begins, reopened)
        yield begins, self.ends


def in_registers(
    now: str, left: Iterable[tuple[str, date]], *, begins: date, ends: date | None
) -> Iterator[tuple[str, date, date | None]]:
    """The registers in which a risk stood, each from when to when: those that it ``left``, the first first, each on a
    day, and the one in which it is ``now``. On the day on which it moves it stands in the new one.
    """
    for code, until in left:
        yield code, begins, until
        begins = until
    yield now, begins, ends


@dataclass(frozen=True)
class Exposure:
    """At a day's end: open risks, those scored among them at or above the line, and the sum of all scores."""

    day: date
    risks: int
    above: int
    score: int
    by_register: dict[str, int]


@dataclass
class _Register:
    """How much more stands from each of the days on than on the day before, and after the last of them."""

    risks: list[int]
    above: list[int]
    score: list[int]

    def add(self, first: int, stop: int, score: int, line: int) -> None:
        for changes, more in ((self.score, score), (self.above, int(score >= line))):
            changes[first] += more
            changes[stop] -= more


def exposures_at(lives: Iterable[Life], *, days: Sequence[date], line: int) -> list[Exposure]:
    """What stood open at the end of each of some days, the first first. A risk that ends on a day no longer stands.

    Each life is looked at once, however many days there are.
    """
    registers: dict[str, _Register] = defaultdict(
        lambda: _Register(*([0] * (len(days) + 1) for _ in range(3)))
    )
    for life in lives:
        for begins, ends in life.spans():
            first = bisect_left(days, begins)
            stop = bisect_left(days, ends) if ends else len(days)
            if first < stop:
                _stand(registers[life.register], life, first, stop, days, line)
    return _summed(registers, days)


def _stand(
    register: _Register, life: Life, first: int, stop: int, days: Sequence[date], line: int
) -> None:
    register.risks[first] += 1
    register.risks[stop] -= 1
    starts = [max(first, bisect_left(days, since)) for since, _ in life.scores]
    pieces = pairwise([*starts, stop])
    for (_, score), (start, end) in zip(life.scores, pieces, strict=True):
        if score and start < min(end, stop):
            register.add(start, min(end, stop), score, line)


def _summed(registers: Mapping[str, _Register], days: Sequence[date]) -> list[Exposure]:
    summed = {
        code: [list(accumulate(part)) for part in (one.risks, one.above, one.score)]
        for code, one in registers.items()
    }
    return [
        Exposure(
            day,
            risks=sum(risks[at] for risks, _, _ in summed.values()),
            above=sum(above[at] for _, above, _ in summed.values()),
            score=sum(score[at] for _, _, score in summed.values()),
            by_register={
                code: score[at] for code, (risks, _, score) in summed.items() if risks[at]
            },
        )
        for at, day in enumerate(days)
    ]
