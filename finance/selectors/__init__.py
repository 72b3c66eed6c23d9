"""Reads of the money; nothing here writes."""

from finance.selectors.budgets import budgets_of
from finance.selectors.months import month_before, partners_of, submissions_of
from finance.selectors.positions import (
    entered_lines,
    ledger_totals,
    prior_variances,
    summary_lines,
    thresholds_of,
)

__all__ = [
    "budgets_of",
    "entered_lines",
    "ledger_totals",
    "month_before",
    "partners_of",
    "prior_variances",
    "submissions_of",
    "summary_lines",
    "thresholds_of",
]
