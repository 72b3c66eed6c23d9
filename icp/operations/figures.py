"""What is counted for monitoring. Labels are names of our own (routes, tasks): nothing of a person or an item."""

import os
from pathlib import Path

import prometheus_client
from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess

from icp.operations.slots import slot

# Several processes count together when they share this folder; without one each counts alone.
FOLDER = settings.METRICS_FOLDER
if FOLDER:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)
    prometheus_client.values.ValueClass = prometheus_client.values.MultiProcessValue(
        lambda: slot(Path(FOLDER))
    )

COUNTED = CollectorRegistry()

REQUEST_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
TASK_SECONDS = (0.1, 0.5, 1, 5, 15, 60, 270)

requests = Counter(
    "icp_requests", "Requests answered", ["route", "method", "status"], registry=COUNTED
)
request_seconds = Histogram(
    "icp_request_seconds",
    "How long an answer took",
    ["route"],
    buckets=REQUEST_SECONDS,
    registry=COUNTED,
)
tasks = Counter("icp_tasks", "Tasks that ended, by how", ["task", "state"], registry=COUNTED)
task_seconds = Histogram(
    "icp_task_seconds", "How long a task took", ["task"], buckets=TASK_SECONDS, registry=COUNTED
)
database_errors = Counter(
    "icp_database_errors", "Errors of the database, by kind", ["kind"], registry=COUNTED
)


def counted() -> CollectorRegistry:
    """What all processes have counted so far."""
    if not FOLDER:
        return COUNTED
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together, path=str(FOLDER))
    return together
