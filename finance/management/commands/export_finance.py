"""``manage.py export_finance``: a month's money, for programs and for keeping."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from finance.exporters.content import month_content, report_content
from finance.exporters.files import MADE
from finance.models import FinanceMonth, FinanceReport
from finance.rules.years import read_year, year_name
from programmes.management.places import place_called
from programmes.models import Place


class Command(BaseCommand):
    help = (
        "Print a month's consolidated summary, the views by workstream and partner, risks and savings. "
        "Pounds as text; null where a figure is not known. Or write its finance report as CSV, Excel or PDF."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's short name in addresses")
        parser.add_argument("--year", required=True, help="the financial year: 2019/20")
        parser.add_argument(
            "--month", required=True, type=int, help="the month of that year: 1 is April"
        )
        parser.add_argument(
            "--format",
            default="json",
            choices=list(MADE),
            help="json is the month's figures; csv, xlsx and pdf are its finance report",
        )
        parser.add_argument(
            "--output", type=Path, help="write to this file; needed for xlsx and pdf"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_called(options["place"])
        try:
            year = read_year(options["year"])
        except ValueError as problem:
            raise CommandError(f"{options['year']} is no financial year. {problem}") from problem
        month = find_month(place=place, year=year, number=options["month"])
        made = _made(month, options["format"])
        if options["output"]:
            _write(options["output"], made)
        elif options["format"] in ("xlsx", "pdf"):
            raise CommandError(
                f"Say where the {options['format']} goes: --output report.{options['format']}"
            )
        else:
            self.stdout.write(made.decode())


def _made(month: FinanceMonth, fmt: str) -> bytes:
    """The month in one format: its report as it was stamped and published, or as it would be now."""
    if fmt == "json":
        return json.dumps(month_content(month=month), ensure_ascii=False, indent=2).encode()
    report = FinanceReport.objects.filter(month=month).first()
    if report is not None and fmt == "pdf" and report.pdf:
        return bytes(report.pdf)
    content = report.content if report is not None else report_content(month=month)
    return MADE[fmt](content)


def _write(path: Path, made: bytes) -> None:
    try:
        path.write_bytes(made)
    except OSError as problem:
        raise CommandError(f"{path} cannot be written: {problem.strerror}.") from problem


def find_month(*, place: Place, year: int, number: int) -> FinanceMonth:
    """The month of the place's accounts.

    Raises:
        CommandError: there is none; says which there are.
    """
    found = FinanceMonth.objects.filter(place=place, year=year, number=number).first()
    if found is None:
        months = FinanceMonth.objects.filter(place=place).order_by("year", "number")
        known = ", ".join(f"{year_name(one.year)} month {one.number}" for one in months)
        raise CommandError(
            f"{place.name} holds no month {number} of {year_name(year)}. It holds: {known or 'none yet'}."
        )
    return found
