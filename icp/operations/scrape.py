"""The figures as they stand when they are asked for, beside those that were counted."""

from collections.abc import Callable, Iterator

from django.db import connection, transaction
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from icp.common.models import OutgoingMail
from icp.operations import broker, figures, heartbeat
from icp.operations.health import AWAY, DATABASE_WITHIN


def _waiting_mail() -> float:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(DATABASE_WITHIN)])
        return OutgoingMail.objects.filter(sent_at__isnull=True).count()


NOW: tuple[tuple[str, str, Callable[[], float | None]], ...] = (
    ("icp_queue_waiting", "Tasks that wait in the queue", lambda: broker.depth().waiting),
    ("icp_queue_taken", "Tasks that a worker has taken", lambda: broker.depth().taken),
    ("icp_mail_waiting", "Messages in the outbox that have not left", _waiting_mail),
    ("icp_timer_heartbeat_age_seconds", "Since the timer's last sign of life", heartbeat.age),
)


class AsItStands(Collector):
    """One gauge a figure; one that cannot be had is left out, and named by ``icp_figure_missing``."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        missing = GaugeMetricFamily(
            "icp_figure_missing", "1 where a figure could not be had", labels=["figure"]
        )
        for name, words, ask in NOW:
            try:
                value = ask()
            except AWAY:
                value = None
            missing.add_metric([name], float(value is None))
            if value is not None:
                yield GaugeMetricFamily(name, words, value=value)
        yield missing


def exposition() -> bytes:
    """Everything in Prometheus's text format."""
    now = CollectorRegistry()
    now.register(AsItStands())
    return generate_latest(figures.counted()) + generate_latest(now)
