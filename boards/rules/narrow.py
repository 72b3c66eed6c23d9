"""The same report for one programme, one SRO or one board: a filter over its content."""

from boards.rules.annex import annex
from boards.rules.printed import Content, has_layout

NOTHING_HERE = "Nothing in this report for what you chose."


class NothingToNarrowTo(ValueError):
    """The report knows no such programme or SRO. ``str()`` says which it knows."""


def narrow(
    content: Content,
    *,
    programme: str | None = None,
    sro: str | None = None,
    board: str | None = None,
) -> Content:
    """``content`` with only what concerns the given programme (and those inside it), SRO post, or board.

    A board's view holds the rows on which it is asked to decide.

    Raises:
        NothingToNarrowTo: a programme code or an SRO's post that the report does not have.
    """
    if not (programme or sro or board):
        return content
    codes = {found["code"] for found in content["programmes"]}
    if programme:
        codes &= _inside(content, programme)
    if sro:
        codes &= _led_by(content, sro)
    narrowed = {
        **content,
        "missing_returns": [x for x in content["missing_returns"] if x["programme"] in codes],
        "sections": _sections(content, codes=codes, board=board),
        "programmes": [
            _programme(found, board=board)
            for found in content["programmes"]
            if found["code"] in codes
        ],
        "narrowed_to": {"programme": programme, "sro": sro, "board": board},
    }
    narrowed["annex"] = _annex(narrowed, content["annex"])
    return narrowed


def choices(content: Content) -> dict[str, list[str]]:
    """What this report can be narrowed to: SROs' posts and boards' short names, in order of appearance."""
    sros = [post for programme in content["programmes"] for post in programme["sros"]]
    boards = [
        row["decision_from"]
        for section in content["sections"]
        for row in section["rows"]
        if row["decision_from"]
    ]
    return {"sros": sorted(set(sros)), "boards": sorted(set(boards))}


def _inside(content: Content, code: str) -> set[str]:
    found = {code}
    # A programme's parent stands before it or after it: go round until nothing is added.
    while more := {
        p["code"] for p in content["programmes"] if p["parent"] in found and p["code"] not in found
    }:
        found |= more
    known = [p["code"] for p in content["programmes"]]
    if code not in known:
        raise NothingToNarrowTo(
            f"This report has no programme {code}. It has {', '.join(known) or 'none'}."
        )
    return found


def _led_by(content: Content, sro: str) -> set[str]:
    found = {p["code"] for p in content["programmes"] if sro in p["sros"]}
    if not found:
        known = choices(content)["sros"]
        raise NothingToNarrowTo(f"No programme has the SRO {sro}. There are: {'; '.join(known)}.")
    return found


def _programme(programme: Content, *, board: str | None) -> Content:
    # Its counts are of all its rows: beside one board's rows they would mislead.
    return {name: value for name, value in programme.items() if not board or name != "counts"}


def _sections(content: Content, *, codes: set[str], board: str | None) -> list[Content]:
    found = [_section(section, codes=codes, board=board) for section in content["sections"]]
    kept = [section for section in found if section]
    if board and content["kind"] == "full-plan" and has_layout(content, 2):
        # A heading for each programme that asks this board for nothing would say nothing, many times.
        return [section for section in kept if section["rows"]]
    return kept


def _section(section: Content, *, codes: set[str], board: str | None) -> Content | None:
    if section.get("programme", None) is not None and section["programme"] not in codes:
        return None
    rows = [
        row
        for row in section["rows"]
        if row["programme"] in codes and (not board or row["decision_from"] == board)
    ]
    note = section["note"] or (None if rows else NOTHING_HERE)
    return {**section, "rows": rows, "note": note}


def _annex(narrowed: Content, whole: Content) -> Content:
    glossary = {entry["acronym"]: entry["expansion"] for entry in whole["used"]}
    found = annex(narrowed, glossary=glossary)
    return {**found, "lacking": [word for word in found["lacking"] if word in whole["lacking"]]}
