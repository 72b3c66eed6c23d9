"""Log lines: JSON in production, plain sentences in the demonstration; scrubbed in both.

A line holds what is listed here and nothing else: what a library attaches to a record (Django attaches the
whole request) never reaches it.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from icp.common import trace
from icp.operations.scrubbing import scrubbed

# What our own lines may attach: no names, no addresses of people, no paths with keys in them. ``person`` is a key
# that says nothing without the portal's secret (``icp.operations.who``).
EXTRAS = ("route", "method", "status", "milliseconds", "person", "task", "seconds", "state")


class Scrubbed(logging.Formatter):
    """A readable line, for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line = scrubbed(super().format(record))
        reference = trace.request_reference()
        return f"{line} [{reference}]" if reference and not record.exc_info else line


class Json(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, task_id, and :data:`EXTRAS`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
            "request_id": trace.request_reference(),
            "task_id": trace.task_reference(),
            "process": record.process,
        }
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in line.items() if value not in ("", None)})


class OfFaults(logging.Filter):
    """Of Django's own lines about answers those with an error's story, and without the address.

    The others repeat our line of the request, by an address that somebody typed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.args, tuple) and len(record.args) == 2:
            record.args = (record.args[0], "see the line of the request")
        return bool(record.exc_info)


def configuration(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """For ``logging.config.dictConfig``: everything to standard error, in one form."""
    formatter: dict[str, Any] = (
        {"()": "icp.operations.logs.Json"}
        if as_json
        else {
            "()": "icp.operations.logs.Scrubbed",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "filters": {"faults": {"()": "icp.operations.logs.OfFaults"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Their own handlers would print the same line again, in another form and not scrubbed.
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.request": {"filters": ["faults"], "level": level},
            "django.server": {"handlers": [], "propagate": True, "level": level},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": level},
            "gunicorn.access": {"handlers": [], "propagate": False, "level": level},
        },
    }
