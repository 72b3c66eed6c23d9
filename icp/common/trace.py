"""Which request, and which task, is being worked on: the reference that pages show and log lines carry."""

import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-ID"
# No letter or digit that is taken for another when it is read out.
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
# What may come from outside: it is printed on pages and in logs, so it holds nothing but letters, digits and hyphens.
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{6,62}[A-Za-z0-9]", re.ASCII)

_request: ContextVar[str] = ContextVar("request", default="")
_task: ContextVar[str] = ContextVar("task", default="")


def new_reference() -> str:
    """Twelve random letters and digits in three groups, such as ``k3v9-2hx7-m4qd``."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def reference_from(given: str | None) -> str:
    """What came with the request, if it is sane (8 to 64 letters, digits and hyphens), else a new one."""
    return given if given and SANE.fullmatch(given) else new_reference()


def request_reference() -> str:
    """Of the request at work, or of the one that asked for this task; empty outside both."""
    return _request.get()


def task_reference() -> str:
    """Celery's id of the task at work; empty outside tasks."""
    return _task.get()


def begin_request(reference: str) -> None:
    """From now on, until :func:`end_request`, :func:`request_reference` is ``reference``."""
    _request.set(reference)


def end_request() -> None:
    _request.set("")


def begin_task(*, task: str, request: str) -> None:
    """A worker's process begins a task that ``request`` asked for (empty: the timer did)."""
    _task.set(task)
    if request and SANE.fullmatch(request):
        _request.set(request)


def end_task() -> None:
    _task.set("")
    _request.set("")
