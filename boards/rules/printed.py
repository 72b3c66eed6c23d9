"""How rows, sections and programmes are written into a report's content (schema 1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from boards.rules.facts import (
    Facts,
    Programme,
    Row,
    actual,
    forecast,
    is_complete,
    rag_now,
    this_period,
    was_off_track,
)
from boards.rules.judgements import is_late_beyond_tolerance, is_overdue, shown_rag, slip_of
from programmes.rules.rag import Rag

Content = dict[str, Any]
NONE_RECORDED = "None recorded."


def has_layout(content: Content, layout: int) -> bool:
    """Whether the content was built to be shown by that layout, or a later one."""
    return bool(content.get("layout", 1) >= layout)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def section(heading: str, rows: Iterable[Content], *, empty: str = NONE_RECORDED) -> Content:
    """A section; its note says in words why there is nothing in it."""
    rows = list(rows)
    return {"heading": heading, "note": None if rows else empty, "rows": rows}


def row_content(row: Row, facts: Facts, **more: Any) -> Content:
    """What every report prints of a row. ``finish`` is the agreed one; days late are calendar days."""
    shown = shown_rag(row, facts)
    slip = slip_of(row, facts)
    said = this_period(row, facts)
    return {
        "programme": row.programme,
        "programme_name": name_of(row.programme, facts),
        "plan_id": row.plan_id,
        "name": row.name,
        "kind": row.kind,
        "under": list(row.under),
        "start": iso(row.start),
        "start_tbc": row.start_tbc,
        "finish": iso(row.finish),
        "finish_tbc": row.finish_tbc,
        "forecast": iso(forecast(row)),
        "actual": iso(actual(row)) if is_complete(row, facts) else None,
        "complete": is_complete(row, facts),
        "rag": shown.rag.value if shown.rag else None,
        "rag_source": shown.source,
        "late_by_days": slip.days if slip else None,
        "slip": slip.words if slip and slip.days else None,
        "decision_from": said.board if said else None,
        **more,
    }


def name_of(code: str, facts: Facts) -> str:
    return next((found.name for found in facts.programmes if found.code == code), code)


def programme_content(programme: Programme, facts: Facts) -> Content:
    """A programme with its leadership and its counts, from which a page sums what it shows."""
    rows = [row for row in facts.counted if row.programme == programme.code]
    return {
        "code": programme.code,
        "name": programme.name,
        "kind": programme.kind,
        "state": programme.state,
        "parent": programme.parent,
        "leads": list(programme.leads),
        "sros": list(programme.sros),
        "accountable_officer": programme.accountable_officer,
        "return_state": programme.return_state,
        "counts": counts(rows, facts),
    }


def counts(rows: list[Row], facts: Facts) -> dict[str, int]:
    """Tasks and milestones of one programme, counted at the period's end."""
    said = [found for row in rows if (found := this_period(row, facts))]
    return {
        "rows": len(rows),
        "complete": sum(is_complete(row, facts) for row in rows),
        "red": sum(rag_now(row, facts) == Rag.RED for row in rows),
        "amber": sum(rag_now(row, facts) == Rag.AMBER for row in rows),
        "green": sum(rag_now(row, facts) == Rag.GREEN for row in rows),
        "overdue": sum(is_overdue(row, facts) for row in rows),
        "late": sum(
            is_late_beyond_tolerance(row, facts) and not is_complete(row, facts) for row in rows
        ),
        "undated": sum(
            row.finish is None and forecast(row) is None and not is_complete(row, facts)
            for row in rows
        ),
        "decisions": sum(found.board is not None for found in said),
        "need_to_know": sum(found.need_to_know for found in said),
        "now_green": sum(is_now_green(row, facts) for row in rows),
    }


def is_now_green(row: Row, facts: Facts) -> bool:
    """Red or amber when last reported, green or complete now."""
    return was_off_track(row, facts) and rag_now(row, facts) in (Rag.GREEN, Rag.COMPLETE)
