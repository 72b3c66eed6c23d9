"""Rows of a report's content, schema 1, with real dates, words and drawn bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from boards.rules import timeline
from boards.rules.printed import Content
from boards.rules.timeline import Scale
from icp.common.words import short_date

WIDTH, HEIGHT = 240, 20
KINDS = {"task": "Task", "milestone": "Milestone", "summary": "Summary"}


@dataclass(frozen=True)
class DrawnBar:
    """One row's timeline in the units of its drawing."""

    shape: str
    x: float
    width: float
    points: str
    state: str
    forecast: float | None
    as_at: float
    words: str


@dataclass(frozen=True)
class Timeline:
    """The scale that the bars of one section share, in words."""

    scale: Scale
    as_at: date
    words: str


def timeline_for(rows: Iterable[Content], *, as_at: date, whole: bool = False) -> Timeline:
    scale = timeline.scale_for(rows, as_at=as_at, whole=whole)
    words = f"{short_date(scale.first)[2:]} to {short_date(scale.last)[3:]}"
    return Timeline(scale, as_at, words)


def drawn(row: Content, line: Timeline) -> DrawnBar:
    bar = timeline.bar(row, line.scale, as_at=line.as_at)
    x, end, middle = bar.begins * WIDTH, bar.ends * WIDTH, HEIGHT / 2
    at = min(max(end, 7), WIDTH - 7)
    return DrawnBar(
        shape=bar.shape,
        x=round(x, 1),
        width=round(max(end - x, 3), 1),
        points=f"{at - 7:.1f},{middle} {at:.1f},3 {at + 7:.1f},{middle} {at:.1f},{HEIGHT - 3}",
        state=bar.state,
        forecast=None if bar.forecast is None else round(bar.forecast * WIDTH, 1),
        as_at=round(line.scale.at(line.as_at) * WIDTH, 1),
        words=bar.words,
    )


def shown(row: Content, line: Timeline | None = None) -> dict[str, Any]:
    """The row's content with dates as dates, its reference, and its bar."""
    return {
        **row,
        "reference": f"{row['programme']} {row['plan_id']}",
        "anchor": f"row-{row['programme']}-{row['plan_id']}",
        "kind_words": KINDS.get(row["kind"], row["kind"]),
        **{name: timeline.day(row.get(name)) for name in ("start", "finish", "forecast", "actual")},
        "proposed": row["rag_source"] == "dates",
        "ticked": row["rag_source"] == "plan",
        "bar": drawn(row, line) if line else None,
    }


def corrected_words(row: Content) -> str:
    """What the row's status puts right, to stand before the words of the correction; else nothing."""
    if not (row.get("correction") or row.get("corrects")):
        return ""
    return f"Corrects {row['corrects'] or 'an earlier month'}"


def by_programme(rows: Iterable[Content]) -> list[dict[str, Any]]:
    """Rows under their programme, in the content's order."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        if not groups or groups[-1]["code"] != row["programme"]:
            groups.append({"code": row["programme"], "name": row["programme_name"], "rows": []})
        groups[-1]["rows"].append(row)
    return groups


def under_headings(rows: Iterable[Content]) -> list[dict[str, Any]]:
    """Rows of one programme under the summary rows that they stand below."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        if not groups or groups[-1]["under"] != row["under"]:
            groups.append({"under": row["under"], "rows": []})
        groups[-1]["rows"].append(row)
    return groups


def cards_of(rows: Iterable[Content], *, say_because: bool, since_3: bool) -> list[dict[str, Any]]:
    """The rows of one programme by their reason: those that share one stand together, where the first of them does.

    ``is_shared`` where the reason is printed over its rows, as layout 3 does. With ``say_because`` a card
    carries what makes its rows exceptional, once where it is the same of all, else with each row (``say``).
    """
    cards = _by_reason(rows, since_3=since_3)
    for card in cards:
        said = {row["because"] for row in card["rows"]} if say_because else {""}
        card["is_shared"] = since_3 and len(card["rows"]) > 1
        card["because"] = said.pop() if card["is_shared"] and len(said) == 1 else ""
        whole = card["because"] or not say_because
        card["rows"] = [row | {"say": "" if whole else row["because"]} for row in card["rows"]]
    return cards


def green_again_of(rows: Iterable[Content], *, since_4: bool) -> list[dict[str, Any]]:
    """Rows of one programme that are green again: those that were off track for one reason, and of which their lead
    says the same now, stand together from layout 4 on.
    """
    cards: dict[tuple[object, ...], dict[str, Any]] = {}
    for number, row in enumerate(rows):
        then, now = row["reason_last"].strip(), row["reason"].strip()
        key = (then, now) if since_4 and then else (number,)
        said = {"reason_last": row["reason_last"], "reason": row["reason"], "rows": []}
        cards.setdefault(key, said)["rows"].append(row)
    return [card | {"is_shared": len(card["rows"]) > 1} for card in cards.values()]


def _by_reason(rows: Iterable[Content], *, since_3: bool) -> list[dict[str, Any]]:
    groups: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in rows:
        shared = bool(row.get("reason_shared_with"))
        apart = row["get_to_green"] if shared else row["plan_id"]
        # Earlier layouts took a plan that reads like a row's number for that row.
        key = (row["programme"], row["reason"], apart, shared and since_3)
        group = groups.setdefault(
            key,
            {"reason": row["reason"], "get_to_green": row["get_to_green"], "rows": []},
        )
        group["rows"].append(row)
    return list(groups.values())
