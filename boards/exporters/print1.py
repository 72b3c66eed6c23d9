"""Content of schema 1 in the words and positions that ``report1.typ`` sets."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from boards.presenters.how_to_read import PARTS
from boards.presenters.rows import (
    Timeline,
    by_programme,
    cards_of,
    corrected_words,
    green_again_of,
    timeline_for,
    under_headings,
)
from boards.presenters.schema1 import page_of
from boards.presenters.standing import in_words, notes_by_programme, sentence
from boards.rules import timeline
from boards.rules.exceptions import CORRECTED, NO_COLOUR
from boards.rules.narrow import NOTHING_HERE
from boards.rules.printed import Content, has_layout
from icp.common.words import british_date, short_date

Printed = dict[str, Any]

# As many names of months as fit over a drawing seven centimetres wide.
TICKS = 5


def printed(content: Content) -> Printed:
    """The data of the PDF: everything as words, and positions in per cent."""
    page = page_of(content, my_boards=())
    standing = {code: in_words(found) for code, found in notes_by_programme(content).items()}
    as_at = date.fromisoformat(content["as_at"])
    return {
        "title": content["title"],
        "subtitle": _narrowed_to(content),
        "place": content["place"],
        "as_at": british_date(as_at),
        "status": "Draft" if content.get("draft") else None,
        "kind": content["kind"],
        "counts": [[tile["count"], tile["label"]] for tile in page["tiles"]],
        "missing": page["missing_words"] if page["missing"] else None,
        "narrative": [part.strip() for part in content["narrative"].split("\n\n") if part.strip()],
        "how_to_read": [
            {"heading": heading, "paragraphs": list(words)} for heading, words in PARTS
        ],
        "sections": [
            _section(section, content, as_at, standing) for section in content["sections"]
        ],
        "annex": content["annex"] | ({} if page["lacking_for_all"] else {"lacking": []}),
        "unsigned": page["unsigned_words"] or None,
        "nothing": NOTHING_HERE if not content["sections"] else None,
        "decisions": _decisions(content),
    }


def _decisions(content: Content) -> list[list[str]]:
    """Board, what it is asked, and which row asks; of the exception report only."""
    return [
        [row["decision_board"] or row["board"], row["what"], f"{row['programme']} {row['plan_id']}"]
        for section in content["sections"]
        for row in section["rows"]
        if row.get("board")
    ]


def _narrowed_to(content: Content) -> str | None:
    chosen = [value for value in content.get("narrowed_to", {}).values() if value]
    return f"Only {', '.join(chosen)}" if chosen else None


def _section(section: Content, content: Content, as_at: date, standing: dict[str, str]) -> Printed:
    """``standing``: by programme's code, what is said wherever it is printed."""
    rows = section["rows"]
    line = timeline_for(rows, as_at=as_at, whole=content["kind"] == "full-plan")
    return {
        "heading": section["heading"],
        # One line for each row, and not a card with its reason.
        "is_list": section["heading"] == CORRECTED or section["heading"][:1].isdigit(),
        "note": section["note"],
        "ticks": [
            [round(100 * tick.at, 1), tick.label] for tick in timeline.ticks(line.scale, most=TICKS)
        ],
        "head": _head(section, content),
        "programmes": [
            {
                "name": group["name"],
                "standing": standing.get(group["code"], ""),
                "parts": [
                    {
                        "under": " › ".join(part["under"]),
                        "rows": [_row(row, line, content) for row in part["rows"]],
                    }
                    for part in _parts(group["rows"], content["kind"])
                ],
                "cards": [
                    {**card, "rows": [_carded(row, line, content) for row in card["rows"]]}
                    for card in _cards(group["rows"], section, content)
                ],
                "green_again": [
                    {**card, "rows": [_row(row, line, content) for row in card["rows"]]}
                    for card in _green_again(group["rows"], content)
                ],
            }
            for group in by_programme(rows)
        ],
    }


def _parts(rows: list[Content], kind: str) -> Iterable[dict[str, Any]]:
    # The full plan has its summaries among the rows.
    return [{"under": [], "rows": rows}] if kind == "full-plan" else under_headings(rows)


def _cards(rows: list[Content], section: Content, content: Content) -> list[dict[str, Any]]:
    if content["kind"] != "exceptions":
        return []
    since_3 = has_layout(content, 3)
    # Earlier layouts did not print why a row has no colour.
    silent = since_3 and section["heading"] == NO_COLOUR
    return cards_of(rows, say_because=silent, since_3=since_3)


def _green_again(rows: list[Content], content: Content) -> list[dict[str, Any]]:
    """Of the report of what is green again, from layout 4 on; earlier ones print a line for each row."""
    if content["kind"] != "now-green" or not has_layout(content, 4):
        return []
    return green_again_of(rows, since_4=True)


def _head(section: Content, content: Content) -> list[list[str]]:
    """Leadership of the programme, where the section is one programme's."""
    head = next((p for p in content["programmes"] if p["code"] == section.get("programme")), None)
    if head is None:
        return []
    return [
        [
            "State",
            # The first layout made SRO small.
            sentence(head["state"]) if has_layout(content, 2) else head["state"].capitalize(),
        ],
        ["Lead" if len(head["leads"]) < 2 else "Leads", "; ".join(head["leads"]) or "not set"],
        ["SRO or chair", "; ".join(head["sros"]) or "not set"],
        ["Accountable officer", head["accountable_officer"] or "not set"],
    ]


def _carded(row: Content, line: Timeline, content: Content) -> Printed:
    """A row with its reason; from layout 2 on with the finish that it is late against."""
    found = _row(row, line, content)
    agreed = found["finish"] or "not set"
    return found | {
        "agreed": f"Agreed finish {agreed}" if has_layout(content, 2) else "",
        "say": row["say"],
    }


def _row(row: Content, line: Timeline, content: Content) -> Printed:
    bar = timeline.bar(row, line.scale, as_at=line.as_at)
    return {
        "reference": f"{row['programme']} {row['plan_id']}",
        "name": row["name"],
        "kind": row["kind"],
        "level": row.get("level", 1),
        "start": _date(row["start"], tbc=row["start_tbc"]),
        "finish": _date(row["finish"], tbc=row["finish_tbc"]),
        "expected": _date(row["actual"] or row["forecast"]),
        "duration": row.get("declared_duration") or None,
        "flags": " ".join(row.get("flags", [])),
        "slip": row["slip"],
        "rag": row["rag"],
        "proposed": row["rag_source"] == "dates",
        "ticked": row["rag_source"] == "plan",
        "rag_last": row.get("rag_last"),
        "rag_this": row.get("rag_this"),
        "because": row.get("because", ""),
        "what": row.get("what", ""),
        "wanted": _wanted(row),
        "corrected": corrected_words(row) if has_layout(content, 3) else "",
        "correction": row.get("correction", ""),
        "reason_last": row.get("reason_last", ""),
        "bar": {
            "start": None if bar.shape != "bar" else round(100 * bar.begins, 2),
            "finish": None if bar.shape == "none" else round(100 * bar.ends, 2),
            "complete": bar.state == "complete",
            "late": bar.state == "late",
            "period_end": round(100 * line.scale.at(line.as_at), 2),
            "alt": f"{row['name']}: {bar.words}",
        },
    }


def _date(value: str | None, *, tbc: bool = False) -> str | None:
    return short_date(date.fromisoformat(value)) if value else ("tbc" if tbc else None)


def _wanted(row: Content) -> str:
    if not row.get("decision_needed"):
        return ""
    return f"{row.get('decision_board') or row['decision_from']}: {row['decision_needed']}"
