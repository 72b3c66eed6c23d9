"""A report's content (schema 1) as every form of it prints it. A new schema gets a module of its own."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from icp.common.words import british_date
from risks.rules.report import CHANGES

Content = Mapping[str, Any]
HEADINGS = ("Ref", "Description", "Owner", "Inherent", "Likelihood", "Impact", "Current")
NOT_SET = "not set"


def columns(content: Content) -> list[str]:
    """The layout of the paper: residual by quarter after the current score, then what is done."""
    quarters = [f"Residual, {name}" for name in content["quarters"]]
    return [*HEADINGS, *quarters, "Mitigating actions"]


def rows(content: Content) -> Iterator[list[str]]:
    """The cells of each risk, in words."""
    for row in content["risks"]:
        yield [
            row["ref"],
            description(row),
            row["owner"] or "Nobody",
            number(row["inherent"]),
            number(row["likelihood"]),
            number(row["impact"]),
            current(row),
            *("N/A" if value is None else str(value) for value in row["residual"]),
            mitigations(row),
        ]


def description(row: Content) -> str:
    kind = "Issue: " if row["kind"] == "issue" else ""
    return f"{kind}{row['title']}. {row['description']}".strip()


def number(value: int | None) -> str:
    return NOT_SET if value is None else str(value)


def current(row: Content) -> str:
    """The score with its band in words, and what a source printed instead."""
    if row["current"] is None:
        return "not scored"
    printed = row["printed_current"]
    told = f" (printed {printed})" if printed and printed != str(row["current"]) else ""
    return f"{row['current']} {row['band']}{told}"


def mitigations(row: Content) -> str:
    return "; ".join(_action(one) for one in row["mitigations"]) or "None"


def _action(one: Content) -> str:
    parts = [one["what"].rstrip(".")]
    if one["owner"]:
        parts.append(one["owner"])
    if one["due_on"]:
        parts.append(f"by {british_date(date.fromisoformat(one['due_on']))}")
    parts.append("done" if one["done_on"] else f"{one['percent']}% done")
    return ", ".join(parts)


def changes(content: Content) -> list[dict[str, Any]]:
    """What changed since the last report: a heading and its lines, in words."""
    return [
        {"heading": heading, "lines": [_change(one) for one in content["changes"][name]]}
        for name, heading in CHANGES
    ]


def _change(one: Content) -> str:
    return f"{one['ref']} {one['title']}" + (f": {one['words']}" if one["words"] else "")


def beside(content: Content) -> Iterator[list[str]]:
    """What stands beside the register: a heading and what is said under it, a row each."""
    if content["narrative"]:
        yield ["Narrative", content["narrative"]]
    yield ["What changed", compared_words(content)]
    for one in changes(content):
        for line in one["lines"] or ["none"]:
            yield [one["heading"], line]


def compared_words(content: Content) -> str:
    before = content["compared_with"]
    if before is None:
        return "It is the first of its kind: there is none to compare it with."
    return f"Compared with the report of {before}."
