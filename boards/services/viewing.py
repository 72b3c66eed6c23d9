"""Noting who reads a paper that is not public. Who cannot be noted does not get to read."""

import logging
from collections.abc import Mapping

from django.db import DatabaseError

from boards.errors import CannotRecordViewing
from boards.models import Report, ViewedForm, Viewing
from icp.accounts.models import User
from icp.audit.recording import current_way
from programmes.access import Person

log = logging.getLogger(__name__)


def is_for_anybody(report: Report) -> bool:
    """Published and marked public. A draft is for the office, whatever it is marked."""
    return report.is_published and report.is_public


def record_viewing(
    *,
    report: Report,
    by: Person | None,
    form: ViewedForm,
    part: Mapping[str, str | None] | None = None,
) -> None:
    """Note that ``by`` is about to read the report, unless anybody may. ``part`` is what it is narrowed to.

    Raises:
        CannotRecordViewing: the note could not be kept, so the report must not be shown.
    """
    if is_for_anybody(report):
        return
    narrowed = ", ".join(f"{name} {value}" for name, value in (part or {}).items() if value)
    try:
        Viewing.objects.create(
            report=report,
            viewer=by if isinstance(by, User) else None,
            form=form,
            way=current_way(),
            part=narrowed,
        )
    except DatabaseError as problem:
        log.exception("The reading of report %s could not be noted.", report.pk)
        raise CannotRecordViewing from problem
