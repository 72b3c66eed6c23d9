"""Writes of the money: each atomic, and in the history by the database's triggers."""

from finance.services.commentary import accept_commentary, draft_commentary
from finance.services.entry import Entry, save_positions
from finance.services.lines import Called, add_line, change_line, merge_lines
from finance.services.months import close_month, lock_month, open_month, unlock_month
from finance.services.phasing import save_phases
from finance.services.reports import publish_finance_report
from finance.services.settings import end_exception, let_in, save_basis, save_rules
from finance.services.submissions import (
    accept_submission,
    query_submission,
    recall_submission,
    save_ledger_totals,
    submit_month,
)
from finance.services.virements import decide_virement, propose_virement, withdraw_virement
from finance.services.year_end import open_year

__all__ = [
    "Called",
    "Entry",
    "accept_commentary",
    "accept_submission",
    "add_line",
    "change_line",
    "close_month",
    "decide_virement",
    "draft_commentary",
    "end_exception",
    "let_in",
    "lock_month",
    "merge_lines",
    "open_month",
    "open_year",
    "propose_virement",
    "publish_finance_report",
    "query_submission",
    "recall_submission",
    "save_basis",
    "save_ledger_totals",
    "save_phases",
    "save_positions",
    "save_rules",
    "submit_month",
    "unlock_month",
    "withdraw_virement",
]
