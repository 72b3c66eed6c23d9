"""The charts of a month that is open: of what its reader may see so far."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from finance.charts import Chart, charts_of
from finance.exporters.content import bridge_content, trend_content, view_content
from finance.models import FinanceMonth
from finance.rules.exposure import bridge
from finance.rules.summary import Line, all_entered, fund_variance
from finance.selectors.exposure import said_in
from finance.selectors.trend import said_by_month
from icp.common.words import sentence_list

NO_RANGE = "The range is drawn once risks are entered or brought forward."


@dataclass(frozen=True)
class SoFar:
    """``charts`` of the partners that ``words`` names; none while no partner has entered all of its lines."""

    charts: list[Chart]
    words: str


def charts_so_far(
    *,
    month: FinanceMonth,
    lines: Sequence[Line],
    partners: Collection[int],
    orders: Mapping[str, Sequence[str]],
) -> SoFar:
    """The charts that the month's report will have, of ``lines``, those that somebody reads, of ``partners``.

    A partner with a line that is not entered is left out: its sums would be compared with whole ones. ``orders`` is how the views print their
    rows. Two queries.
    """
    names = all_entered(lines)
    kept = [one for one in lines if one.organisation in names]
    others = list(dict.fromkeys(one.organisation for one in lines if one.organisation not in names))
    if not kept:
        return SoFar([], "They are drawn once all lines of a partner are entered and stand here.")
    said = said_by_month(month=month, so_far=names)
    found = [one for one in said_in(month=month, partners=partners) if one.organisation in names]
    content = {
        "workstreams": view_content("workstreams", kept, orders=orders),
        "year": month.year_name,
        "month": month.number,
        "trend": trend_content([one for one in said if one.organisation in names]),
        "bridge": bridge_content(bridge(fund_variance(kept), found)),
    }
    charts = charts_of(content, whole=_together(names, others))
    if not found:
        # Without any risk a range would say that the forecast is certain.
        charts = [one for one in charts if one.name != "range"]
    words = _words(names, others)
    return SoFar(charts, words if found else f"{words} {NO_RANGE}")


def _together(names: list[str], others: list[str]) -> str:
    """What the partners that are drawn are called together."""
    if not others:
        return "All partners"
    return "These together" if len(names) > 1 else ""


def _words(names: list[str], others: list[str]) -> str:
    words = (
        f"So far, of {sentence_list(names)}: the month is not closed, and the figures may change."
    )
    if not others:
        return words
    left_out = "has lines that do not stand" if len(others) == 1 else "have lines that do not stand"
    return f"{words} Left out: {sentence_list(others)}, which {left_out} here yet."
