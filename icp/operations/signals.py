"""Hooks into Celery and the database: references that follow the work, and what is counted."""

import time
from collections.abc import Callable
from typing import Any

from celery import signals as celery
from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from prometheus_client import start_http_server

from icp.common import trace
from icp.operations import figures

# Its name in a message's headers.
REFERENCE = "request_reference"
_COUNTED = "_icp_counted"
_began: dict[str, float] = {}


def connect() -> None:
    """Called once, when the portal starts."""
    celery.before_task_publish.connect(pass_reference_on)
    celery.task_prerun.connect(task_begins)
    celery.task_postrun.connect(task_ends)
    celery.task_failure.connect(task_failed)
    celery.task_retry.connect(task_is_tried_again)
    # With a receiver Celery leaves the log as Django has set it.
    celery.setup_logging.connect(keep_the_log)
    connection_created.connect(count_errors)
    request_finished.connect(request_ends)
    celery.worker_ready.connect(serve_figures)


def request_ends(**kwargs: Any) -> None:
    trace.end_request()


def pass_reference_on(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    if headers is not None and (reference := trace.request_reference()):
        headers.setdefault(REFERENCE, reference)


def task_begins(task_id: str, task: Any, **kwargs: Any) -> None:
    request = task.request
    if not request.is_eager:
        trace.begin_task(task=task_id, request=request.get(REFERENCE) or "")
    _began[task_id] = time.monotonic()


def task_ends(task_id: str, task: Any, state: str | None = None, **kwargs: Any) -> None:
    figures.tasks.labels(task.name, (state or "unknown").lower()).inc()
    if (began := _began.pop(task_id, None)) is not None:
        figures.task_seconds.labels(task.name).observe(time.monotonic() - began)
    if not task.request.is_eager:
        trace.end_task()


def task_failed(exception: BaseException, **kwargs: Any) -> None:
    count_error(exception)


def task_is_tried_again(reason: Any, **kwargs: Any) -> None:
    if isinstance(reason, BaseException):
        count_error(reason)


def serve_figures(**kwargs: Any) -> None:
    """A worker has no pages, so it serves what it counted at a port of its own, where one is set."""
    if settings.WORKER_FIGURES_PORT:
        start_http_server(settings.WORKER_FIGURES_PORT, registry=figures.counted())


def keep_the_log(**kwargs: Any) -> None:
    """Does nothing, on purpose."""


def count_errors(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if _counting not in connection.execute_wrappers:
        # First, around all others: history puts its own last, and takes the last away when it is done. Where a
        # connection was made inside it, that took this one, and left its own behind for the next request.
        connection.execute_wrappers.insert(0, _counting)


def _counting(execute: Callable[..., Any], *words: Any) -> Any:
    try:
        return execute(*words)
    except DatabaseError as problem:
        count_error(problem)
        raise


def count_error(problem: BaseException) -> None:
    """Once, by its class: OperationalError and the like."""
    if isinstance(problem, DatabaseError) and not hasattr(problem, _COUNTED):
        setattr(problem, _COUNTED, True)
        figures.database_errors.labels(type(problem).__name__).inc()
