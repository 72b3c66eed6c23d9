"""``manage.py export_plan``: a plan as a file that can be edited and imported again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from icp.common import clock
from icp.common.tabular import write_csv, write_xlsx
from icp.common.words import plural
from programmes.exporters.mspdi import write_mspdi
from programmes.exporters.plan_file import FORM, HEADINGS, cells, plan_rows
from programmes.exporters.project_plan import project_plan
from programmes.management.places import place_called
from programmes.models import Place, Programme


class Command(BaseCommand):
    help = "Write a plan to a file in the format of import_plan. Format: docs/importing.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's short name in addresses")
        parser.add_argument("--programme", help="only the rows of this programme: IT")
        parser.add_argument("--format", default="xlsx", choices=["csv", "xlsx", "mspdi"])
        parser.add_argument("--out", required=True, type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_called(options["place"])
        programme, out = _programme(place, options["programme"]), options["out"]
        rows = plan_rows(place=place, programme=programme)
        count, left_out = rows.count(), []
        if options["format"] == "csv":
            data = b"".join(write_csv(HEADINGS, cells(rows)))
        elif options["format"] == "xlsx":
            title = f"{place.name}: plan"
            data = write_xlsx(HEADINGS, cells(rows), sheet="Plan", title=title, form=FORM)
        else:
            plan = project_plan(place=place, programme=programme)
            data, left_out = write_mspdi(plan, at=clock.now()), plan.left_out
        try:
            out.write_bytes(data)
        except OSError as problem:
            raise CommandError(f"{out} cannot be written: {problem.strerror}.") from None
        self.stdout.write(f"{plural(count, 'row')} written to {out}.")
        for sentence in left_out:
            self.stdout.write(f"Not in the file: {sentence}")


def _programme(place: Place, code: str | None) -> Programme | None:
    if code is None:
        return None
    found = Programme.objects.in_place(place).filter(code=code).first()
    if found is None:
        known = ", ".join(
            Programme.objects.in_place(place).in_order().values_list("code", flat=True)
        )
        raise CommandError(f"{place} has no programme {code}. There are: {known or 'none yet'}.")
    return found
