"""What dependencies warn of, in words: for the plan's page, a row's page and the list of the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse

from icp.common.words import capitalised, plural, sentence_list, short_date
from programmes.models import Place
from programmes.rules.dependencies import Judged, Link, Pushed
from programmes.selectors.dependencies import Linked, LinkedRow, linked_rows


class Concern(StrEnum):
    """What a warning is about, the gravest first."""

    BROKEN = "broken"
    CIRCULAR = "circular"
    REMOVED = "removed"
    UNDATED = "undated"
    CRITICAL = "critical"
    DRIVING = "driving"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Concern.BROKEN: "Broken: its dates contradict it",
    Concern.CIRCULAR: "Circular",
    Concern.REMOVED: "Waits for a removed row",
    Concern.UNDATED: "Cannot be checked: a date is missing",
    Concern.CRITICAL: "Critical: no slack",
    Concern.DRIVING: "Driven by another row",
}
COLUMNS = ("row", "programme", "name", "warning", "in words")


@dataclass(frozen=True)
class Warned:
    """One warning of one row. ``words`` is a sentence that stands by itself beside the row."""

    concern: Concern
    reference: str
    name: str
    code: str
    programme: str
    href: str
    words: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.reference, self.programme, self.name, self.concern.label, self.words)


@dataclass(frozen=True)
class PushedLine:
    """A row that a slip would push, as the row's page prints it."""

    reference: str
    name: str
    programme: str
    href: str
    finish: str
    would_be: str
    by: str
    owed: str
    via: str


def warnings_of(linked: Linked, *, place: Place) -> list[Warned]:
    """Every warning of the place, the gravest first, then in plan order."""
    found = [
        *(
            (Concern.BROKEN, one.link.after, _broken(one, linked))
            for one in linked.network.broken()
        ),
        *_circular(linked),
        *((Concern.REMOVED, one.after, _removed(one, linked)) for one in linked.removed),
        *_undated(linked),
        *(
            (Concern.CRITICAL, row, CRITICAL)
            for row in sorted_in(linked, linked.network.critical())
        ),
        *(
            (Concern.DRIVING, row, _driven(judged, linked))
            for row, judged in linked.network.driving().items()
        ),
    ]
    return [
        _warned(concern, linked.rows[row], words, place=place)
        for concern, row, words in found
        if not linked.rows[row].is_outside
    ]


def flags_of(*, place: Place, today: date) -> dict[str, list[str]]:
    """For a plan's page: the sentences by the row's reference. Each is named, since it stands among others."""
    found: dict[str, list[str]] = {}
    for one in warnings_of(linked_rows(place=place, today=today), place=place):
        found.setdefault(one.reference, []).append(f"{one.concern.value.capitalize()}: {one.words}")
    return found


CRITICAL = "It has no slack: if it slips, the last row of its programme, or of one that waits for it, slips too."


def sorted_in(linked: Linked, rows: Iterable[str]) -> list[str]:
    """The rows in the order in which the plans name them."""
    order = {row: number for number, row in enumerate(linked.rows)}
    return sorted(rows, key=lambda row: order[row])


def _warned(concern: Concern, row: LinkedRow, words: str, *, place: Place) -> Warned:
    return Warned(
        concern, row.reference, row.name, row.code, row.programme, _address(row, place), words
    )


def _address(row: LinkedRow, place: Place) -> str:
    parts = {"place": place.slug, "code": row.code, "plan_id": row.plan_id}
    return reverse("item", kwargs=parts)


def _broken(judged: Judged, linked: Linked) -> str:
    starts = _binds_a_start(judged, linked)
    verb, may = ("Starts", "start") if starts else ("Finishes", "finish")
    return (
        f"{verb} on {short_date(judged.stands)}, but {_awaits(judged.link, linked)}, so it may {may} on"
        f" {short_date(judged.earliest)} at the earliest: {plural(-judged.slack, 'working day')} too early."
    )


def _binds_a_start(judged: Judged, linked: Linked) -> bool:
    """A milestone, and a row of which only a finish is known, stands at its finish."""
    return judged.binds_start and not linked.network.rows[judged.link.after].is_point


def _awaits(link: Link, linked: Linked) -> str:
    """It waits for EST 4 to finish on 10 Mar 2020, plus 2 working days."""
    row, dates = linked.rows[link.before], linked.network.rows[link.before]
    finishes = link.kind in ("FS", "FF")
    day = dates.finish if finishes else dates.begins
    if row.is_outside:
        words = f"waits for “{row.name}”"
        return f"{words}, promised for {short_date(day)}{_lag(link)}" if day else words
    what = "finish" if finishes else "start"
    late = " (overdue, so today at the earliest)" if row.overdue and finishes else ""
    dated = f" on {short_date(day)}{late}{_lag(link)}" if day else ""
    return f"waits for {row.reference} to {what}{dated}"


def _lag(link: Link) -> str:
    if not link.lag:
        return ""
    return f", {'plus' if link.lag > 0 else 'less'} {plural(abs(link.lag), 'working day')}"


def _circular(linked: Linked) -> list[tuple[Concern, str, str]]:
    return [
        (Concern.CIRCULAR, row, f"Waits in a circle: {', '.join(path)}. No dates can satisfy it.")
        for path in linked.network.circles()
        for row in path[:-1]
    ]


def _removed(link: Link, linked: Linked) -> str:
    return f"Waits for {linked.rows[link.before].reference}, which was removed from its plan."


def _undated(linked: Linked) -> list[tuple[Concern, str, str]]:
    dates = linked.network.rows
    found = []
    for link in linked.network.links:
        before, after = dates[link.before], dates[link.after]
        if before.done or after.done:
            continue
        if before.finish is None:
            words = (
                f"{capitalised(_awaits(link, linked))}, which has no date: it cannot be checked."
            )
        elif after.finish is None:
            words = f"{capitalised(_awaits(link, linked))}, and has no finish itself: it cannot be checked."
        else:
            continue
        found.append((Concern.UNDATED, link.after, words))
    return found


def _driven(judged: list[Judged], linked: Linked) -> str:
    rows = sentence_list([linked.rows[one.link.before].reference for one in judged])
    one = judged[0]
    end = "start" if _binds_a_start(one, linked) else "finish"
    slack = (
        f"with {plural(one.slack, 'working day')} of slack" if one.slack > 0 else "without slack"
    )
    return f"Its earliest {end}, {short_date(one.earliest)}, is fixed by {rows}, {slack}."


def pushed_lines(pushed: Iterable[Pushed], linked: Linked, *, place: Place) -> list[PushedLine]:
    return [_pushed_line(one, linked, place) for one in pushed]


def _pushed_line(one: Pushed, linked: Linked, place: Place) -> PushedLine:
    row = linked.rows[one.row]
    return PushedLine(
        reference=row.reference,
        name=row.name,
        programme=row.programme,
        href=_address(row, place),
        finish=short_date(one.finish),
        would_be=short_date(one.would_be),
        by=plural(one.by, "working day"),
        owed=f"{plural(one.owed, 'working day')} of it is owed already" if one.owed else "",
        via=linked.rows[one.via].reference,
    )
