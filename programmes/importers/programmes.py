"""Programmes and the posts that lead them, from CSV or Excel."""

import re
from dataclasses import dataclass, field, replace

from icp.common.numbers import whole_number
from icp.common.tabular import CellError, Limits, Row, read_table

COLUMNS = (
    "code",
    "name",
    "kind",
    "parent",
    "lead_posts",
    "sro_or_chair_posts",
    "accountable_officer_post",
    "status",
)
# May be left out: a file without it leaves every programme's tolerance as it is.
OPTIONAL = ("tolerance_months",)
MOST_MONTHS = 24
KINDS = ("care workstream", "enabler group", "programme", "project")
STATES = (
    "live",
    "dates subject to review",
    "dates subject to SRO approval",
    "under construction",
)
CODE = re.compile(r"^[A-Z][A-Z0-9&]{0,11}$")
TEXT_LIMIT = 200


@dataclass(frozen=True)
class ProgrammeRow:
    """One validated programme. ``says_tolerance`` is whether the file has that column; empty is the place's. Several leads or chairs stand in one cell, separated by semicolons."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    leads: tuple[str, ...]
    sros: tuple[str, ...]
    accountable: tuple[str, ...]
    state: str
    tolerance_months: int | None = None
    says_tolerance: bool = False


@dataclass(frozen=True)
class ProgrammeFile:
    rows: list[ProgrammeRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def read_programmes(
    data: bytes, filename: str, *, existing: set[str], limits: Limits | None = None
) -> ProgrammeFile:
    """Read and check a whole file of programmes; ``existing`` are the codes the place has already.

    Raises:
        TableError: the file is not a table this portal reads, or its headings are not :data:`COLUMNS`.
    """
    table = read_table(data, filename, limits or Limits())
    table.require_columns(COLUMNS, OPTIONAL)
    found = ProgrammeFile(errors=list(table.problems))
    codes = [row.text("code") for row in table.rows]
    says_tolerance = table.has_column("tolerance_months")
    for index, row in enumerate(table.rows_in_time()):
        read, errors = _read(row, known=existing | set(codes), earlier=set(codes[:index]))
        found.errors.extend(errors)
        if not errors:
            found.rows.append(replace(read, says_tolerance=says_tolerance))
    return found


def _read(row: Row, *, known: set[str], earlier: set[str]) -> tuple[ProgrammeRow, list[CellError]]:
    errors: list[CellError] = []

    def refuse(column: str, problem: str, remedy: str) -> None:
        errors.append(row.get(column).error(problem, remedy))

    code, name, parent = row.text("code"), row.text("name"), row.text("parent")
    kinds = {kind.lower(): kind for kind in KINDS}
    states = {state.lower(): state for state in STATES}
    kind, state = row.text("kind").lower(), row.text("status").lower()
    if not CODE.match(code):
        refuse("code", "it is not a code", "Use up to 12 capital letters and digits, such as IT.")
    elif code in earlier:
        refuse("code", "this code stands in an earlier row", "Give each programme its own code.")
    if not 0 < len(name) <= TEXT_LIMIT:
        refuse("name", "a programme needs a name", f"Write up to {TEXT_LIMIT} characters.")
    if kind not in kinds:
        refuse("kind", "this word is not known", f"Write one of: {', '.join(KINDS)}.")
    if state not in states:
        refuse("status", "this word is not known", f"Write one of: {', '.join(STATES)}.")
    if parent and (parent == code or parent not in known):
        refuse("parent", "no other programme has this code", "Use a code of this file, or nothing.")
    months = row.text("tolerance_months")
    tolerance = whole_number(months, most=MOST_MONTHS)
    if months and tolerance is None:
        refuse(
            "tolerance_months",
            "it is no number of months",
            f"Write a number from 0 to {MOST_MONTHS}, or nothing.",
        )
    posts = {
        column: tuple(
            dict.fromkeys(p for part in row.text(column).split(";") if (p := part.strip()))
        )
        for column in ("lead_posts", "sro_or_chair_posts", "accountable_officer_post")
    }
    for column, titles in posts.items():
        if any(len(title) > TEXT_LIMIT for title in titles):
            refuse(column, "a post's title is too long", f"Shorten it to {TEXT_LIMIT} characters.")
    if len(posts["accountable_officer_post"]) > 1:
        refuse("accountable_officer_post", "there is more than one post", "Name one post only.")
    read = ProgrammeRow(
        line=row.number,
        code=code,
        name=name,
        kind=kinds.get(kind, ""),
        parent=parent,
        leads=posts["lead_posts"],
        sros=posts["sro_or_chair_posts"],
        accountable=posts["accountable_officer_post"],
        state=states.get(state, ""),
        tolerance_months=tolerance,
    )
    return read, errors
