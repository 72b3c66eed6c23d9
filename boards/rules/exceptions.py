"""The exception report: red and amber by programme, the six kinds, and what was put right (domain section 3)."""

from collections.abc import Iterable, Iterator, Mapping

from boards.rules import agreed
from boards.rules.facts import (
    Facts,
    Row,
    Said,
    first_complete,
    is_complete,
    rag_before,
    rag_now,
    this_period,
    was_off_track,
)
from boards.rules.judgements import (
    is_early_beyond_tolerance,
    is_late_beyond_tolerance,
    slip_of,
)
from boards.rules.printed import Content, is_now_green, row_content, section
from icp.common.words import british_date, plural
from programmes.rules.rag import OFF_TRACK

RED_AND_AMBER = "Red and amber"
NO_COLOUR = "Was red or amber, and has no colour now"
NEW = "1. New projects, deliverables and milestones"
REMOVED = "2. Removed projects, deliverables and milestones"
LATE = "3. Late by more than the tolerance"
EARLY = "4. Early by more than the tolerance"
DECISIONS = "5. Decision needed"
NEED_TO_KNOW = "6. Need to know"
CORRECTED = "Corrections of rows not listed above"
BY_CHANGE_CONTROL = "None was agreed by change request in this period."


def sections(facts: Facts) -> list[Content]:
    exceptional = _exceptional_sections(facts)
    listed = {(row["programme"], row["plan_id"]) for found in exceptional for row in found["rows"]}
    every = (*facts.counted, *(row for row in facts.gone if not row.is_summary))
    others = (row for row in every if (row.programme, row.plan_id) not in listed)
    return [*exceptional, section(CORRECTED, corrections(others, facts))]


def _exceptional_sections(facts: Facts) -> list[Content]:
    return [
        section(
            RED_AND_AMBER,
            red_and_amber(facts),
            empty="No lead reported a row red or amber in this period.",
        ),
        section(
            NO_COLOUR,
            sharing(_silent(row, facts) for row in silent_rows(facts)),
            empty="Every row that was red or amber when last reported has a colour in this period.",
        ),
        section(NEW, _agreed(facts, agreed.ADDED, agreed.RESTORED), empty=BY_CHANGE_CONTROL),
        section(REMOVED, _agreed(facts, agreed.REMOVED), empty=BY_CHANGE_CONTROL),
        section(
            LATE,
            (_exceptional(row, facts, because=_slip_words(row, facts)) for row in late_rows(facts)),
        ),
        section(
            EARLY,
            (
                _exceptional(row, facts, because=_slip_words(row, facts))
                for row in early_rows(facts)
            ),
        ),
        section(DECISIONS, _decisions(facts)),
        section(NEED_TO_KNOW, _need_to_know(facts)),
    ]


def is_late(row: Row, facts: Facts) -> bool:
    """Against the approved baseline, or in total since the first one."""
    return is_late_beyond_tolerance(row, facts) or agreed.is_late_in_total(row, facts)


def is_early(row: Row, facts: Facts) -> bool:
    """Against the approved baseline, or in total since the first one."""
    return is_early_beyond_tolerance(row, facts) or agreed.is_early_in_total(row, facts)


def late_rows(facts: Facts) -> list[Row]:
    """The third kind, in the plan's order."""
    return [row for row in facts.counted if _counts_still(row, facts) and is_late(row, facts)]


def early_rows(facts: Facts) -> list[Row]:
    """The fourth kind, in the plan's order."""
    return [row for row in facts.counted if _counts_still(row, facts) and is_early(row, facts)]


def off_track_rows(facts: Facts) -> list[Row]:
    """Those a lead reported red or amber, in the plan's order."""
    return [row for row in facts.counted if rag_now(row, facts) in OFF_TRACK]


def silent_rows(facts: Facts) -> list[Row]:
    """Those that have lost their colour, in the plan's order."""
    return [row for row in facts.counted if has_lost_its_colour(row, facts)]


def to_decide(facts: Facts) -> list[tuple[Row, Said]]:
    """The fifth kind, in the plan's order, each with what was said of it: a board is asked to decide."""
    return [(row, said) for row, said in _said_now(facts) if said.board]


def to_know(facts: Facts) -> list[tuple[Row, Said]]:
    """The sixth kind, in the plan's order, each with what was said of it: the boards need to know."""
    return [(row, said) for row, said in _said_now(facts) if said.need_to_know]


def _said_now(facts: Facts) -> Iterator[tuple[Row, Said]]:
    return ((row, said) for row in facts.counted if (said := this_period(row, facts)))


def _agreed(facts: Facts, *kinds: str) -> list[Content]:
    """Rows that came or went by an agreed change request of the period."""
    return [
        _exceptional(change.row, facts, because=agreed.because(change), what=agreed.what(change))
        for change in agreed.in_period(facts, *kinds)
    ]


def red_and_amber(facts: Facts) -> list[Content]:
    """Every row a lead reported red or amber, with reason and plan, and with whom it shares them."""
    return sharing(
        _exceptional(row, facts, because=f"Reported {rag_now(row, facts)} by its lead")
        for row in off_track_rows(facts)
    )


def corrections(rows: Iterable[Row], facts: Facts) -> list[Content]:
    """Those of ``rows`` whose status in this period puts right what a closed one said of them."""
    return [
        _exceptional(row, facts, because=_then_and_now(row, facts))
        for row in rows
        if (said := this_period(row, facts)) and said.is_correction
    ]


def _then_and_now(row: Row, facts: Facts) -> str:
    before, now = rag_before(row, facts), rag_now(row, facts)
    then = f"Reported {before.rag} in {before.period.name}" if before else "Not reported before"
    left = "; no longer in the plan" if row in facts.gone else ""
    return f"{then}; now {now or 'without a RAG'}{left}"


def has_lost_its_colour(row: Row, facts: Facts) -> bool:
    """Red or amber when last reported; now neither red, amber, green nor complete. It must not vanish."""
    return (
        was_off_track(row, facts)
        and rag_now(row, facts) not in OFF_TRACK
        and not is_now_green(row, facts)
    )


def _silent(row: Row, facts: Facts) -> Content:
    before, said = rag_before(row, facts), this_period(row, facts)
    assert before is not None
    handed_in = any(p.code == row.programme and p.handed_in for p in facts.programmes)
    if said and said.rag:
        now = f"now {said.rag}"
    elif handed_in:
        now = f"the return for {facts.period.name} says nothing of it"
    else:
        now = f"no return for {facts.period.name} was handed in"
    words = f"Reported {before.rag} in {before.period.name}; {now}"
    source = said if said and said.reason else before
    return _exceptional(
        row, facts, because=words, reason=source.reason, get_to_green=source.get_to_green
    )


def _exceptional(row: Row, facts: Facts, **more: object) -> Content:
    said, before = this_period(row, facts), rag_before(row, facts)
    now = rag_now(row, facts)
    return row_content(
        row,
        facts,
        **{
            "rag_last": before.rag.value if before and before.rag else None,
            "rag_last_period": before.period.name if before else None,
            "rag_this": now.value if now else None,
            "reason": said.reason if said else "",
            "get_to_green": said.get_to_green if said else "",
            "reason_shared_with": [],
            "decision_board": said.board_name if said else "",
            "decision_needed": said.decision if said else "",
            "corrects": said.corrects.name if said and said.corrects else None,
            "correction": said.correction if said else "",
            **agreed.total_content(row, facts),
            **more,
        },
    )


def sharing(rows: Iterable[Content]) -> list[Content]:
    """The rows, each with those of its programme that hold the same reason and plan: they are printed once."""
    rows = list(rows)
    holders: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        holders.setdefault(_words_of(row), []).append(f"{row['programme']} {row['plan_id']}")
    return [row | {"reason_shared_with": _others(row, holders)} for row in rows]


def _others(row: Content, holders: Mapping[tuple[str, str, str], list[str]]) -> list[str]:
    if not row["reason"].strip():
        return []
    own = f"{row['programme']} {row['plan_id']}"
    return [other for other in holders[_words_of(row)] if other != own]


def _words_of(row: Content) -> tuple[str, str, str]:
    return (row["programme"], row["reason"].strip(), row["get_to_green"].strip())


def _counts_still(row: Row, facts: Facts) -> bool:
    # What was completed earlier was an exception then; it is not one for ever.
    return not is_complete(row, facts) or first_complete(row) == facts.as_at


def _slip_words(row: Row, facts: Facts) -> str:
    approved = slip_of(row, facts)
    slip = approved or agreed.slip_in_total(row, facts)
    assert slip is not None
    if is_complete(row, facts):
        verb = "Finished"
    elif slip.measured == facts.as_at:
        verb = "Not complete"
    else:
        verb = "Expected"
    tolerance = plural(row.tolerance_months, "month")
    since = slip.words if approved else slip.words.replace(agreed.APPROVED, agreed.FIRST)
    words = f"{verb} {since}, {british_date(slip.agreed)}; the tolerance is {tolerance}"
    total = agreed.total_words(row, facts) if approved else "agreed to be confirmed since"
    more = (total, agreed.since_words(row, facts))
    return "; ".join([words, *(one for one in more if one)])


def _decisions(facts: Facts) -> list[Content]:
    return [
        _exceptional(
            row,
            facts,
            because=f"{said.board_name or said.board} is asked to decide",
            board=said.board,
            what=said.decision,
        )
        for row, said in to_decide(facts)
    ]


def _need_to_know(facts: Facts) -> list[Content]:
    return [
        _exceptional(
            row, facts, because="Its lead says that the boards need to know", what=said.note
        )
        for row, said in to_know(facts)
    ]
