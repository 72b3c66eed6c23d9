"""Writes: keyword-only, atomic, audited. Each raises a ``programmes.errors.Refused`` in words."""

from programmes.services.cycle import (
    close_period,
    missing_returns,
    open_period,
    turn_the_day,
)
from programmes.services.returns import (
    answer_question,
    nil_return,
    recall_return,
    send_back_return,
    sign_off_return,
    start_return,
    submit_return,
)
from programmes.services.statuses import (
    check_takes_status,
    copy_last_status,
    record_status,
    share_reason,
)

__all__ = [
    "answer_question",
    "check_takes_status",
    "close_period",
    "copy_last_status",
    "missing_returns",
    "nil_return",
    "open_period",
    "recall_return",
    "record_status",
    "send_back_return",
    "share_reason",
    "sign_off_return",
    "start_return",
    "submit_return",
    "turn_the_day",
]
