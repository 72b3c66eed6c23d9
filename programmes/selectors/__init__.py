"""Reads of the plan and the cycle. Never writes; told the date; starts from what the caller may see."""

from programmes.selectors.judgement import ItemJudgement, facts_of, judge
from programmes.selectors.last_said import last_said
from programmes.selectors.periods import (
    PeriodsNow,
    holidays_of,
    is_open_period,
    last_frozen_period,
    live_periods,
    missing_programmes,
    period_before,
    period_to_report,
    periods_now,
    returns_of,
)
from programmes.selectors.sign_off import (
    ReturnSummary,
    TroubledRow,
    questions_in_order,
    return_summaries,
    troubled_items,
    troubled_rows,
)
from programmes.selectors.update import (
    Progress,
    UpdateRow,
    live_items,
    progress_of,
    rows_again,
    rows_lacking,
    update_rows,
    wants_attention,
)

__all__ = [
    "ItemJudgement",
    "PeriodsNow",
    "Progress",
    "ReturnSummary",
    "TroubledRow",
    "UpdateRow",
    "facts_of",
    "holidays_of",
    "is_open_period",
    "judge",
    "last_frozen_period",
    "last_said",
    "live_items",
    "live_periods",
    "missing_programmes",
    "period_before",
    "period_to_report",
    "periods_now",
    "progress_of",
    "questions_in_order",
    "return_summaries",
    "returns_of",
    "rows_again",
    "rows_lacking",
    "troubled_items",
    "troubled_rows",
    "update_rows",
    "wants_attention",
]
