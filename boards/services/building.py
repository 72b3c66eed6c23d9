"""Building the reports of a closed period: once, whatever is retried."""

import logging
from datetime import datetime
from functools import partial

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Q

from boards.errors import CannotChangeReport
from boards.models import Report, ReportKind, ReportState
from boards.rules import content as rules
from boards.rules.narrative import first_draft
from boards.rules.printed import Content
from boards.selectors import gather
from boards.services.locking import locked
from icp.accounts.models import User
from icp.common.queue import enqueue
from programmes.models import Period

log = logging.getLogger(__name__)

# The scheduler tries again this often; after that the office decides.
TRIES = 5

TO_BUILD = (ReportState.WAITING, ReportState.FAILED)


@transaction.atomic
def create_waiting_reports(*, period: Period, by: User) -> list[Report]:
    """One waiting report of each kind for a period that ``by`` has closed; each is built after the commit."""
    reports = [
        Report.objects.get_or_create(period=period, kind=kind, defaults={"closed_by": by})[0]
        for kind in ReportKind
    ]
    for report in reports:
        _queue(report)
    return reports


@transaction.atomic
def build_report(*, report: Report, at: datetime) -> Report:
    """Build a report that waits or could not be built; any other is left as it is.

    The row is held meanwhile, so two builders make one report, and one that is killed leaves it waiting.
    A failure is recorded on the report in words, for the office and the scheduler to try again.

    Raises:
        DatabaseError: the database went away: nothing is recorded, and the report still waits.
    """
    report = locked(report)
    if report.state not in TO_BUILD:
        return report
    try:
        with transaction.atomic():
            content = _content(report)
    except (DatabaseError, InterfaceError):
        raise
    except Exception as problem:
        log.exception("The report %s of %s could not be built.", report.kind, report.period)
        return _failed(report, problem)
    report.content, report.schema = content, content["schema"]
    report.state, report.failure, report.built_at = ReportState.DRAFT, "", at
    report.save()
    return report


def _content(report: Report) -> Content:
    """The report's content, with a first draft of its narrative for the office to edit: what was agreed in the
    period (domain section 3), what was achieved, what falls due.
    """
    facts = gather(period=report.period)
    if not report.narrative:
        report.narrative = first_draft(report.kind, facts)
    return rules.build(report.kind, facts, narrative=report.narrative)


def _failed(report: Report, problem: Exception) -> Report:
    report.state = ReportState.FAILED
    report.tries += 1
    report.failure = (
        f"Building stopped with an error ({type(problem).__name__}: {problem}). "
        "Build it again; if that fails too, whoever runs the portal finds the details in its log."
    )
    report.save()
    return report


@transaction.atomic
def rebuild_report(*, report: Report, by: User) -> Report:
    """Have a report built again that could not be built.

    Raises:
        CannotChangeReport: it did not fail.
    """
    report = locked(report)
    if report.state != ReportState.FAILED:
        raise CannotChangeReport("Only a report that could not be built can be built again.")
    report.state, report.failure, report.tries = ReportState.WAITING, "", 0
    report.save()
    _queue(report)
    return report


def waiting_reports() -> list[Report]:
    """What is still to be built, oldest first: waiting, or failed fewer than :data:`TRIES` times."""
    return list(
        Report.objects.filter(
            Q(state=ReportState.WAITING) | Q(state=ReportState.FAILED, tries__lt=TRIES)
        ).order_by("pk")
    )


def _queue(report: Report) -> None:
    from boards.tasks import build_report as task

    if report.state in TO_BUILD:
        transaction.on_commit(partial(enqueue, task, report_id=report.pk))
