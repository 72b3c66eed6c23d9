"""Pages of reports in content schema 1. Add a presenter for a new schema; this one stays as it is."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from boards.presenters.rows import (
    by_programme,
    cards_of,
    corrected_words,
    green_again_of,
    shown,
    timeline_for,
    under_headings,
)
from boards.presenters.standing import (
    in_words,
    notes_by_programme,
    unsigned_words,
)
from boards.rules import exceptions
from boards.rules.printed import Content, has_layout
from icp.common.words import plural, sentence_list

# Above this many rows the full plan shows one programme at a time.
ROWS_ON_A_PAGE = 1200
# The sections of the exception report that are none of its six kinds.
UNNUMBERED = (exceptions.RED_AND_AMBER, exceptions.NO_COLOUR, exceptions.CORRECTED)


def page_of(content: Content, *, my_boards: Collection[str]) -> dict[str, Any]:
    builders: dict[str, Callable[..., dict[str, Any]]] = {
        "achievements": _dated,
        "look-ahead": _dated,
        "exceptions": _exceptions,
        "now-green": _now_green,
        "full-plan": _full_plan,
    }
    page = {
        "title": content["title"],
        "place": content["place"],
        "as_at": date.fromisoformat(content["as_at"]),
        "kind": content["kind"],
        "narrative": content["narrative"],
        "missing": [found["name"] for found in content["missing_returns"]],
        "missing_words": _missing_words(content),
        "programmes": content["programmes"],
        "not_live": [p for p in content["programmes"] if p["state"] != "live"],
        "annex": content["annex"],
        "unsigned_words": unsigned_words(content),
        # The words a glossary lacks are work for the office; the first layout showed them to everyone.
        "lacking_for_all": not has_layout(content, 2),
    }
    page |= builders[content["kind"]](content, my_boards=my_boards)
    _say_how_programmes_stand(page, content)
    return page | {"tiles": _tiles(page, content)}


def _say_how_programmes_stand(page: dict[str, Any], content: Content) -> None:
    notes = notes_by_programme(content)
    for section in page["sections"]:
        section["notes"] = notes.get(section.get("programme", ""), [])
        for group in section.get("programmes", ()):
            group["notes"] = notes.get(group["code"], [])
        for row in section.get("shown", ()):
            row["programme_notes"] = in_words(notes.get(row["programme"], []))


def _tiles(page: dict[str, Any], content: Content) -> list[dict[str, Any]]:
    """The counts at the top, of the rows that are shown. One at nought is grey and leads nowhere."""
    found = {"exceptions": _exception_tiles, "look-ahead": _ahead_tiles, "full-plan": _plan_tiles}
    tiles = found[content["kind"]](page, content) if content["kind"] in found else []
    return [
        {
            "count": count,
            "label": label,
            "colour": colour if count else "grey",
            "href": f"#{anchor}" if anchor and count else "",
        }
        for count, label, colour, anchor in tiles
    ]


Tile = tuple[int, str, str, str]


def _exception_tiles(page: dict[str, Any], content: Content) -> list[Tile]:
    sections = {section["heading"]: section for section in page["sections"]}
    rags = [row["rag_this"] for row in sections[exceptions.RED_AND_AMBER]["rows"]]
    first = sections[exceptions.RED_AND_AMBER]["id"]
    late, known = sections[exceptions.LATE], sections[exceptions.NEED_TO_KNOW]
    tiles = [
        (rags.count("red"), "red", "red", first),
        (rags.count("amber"), "amber", "amber", first),
    ]
    # Of one board's rows the content does not say how many are overdue.
    if all("counts" in programme for programme in content["programmes"]):
        overdue = sum(programme["counts"]["overdue"] for programme in content["programmes"])
        tiles.append((overdue, "overdue and still open", "red", ""))
    return [
        *tiles,
        (len(late["rows"]), "late beyond the tolerance", "red", late["id"]),
        (len(sections[exceptions.DECISIONS]["rows"]), "for a board to decide", "", "wanted"),
        (len(known["rows"]), "need to know", "", known["id"]),
    ]


def _ahead_tiles(page: dict[str, Any], content: Content) -> list[Tile]:
    ahead, overdue = page["sections"]
    return [
        (len(ahead["rows"]), f"due in {content['next_period']['name']}", "", ahead["id"]),
        (len(overdue["rows"]), "overdue and still open", "red", overdue["id"]),
    ]


def _plan_tiles(page: dict[str, Any], content: Content) -> list[Tile]:
    rows = [row for s in content["sections"] for row in s["rows"] if row["kind"] != "summary"]
    undated = [row for row in rows if not (row["complete"] or row["finish"] or row["forecast"])]
    return [
        (len(rows), "tasks and milestones", "", ""),
        (sum(row["complete"] for row in rows), "complete", "green", ""),
        (sum(row["overdue"] for row in rows), "overdue and still open", "red", ""),
        (len(undated), "without a finish date", "grey", ""),
    ]


def _missing_words(content: Content) -> str:
    missing = content["missing_returns"]
    if not missing:
        return "Every programme handed in its return."
    names = sentence_list([f"{found['name']} ({found['state']})" for found in missing])
    verb = "has" if len(missing) == 1 else "have"
    return (
        f"{plural(len(missing), 'programme')} {verb} not handed in a return for "
        f"{content['period']['name']}: {names}. What is shown of them is older, or comes from dates."
    )


def _dated(content: Content, **kwargs: object) -> dict[str, Any]:
    """Achievements and look ahead: under programme and summary rows, each with its bar."""
    as_at = date.fromisoformat(content["as_at"])
    sections = []
    for number, section in enumerate(content["sections"], start=1):
        line = timeline_for(section["rows"], as_at=as_at)
        rows = [shown(row, line) for row in section["rows"]]
        for row in rows:
            row["anchor"] = f"s{number}-{row['anchor']}"
        groups = by_programme(rows)
        for group in groups:
            group["parts"] = under_headings(group["rows"])
            group["line"] = line
        sections.append({**section, "line": line, "programmes": groups, "id": f"section-{number}"})
    return {"sections": sections}


def _exceptions(content: Content, *, my_boards: Collection[str]) -> dict[str, Any]:
    found = {
        section["heading"]: {
            **section,
            "id": f"section-{number}",
            "shown": [_exceptional_row(row, content) for row in section["rows"]],
        }
        for number, section in enumerate(content["sections"], start=1)
    }
    for heading in (exceptions.RED_AND_AMBER, exceptions.NO_COLOUR):
        groups = by_programme(found[heading]["shown"])
        for group in groups:
            group["cards"] = cards_of(
                group["rows"],
                say_because=heading == exceptions.NO_COLOUR,
                since_3=has_layout(content, 3),
            )
        found[heading]["programmes"] = groups
    decisions = found[exceptions.DECISIONS]["shown"]
    mine = [row for row in decisions if row["board"] in my_boards]
    return {
        "red_and_amber": found[exceptions.RED_AND_AMBER],
        "no_colour": found[exceptions.NO_COLOUR],
        "decisions": {
            "mine": mine,
            "others": [row for row in decisions if row["board"] not in my_boards],
            "my_boards": sentence_list(sorted({row["board"] for row in mine})),
        },
        "kinds": [section for heading, section in found.items() if heading not in UNNUMBERED],
        "corrections": found.get(exceptions.CORRECTED),
        "sections": list(found.values()),
    }


def _exceptional_row(row: Content, content: Content) -> dict[str, Any]:
    return shown(row) | {"corrected": corrected_words(row) if has_layout(content, 3) else ""}


def _now_green(content: Content, **kwargs: object) -> dict[str, Any]:
    since_4 = has_layout(content, 4)
    sections = []
    for section in content["sections"]:
        groups = by_programme([shown(row) for row in section["rows"]])
        for group in groups:
            group["cards"] = green_again_of(group["rows"], since_4=since_4)
        sections.append({**section, "programmes": groups})
    return {"sections": sections}


def _full_plan(content: Content, **kwargs: object) -> dict[str, Any]:
    """Every programme's rows while they fit on a page; else heads only, one programme at a time."""
    as_at = date.fromisoformat(content["as_at"])
    sections = content["sections"]
    whole = len(sections) == 1 or sum(len(s["rows"]) for s in sections) <= ROWS_ON_A_PAGE
    heads = {programme["code"]: programme for programme in content["programmes"]}
    shown_sections = []
    for section in sections:
        line = timeline_for(section["rows"], as_at=as_at, whole=True)
        shown_sections.append(
            {
                **section,
                "head": heads[section["programme"]],
                "id": f"plan-{section['programme']}",
                "line": line,
                "row_count": len(section["rows"]),
                "shown": [shown(row, line) for row in section["rows"]] if whole else [],
            }
        )
    return {"sections": shown_sections, "whole": whole, "open": len(sections) == 1}
