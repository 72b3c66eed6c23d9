"""The first draft of a report's narrative: what its figures say, in sentences that the office edits."""

from collections import Counter
from collections.abc import Callable, Sequence

from boards.rules import agreed
from boards.rules.achievements import is_achievement
from boards.rules.exceptions import (
    early_rows,
    late_rows,
    off_track_rows,
    silent_rows,
    to_decide,
    to_know,
)
from boards.rules.facts import Facts, Row, is_complete, rag_now
from boards.rules.judgements import is_overdue, slip_of
from boards.rules.look_ahead import falls_due
from boards.rules.printed import name_of
from boards.rules.spans import span_after
from icp.common.words import british_date, plural, sentence_list
from programmes.rules.rag import OFF_TRACK, Rag, beyond_tolerance, early_beyond_tolerance

# So many rows, or programmes, are named in one sentence, and no more.
NAMED = agreed.NAMED
LONGEST_NAME = 100


def first_draft(kind: str, facts: Facts) -> str:
    """The draft for a kind of report; empty where its figures give none."""
    write = DRAFTS.get(kind)
    return write(facts) if write else ""


def achieved(facts: Facts) -> str:
    """How much was achieved and where, the milestones among it, and what came late."""
    rows = [row for row in facts.counted if is_achievement(row, facts)]
    if not rows:
        return ""
    by_then = british_date(facts.as_at)
    verb = "was" if len(rows) == 1 else "were"
    if facts.first_issue:
        said = [f"By {by_then}, {_counted(rows)} {verb} complete: {_where(rows, facts)}."]
    else:
        when = f"In {facts.period.name}"
        said = [f"{when}, {_counted(rows)} {verb} first reported complete: {_where(rows, facts)}."]
        done = [row for row in facts.counted if is_complete(row, facts)]
        every = plural(len(facts.counted), "task or milestone", "tasks and milestones")
        said.append(f"By {by_then}, {len(done):,} of {every} were complete.")
    late = [row for row in rows if (slip := slip_of(row, facts)) and slip.days > 0]
    if late:
        said.append(f"{_of(late, rows)} finished after the agreed day: {_named(late)}.")
    return _paragraphs(*said, _milestones(rows))


def ahead(facts: Facts) -> str:
    """How much falls due next and where, what of it its leads call off track, and what is overdue already."""
    following = span_after(facts.period)
    due = [row for row in facts.counted if falls_due(row, facts, following)]
    return _paragraphs(*_due(due, facts, following.name), *_overdue(facts))


def _due(due: list[Row], facts: Facts, month: str) -> list[str]:
    if not due:
        return []
    verb = "falls due" if len(due) == 1 else "fall due"
    said = [f"In {month}, {_counted(due)} {verb}: {_where(due, facts)}."]
    off = [row for row in due if rag_now(row, facts) in OFF_TRACK]
    if off:
        are = "is" if len(off) == 1 else "are"
        said.append(f"{_of(off, due)} {are} red or amber: {_named(off)}.")
    return [*said, _milestones(due)]


def _overdue(facts: Facts) -> list[str]:
    rows = [row for row in facts.counted if is_overdue(row, facts)]
    if not rows:
        return []
    first = sorted(rows, key=lambda row: row.finish or facts.as_at)
    are = "is" if len(rows) == 1 else "are"
    since = f", since {british_date(first[0].finish)} at the longest" if first[0].finish else ""
    return [
        f"{_counted(rows)} {are} overdue and still open{since}. The longest overdue: {_named(first)}."
    ]


def exceptional(facts: Facts) -> str:
    """What change control agreed, the first two kinds of exception among it; what is red and amber; and each of the
    other four kinds that there is (domain section 3).
    """
    return _paragraphs(
        agreed.narrative(facts),
        *_off_track(facts),
        _slipped(late_rows(facts), facts, "Late", "latest", beyond_tolerance),
        _slipped(early_rows(facts), facts, "Early", "earliest", early_beyond_tolerance),
        *_decisions(facts),
        *_need_to_know(facts),
    )


def _off_track(facts: Facts) -> list[str]:
    rows = off_track_rows(facts)
    silent = silent_rows(facts)
    said = []
    if rows:
        are = "is" if len(rows) == 1 else "are"
        red = [row for row in rows if rag_now(row, facts) == Rag.RED]
        named = f" Red: {_named(red)}." if red else ""
        said.append(f"{_counted(rows)} {are} red or amber: {_where(rows, facts)}.{named}")
    if silent:
        were, have = ("was", "has") if len(silent) == 1 else ("were", "have")
        said.append(
            f"{_counted(silent)} that {were} red or amber when last reported {have} no colour now: "
            f"{_where(silent, facts)}."
        )
    return said


def _slipped(
    rows: list[Row], facts: Facts, what: str, most: str, beyond: Callable[..., bool]
) -> str:
    """Late by more than the tolerance: 2 tasks, 2 in IT Enabler. The latest: IT 11 Lines, 4 months beyond the …

    ``beyond`` is the rule that says of a slip that it is one of this side.
    """
    if not rows:
        return ""
    slips = {id(row): _furthest(row, facts, beyond) for row in rows}
    by_days = sorted(rows, key=lambda row: -slips[id(row)][0])
    named = _named(by_days, lambda row: f", {slips[id(row)][1]}")
    said = f"{what} by more than the tolerance:"
    if len(rows) == 1:
        return f"{said} {named}."
    return f"{said} {_counted(rows)}, {_where(rows, facts)}. The {most}: {named}."


def _furthest(row: Row, facts: Facts, beyond: Callable[..., bool]) -> tuple[int, str]:
    """Days and words of the slip from the approved finish, or in total if that is further. A row may be late from the
    one and early from the other: only a slip that is ``beyond`` counts.
    """
    approved, total = slip_of(row, facts), agreed.slip_in_total(row, facts)
    slips = (
        (approved, approved.words if approved else ""),
        (total, agreed.total_words(row, facts)),
    )
    found = [
        (abs(slip.days), words)
        for slip, words in slips
        if slip and beyond(slip, months=row.tolerance_months)
    ]
    return max(found, key=lambda one: one[0])


def _decisions(facts: Facts) -> list[str]:
    lines = [
        f"{said.board_name or said.board} is asked to decide on {_called(row)}{_of_it(said.decision)}"
        for row, said in to_decide(facts)
    ]
    return _few(lines, "decision", "decisions")


def _need_to_know(facts: Facts) -> list[str]:
    lines = [
        f"The boards need to know of {_called(row)}{_of_it(said.note)}"
        for row, said in to_know(facts)
    ]
    return _few(lines, "matter to know", "matters to know")


def _few(lines: list[str], one: str, many: str) -> list[str]:
    rest = len(lines) - NAMED
    return [
        *lines[:NAMED],
        *([f"And {plural(rest, f'more {one}', f'more {many}')}."] if rest > 0 else []),
    ]


def _of_it(words: str) -> str:
    said = " ".join(words.split()).rstrip(".")
    return f": {said}." if said else "."


DRAFTS: dict[str, Callable[[Facts], str]] = {
    "achievements": achieved,
    "look-ahead": ahead,
    "exceptions": exceptional,
}


def _paragraphs(*said: str) -> str:
    return "\n\n".join(one for one in said if one)


def _counted(rows: Sequence[Row]) -> str:
    """5 tasks and 1 milestone"""
    milestones = sum(row.kind == "milestone" for row in rows)
    counts = ((len(rows) - milestones, "task"), (milestones, "milestone"))
    return sentence_list([plural(count, noun) for count, noun in counts if count])


def _where(rows: Sequence[Row], facts: Facts) -> str:
    """4 in Planned Care, 2 in IT Enabler and 1 in Estates: the most first, then in the place's order."""
    found = Counter(row.programme for row in rows).most_common()
    parts = [f"{count:,} in {name_of(code, facts)}" for code, count in found[:NAMED]]
    if rest := sum(count for _, count in found[NAMED:]):
        parts.append(f"{rest:,} in other programmes")
    return sentence_list(parts)


def _of(some: Sequence[Row], rows: Sequence[Row]) -> str:
    return "It" if len(rows) == 1 else f"{len(some):,} of them"


def _milestones(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row.kind == "milestone"]
    return f"Milestones among them: {_named(found)}." if found and len(rows) > 1 else ""


def _called(row: Row) -> str:
    """IT 11 New lines"""
    return f"{row.reference} {_shortened(row.name)}"


def _named(rows: Sequence[Row], more_of: Callable[[Row], str] = lambda _: "") -> str:
    """IT 11 New lines; EST 4 Lease signed; and 3 more. ``more_of`` says more of each."""
    parts = [f"{_called(row)}{more_of(row)}" for row in rows[:NAMED]]
    if len(rows) > NAMED:
        parts.append(f"and {len(rows) - NAMED:,} more")
    return "; ".join(parts)


def _shortened(name: str) -> str:
    words = " ".join(name.split()).rstrip(".;")
    return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME].rstrip()}…"
