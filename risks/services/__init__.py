"""Writes of the registers: each atomic, audited, and refused aloud."""

from risks.services.escalating import ask_to_see, end_escalation, keep_escalated
from risks.services.life import (
    close_risk,
    merge_risk,
    promote_to_issue,
    recommend_removal,
    reopen_risk,
    transfer_risk,
)
from risks.services.risks import change_risk, raise_risk, review_unchanged, settle_printed
from risks.services.treating import (
    add_control,
    add_link,
    add_mitigation,
    attach_file,
    change_mitigation,
    remove_control,
    remove_link,
    remove_mitigation,
)

__all__ = [
    "add_control",
    "add_link",
    "add_mitigation",
    "ask_to_see",
    "attach_file",
    "change_mitigation",
    "change_risk",
    "close_risk",
    "end_escalation",
    "keep_escalated",
    "merge_risk",
    "promote_to_issue",
    "raise_risk",
    "recommend_removal",
    "remove_control",
    "remove_link",
    "remove_mitigation",
    "reopen_risk",
    "review_unchanged",
    "settle_printed",
    "transfer_risk",
]
