"""Writes: keyword-only, atomic, audited. Each raises a ``programmes.errors.Refused`` in words."""

from boards.services.building import (
    build_report,
    create_waiting_reports,
    rebuild_report,
    waiting_reports,
)
from boards.services.publishing import publish_all, publish_report, set_public
from boards.services.viewing import record_viewing
from boards.services.writing import (
    approve_all,
    approve_report,
    withdraw_approval,
    write_narrative,
)

__all__ = [
    "approve_all",
    "approve_report",
    "build_report",
    "create_waiting_reports",
    "publish_all",
    "publish_report",
    "rebuild_report",
    "record_viewing",
    "set_public",
    "waiting_reports",
    "withdraw_approval",
    "write_narrative",
]
