"""``manage.py export_report``: the content of one report, for machines and for keeping."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards.errors import CannotRecordViewing
from boards.exporters.csv import csv_of
from boards.models import Report, ReportKind, ViewedForm
from boards.rules.narrow import NothingToNarrowTo, narrow
from boards.rules.printed import Content
from boards.selectors import content_of, preview
from boards.services import record_viewing
from programmes.management.places import place_called
from programmes.models import Period


class Command(BaseCommand):
    help = (
        "Print the content of a place's report for the period that ends on a date: the stored one, "
        'or, where it is not built yet, a preview marked "draft".'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's short name in addresses")
        parser.add_argument("--as-at", required=True, help="the last day of the period: 2020-01-31")
        parser.add_argument("--kind", required=True, choices=ReportKind.values)
        parser.add_argument("--format", default="json", choices=["json", "csv"])
        parser.add_argument("--programme", help="only this programme and those inside it: IT")
        parser.add_argument("--sro", help="only the programmes of this SRO or chair, by post")
        parser.add_argument("--board", help="only rows this board is asked to decide on: AOG")
        parser.add_argument("--output", help="write to this file instead of printing")

    def handle(self, *args: Any, **options: Any) -> None:
        period = find_period(place=options["place"], as_at=options["as_at"])
        try:
            content = narrow(
                content_for(period=period, kind=options["kind"], form=options["format"]),
                programme=options["programme"],
                sro=options["sro"],
                board=options["board"],
            )
        except NothingToNarrowTo as problem:
            raise CommandError(str(problem)) from problem
        if options["format"] == "csv":
            data = b"".join(csv_of(content))
        else:
            data = (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
        self._write(data, output=options["output"])

    def _write(self, data: bytes, *, output: str | None) -> None:
        if output is None:
            # A terminal or a pipe needs no byte order mark.
            self.stdout.write(data.decode("utf-8-sig"), ending="")
            return
        try:
            Path(output).write_bytes(data)
        except OSError as problem:
            raise CommandError(f"{output} cannot be written: {problem.strerror}.") from problem


def find_period(*, place: str, as_at: str) -> Period:
    """The place's period that ends on ``as_at``.

    Raises:
        CommandError: no such place, not a date, or no period ends then; says which there are.
    """
    found = place_called(place)
    try:
        day = date.fromisoformat(as_at)
    except ValueError as problem:
        raise CommandError(f"{as_at} is not a date. Write it as 2020-01-31.") from problem
    period = Period.objects.select_related("place").filter(place=found, ends_on=day).first()
    if period is None:
        ends = Period.objects.filter(place=found).order_by("ends_on")
        known = ", ".join(f"{end:%Y-%m-%d}" for end in ends.values_list("ends_on", flat=True))
        raise CommandError(
            f"No period of {found.name} ends on {as_at}. Periods end on: {known or 'none yet'}."
        )
    return period


def content_for(*, period: Period, kind: str, form: str = "json") -> Content:
    """The stored content; a draft is marked so. A report not built yet is previewed from the plan.

    That a report which is not public was read is noted.
    """
    report = Report.objects.select_related("period__place").filter(period=period, kind=kind).first()
    if report is None or not report.is_built:
        return preview(period=period, kind=kind)
    try:
        record_viewing(report=report, by=None, form=ViewedForm(form))
    except CannotRecordViewing as problem:
        raise CommandError(str(problem)) from problem
    content = content_of(report)
    return content if report.is_published else {**content, "draft": True}
