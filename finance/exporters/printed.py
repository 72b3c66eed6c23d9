"""A month's content (schema 1) as it is printed: £000, workstreams in £m, unfavourable in brackets."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from finance.drill import query_of
from finance.exposure_lines import PLURALS, side_rows
from finance.models.exposure import OF_PARTNER
from finance.presenters import (
    SECTION_WORDS,
    TITLES,
    Figure,
    PrintedRow,
    SummaryTable,
    is_unfavourable,
)
from finance.rules.commentary import headline
from finance.rules.exposure import SideTotals
from finance.rules.savings import less
from icp.common.money import UNKNOWN, in_millions, in_thousands
from icp.common.words import plural

COLUMNS = (
    ("annual_budget", "Annual budget"),
    ("ytd_budget", "Budget to date"),
    ("ytd_actual", "Actual to date"),
    ("ytd_variance", "Variance to date"),
    ("forecast_outturn", "Forecast outturn"),
    ("forecast_variance", "Forecast variance"),
    ("prior_month_variance", "Last month’s forecast variance"),
)
VARIANCES = ("ytd_variance", "forecast_variance", "prior_month_variance")
# What is printed of a risk beside who says it, and what it is.
OF_RISK = (
    "full_value",
    "probability_percent",
    "weighted",
    "weighted_computed",
    "movement",
    "carried_forward",
)
BRIDGE = {
    "reported": "Reported forecast variance",
    "risks": "Risks, weighted",
    "unmitigated": "Unmitigated",
    "offsets": "Opportunities and mitigations, weighted",
    "mitigated": "Mitigated",
}


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def tables(content: Mapping[str, Any]) -> list[SummaryTable]:
    """The three views of the month."""
    labels = [label for _, label in COLUMNS]
    return [
        SummaryTable(name, title, labels, _rows(content[name], name))
        for name, title in TITLES.items()
    ]


def _rows(rows: list[dict[str, Any]], name: str) -> list[PrintedRow]:
    printed, last = [], ""
    write = in_millions if name == "workstreams" else in_thousands
    for row in rows:
        group = SECTION_WORDS[row["section"]] if row["section"] != last else ""
        last = row["section"]
        absent = row.get("absent") or UNKNOWN
        figures = [_figure(row[column], column, write, absent) for column, _ in COLUMNS]
        lines = query_of(name, row) if "absent" in row else ""
        printed.append(
            PrintedRow(row["label"], row["kind"], figures, group, without_words(row), lines)
        )
    return printed


def in_short(content: Mapping[str, Any]) -> list[str]:
    """What the month comes to, for who reads no further; nothing while the fund has no sum."""
    fund = next(row for row in content["organisations"] if row["kind"] == "total")
    mitigated = amount(content["bridge"]["mitigated"])
    # Where every line stands beside the fund, the fund is empty, and nothing leads from it to anywhere.
    if fund["forecast_variance"] is None or mitigated is None:
        return []
    parts = {
        row["label"]: Decimal(row["forecast_variance"])
        for row in content["workstreams"]
        if row["kind"] == "line" and row["forecast_variance"] is not None
    }
    return headline(
        variance=Decimal(fund["forecast_variance"]),
        # What some did not say last month makes no movement of all.
        prior=None
        if fund.get("lines_without_prior_month")
        else amount(fund["prior_month_variance"]),
        parts=parts,
        mitigated=mitigated,
        number=content["month"],
    )


def without_words(row: Mapping[str, Any]) -> str:
    """Of a sum that lacks some of its lines, now or last month: how many."""
    if row["ytd_actual"] is None:
        return ""
    lacking = (
        ("", row.get("lines_not_entered", 0)),
        # Where no line has a last month the dash says it.
        (
            "last month ",
            row.get("lines_without_prior_month", 0) if row["prior_month_variance"] else 0,
        ),
    )
    return "; ".join(f"{when}without {plural(count, 'line')}" for when, count in lacking if count)


def _figure(value: str | None, column: str, write: Any, absent: str) -> Figure:
    # A sum without a month before it says so by a dash; only a sum that is not there says why.
    missing = UNKNOWN if column == "prior_month_variance" else absent
    text = missing if value is None else write(Decimal(value))
    return Figure(text, column in VARIANCES and is_unfavourable(text))


def not_entered(content: Mapping[str, Any]) -> list[tuple[str, int]]:
    """How many lines of each partner are in no figure, in the order of partners."""
    return list(Counter(one["organisation"] for one in content["not_entered"]).items())


def not_entered_words(content: Mapping[str, Any]) -> str:
    """CCG 3 lines, LBH 1 line."""
    said = not_entered(content)
    return ", ".join(f"{name} {plural(count, 'line')}" for name, count in said)


def risks(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each risk, opportunity and mitigation with its side in words and its figures in £000."""
    names = (
        "full_value",
        "recurrent",
        "non_recurrent",
        "weighted",
        "weighted_computed",
        "movement",
    )
    return [
        {
            **one,
            "side_words": PLURALS[one["side"]],
            **{name: in_thousands(amount(one[name])) for name in names},
            "probability": f"{one['probability_percent']}%"
            if one["probability_percent"] is not None
            else "TBC",
            "share": UNKNOWN if one["share_percent"] is None else f"{one['share_percent']}%",
        }
        for one in content["risks"]
    ]


def sides(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What each side amounts to, £000."""
    return side_rows([_side(one) for one in content.get("exposure", ())])


def _side(one: Mapping[str, Any]) -> SideTotals:
    counts = ("side", "count", "unknown")
    read: dict[str, Any] = {
        name: value if name in counts else amount(value) for name, value in one.items()
    }
    return SideTotals(**read)


def savings(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "organisation": one["organisation"],
            **{n: in_thousands(amount(one[n])) for n in OF_PARTNER},
            "forecast_variance": in_thousands(
                less(amount(one["forecast_full_year"]), amount(one["plan_full_year"]))
            ),
        }
        for one in content["savings"]
    ]


def schemes(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each savings scheme with its figures in £000."""
    names = ("plan", "plan_to_date", "actual", "slippage", "forecast", "mitigated")
    return [
        {**one, **{name: in_thousands(amount(one[name])) for name in names}}
        for one in content.get("schemes", ())
    ]


def bridge_steps(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """From the reported variance to the mitigated one, £000."""
    return [
        (label, in_thousands(amount(content["bridge"][name]))) for name, label in BRIDGE.items()
    ]
