"""Writes of the money: each atomic, and in the history by the database's triggers."""

from finance.services.commentary import accept_commentary, draft_commentary
from finance.services.entry import Entry, save_positions
from finance.services.months import close_month, let_in, lock_month, open_month, unlock_month
from finance.services.reports import publish_finance_report
from finance.services.submissions import (
    accept_submission,
    query_submission,
    recall_submission,
    save_ledger_totals,
    submit_month,
)
from finance.services.virements import decide_virement, propose_virement, withdraw_virement

__all__ = [
    "Entry",
    "accept_commentary",
    "accept_submission",
    "close_month",
    "decide_virement",
    "draft_commentary",
    "let_in",
    "lock_month",
    "open_month",
    "propose_virement",
    "publish_finance_report",
    "query_submission",
    "recall_submission",
    "save_ledger_totals",
    "save_positions",
    "submit_month",
    "unlock_month",
    "withdraw_virement",
]
