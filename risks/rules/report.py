"""The content of a report of the registers (schema 1): what is printed, and what changed since the report before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from risks.rules.content import RiskLine, risk_content
from risks.rules.quarters import quarters_of_year

SCHEMA = 1
Content = dict[str, Any]

TITLES = {"escalated": "Register of escalated risks", "full": "Full risk register"}
# The sections of what changed, in their order: name, heading, and what is said where there is none.
CHANGES = (
    ("added", "Added since the last report"),
    ("up", "Score went up"),
    ("down", "Score went down"),
    ("deescalated", "De-escalated"),
    ("closed", "Closed or merged"),
    ("by_request", "Shown by request"),
)


@dataclass(frozen=True)
class Ended:
    """A risk that left the boards or the register: when, and why."""

    pk: int
    ref: str
    title: str
    on: date
    because: str


@dataclass(frozen=True)
class About:
    """What a report is of: the place, the period, from which score on risks go to the boards."""

    kind: str
    place: str
    place_slug: str
    period_key: str
    period_name: str
    as_at: date
    line: int


def report_content(
    about: About,
    lines: Sequence[RiskLine],
    *,
    before: Content | None,
    deescalated: Iterable[Ended] = (),
    closed: Iterable[Ended] = (),
) -> Content:
    """What a report prints. ``before`` is the content of the last report of its kind, None where this is the first."""
    shown = [one for one in lines if one.is_escalated or about.kind == "full"]
    rows = [_row(one) for one in sorted(shown, key=_worst_first)]
    return {
        "schema": SCHEMA,
        "kind": about.kind,
        "title": f"{TITLES[about.kind]}: {about.period_name}",
        "place": about.place,
        "place_slug": about.place_slug,
        "period": {"key": about.period_key, "name": about.period_name},
        "as_at": about.as_at.isoformat(),
        "escalates_from": about.line,
        "quarters": [quarter.name for quarter in quarters_of_year(about.as_at)],
        "compared_with": before["period"]["name"] if before else None,
        "narrative": "",
        "risks": rows,
        "changes": _changes(rows, before, deescalated=deescalated, closed=closed),
    }


def _worst_first(line: RiskLine) -> tuple[int, str]:
    return (-(line.current or 0), line.ref)


def _row(line: RiskLine) -> Content:
    return {"id": line.pk, "description": line.description, **risk_content(line)}


def _changes(
    rows: Sequence[Content],
    before: Content | None,
    *,
    deescalated: Iterable[Ended],
    closed: Iterable[Ended],
) -> Content:
    by_request = [
        _named(row, words=row["escalated_because"])
        for row in rows
        if row["grounds"] and "score" not in row["grounds"]
    ]
    if before is None:
        found: Mapping[str, list[Content]] = {"added": [], "up": [], "down": []}
    else:
        found = compared(rows, before["risks"])
    return {
        **found,
        "deescalated": [_ended(one) for one in deescalated],
        "closed": [_ended(one) for one in closed],
        "by_request": by_request,
    }


def compared(rows: Sequence[Content], before: Sequence[Content]) -> dict[str, list[Content]]:
    """Which risks are new since the report before, and which scores went up or down. A score that came counts as up."""
    was = {row["id"]: row for row in before}
    added = [_named(row) for row in rows if row["id"] not in was]
    up: list[Content] = []
    down: list[Content] = []
    for row in rows:
        earlier = was.get(row["id"])
        if earlier is None or earlier["current"] == row["current"]:
            continue
        words = f"{_said(earlier['current'])} to {_said(row['current'])}"
        rose = (row["current"] or 0) > (earlier["current"] or 0)
        (up if rose else down).append(_named(row, words=words))
    return {"added": added, "up": up, "down": down}


def _said(value: int | None) -> str:
    return "not scored" if value is None else str(value)


def _named(row: Content, words: str = "") -> Content:
    return {"ref": row["ref"], "title": row["title"], "words": words}


def _ended(one: Ended) -> Content:
    return {"ref": one.ref, "title": one.title, "words": f"{one.on.isoformat()}: {one.because}"}


def narrowed(content: Content, *, register: str) -> Content:
    """What one register gives to the report: its risks, and what changed of them."""
    rows = [row for row in content["risks"] if row["register"] == register]
    refs = {row["ref"] for row in rows}
    return {
        **content,
        "register": register,
        "risks": rows,
        "changes": {
            name: [
                one
                for one in found
                if one["ref"] in refs or one["ref"].rstrip("0123456789") == register
            ]
            for name, found in content["changes"].items()
        },
    }


def first_draft(content: Content) -> str:
    """The first words of a report, from its figures, for the office to edit."""
    rows, changes = content["risks"], content["changes"]
    top = max((row["current"] or 0 for row in rows), default=0)
    said = [f"{len(rows)} {'risk' if len(rows) == 1 else 'risks'} and issues are shown."]
    if rows:
        highest = ", ".join(row["ref"] for row in rows if row["current"] == top)
        said.append(f"The highest score is {top} ({highest}).")
    if content["compared_with"]:
        said.append(
            f"Since {content['compared_with']} {len(changes['added'])} came, {len(changes['up'])} went up, "
            f"{len(changes['down'])} went down, {len(changes['deescalated'])} came back from the boards and "
            f"{len(changes['closed'])} ended."
        )
    else:
        said.append("It is the first of its kind, so there is none to compare it with.")
    return " ".join(said)
