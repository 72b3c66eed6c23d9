"""Import a plan file into a place."""

import math
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from programmes.importers.any_plan import read_any_plan
from programmes.importers.plan import PlanFile
from programmes.management.importing import ImportCommand
from programmes.models import Place
from programmes.selectors.known import known_of
from programmes.services.plan_import import PlanPreview, import_plan, preview_plan
from programmes.services.uploads import plan_limits


class Command(ImportCommand):
    help = (
        "Import plan rows from CSV, Excel or a project file: all of them or none. "
        "Format: docs/importing.md."
    )
    files = "a .csv, .xlsx, .xml (Microsoft Project), .gan or .mpp file"
    take_file = remove_missing = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--programme", default="", help="whose rows they are, where a project file does not say"
        )
        parser.add_argument(
            "--take-file",
            action="store_true",
            help="let the file win where the plan has changed since it was written; else the plan stands",
        )
        parser.add_argument(
            "--remove-missing",
            action="store_true",
            help="remove the rows of the file's programmes that the file does not have; in an agreed plan ask for that",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.take_file, self.programme = options["take_file"], options["programme"]
        self.remove_missing = options["remove_missing"]
        super().handle(*args, **options)

    def read(self, data: bytes, filename: str, place: Place) -> PlanFile:
        known = known_of(place=place, programme=self.programme)
        limits = plan_limits(seconds=math.inf)
        return read_any_plan(data, filename, known=known, limits=limits)

    def preview(self, place: Place, file: PlanFile) -> PlanPreview:
        return preview_plan(place=place, file=self._chosen(place, file))

    def write(self, place: Place, file: PlanFile) -> PlanPreview:
        return import_plan(place=place, file=self._chosen(place, file), by=None)

    def _chosen(self, place: Place, file: PlanFile) -> PlanFile:
        if not (self.take_file or self.remove_missing):
            return file
        found = preview_plan(place=place, file=file)
        if self.take_file:
            take = frozenset((one.row, one.field) for one in found.conflicts)
            file = replace(file, take=take)
        return replace(file, remove=frozenset(found.left)) if self.remove_missing else file
