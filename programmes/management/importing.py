"""What the import commands share: read, say what would change, write."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from icp.common.tabular import TableError
from icp.common.words import plural
from programmes.errors import Refused
from programmes.models import Place


class ImportCommand(BaseCommand):
    """Reads a file for a place, prints what differs, and writes it unless ``--dry-run``."""

    files = "a .csv or .xlsx file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=self.files)
        parser.add_argument("--place", required=True, help="the place's slug")
        parser.add_argument("--dry-run", action="store_true", help="say what would change only")

    def read(self, data: bytes, filename: str, place: Place) -> Any:
        raise NotImplementedError

    def preview(self, place: Place, file: Any) -> Any:
        raise NotImplementedError

    def write(self, place: Place, file: Any) -> Any:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        place = Place.objects.filter(slug=options["place"]).first()
        if place is None:
            known = ", ".join(Place.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"No place is called {options['place']}. Places: {known or 'none yet'}."
            )
        path: Path = options["file"]
        try:
            file = self.read(path.read_bytes(), path.name, place)
            preview = self.preview(place, file)
            self._say(preview)
            if preview.errors:
                raise CommandError(
                    f"Nothing was imported: {plural(len(preview.errors), 'cell needs', 'cells need')} attention."
                )
            if options["dry_run"]:
                self.stdout.write("Nothing was written: this was a dry run.")
            elif preview.changes_nothing:
                self.stdout.write("Nothing to do: the place already says what the file says.")
            else:
                done = self.write(place, file)
                for reference in getattr(done, "requests", []):
                    self.stdout.write(f"Drafted {reference} for what needs to be agreed.")
                self.stdout.write("Done.")
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
        except (TableError, Refused) as problem:
            raise CommandError(str(problem)) from None

    def _say(self, preview: Any) -> None:
        for error in preview.errors:
            self.stderr.write(str(error))
        for reference, changes in preview.changed.items():
            for change in changes:
                self.stdout.write(f"{reference}: {change.field}: {change.old} → {change.new}")
        for reference, changes in getattr(preview, "asked", {}).items():
            for change in changes:
                self.stdout.write(
                    f"To be agreed: {reference}: {change.field}: {change.old} → {change.new}"
                )
        for reference in getattr(preview, "removed", ()):
            self.stdout.write(f"{reference}: is removed: it is not in the file")
        for sentence in getattr(preview, "waiting", []):
            self.stdout.write(sentence)
        for conflict in getattr(preview, "conflicts", ()):
            self.stdout.write(
                f"{conflict.row}: {conflict.field}: changed in the plan and in the file since the file was"
                f" written. Was {conflict.was}, plan {conflict.plan}, file {conflict.file}:"
                f" {'the file is taken' if conflict.takes_file else 'the plan stands'}."
            )
        for sentence in getattr(preview, "left_out", ()):
            self.stdout.write(f"Not carried: {sentence}")
        for sentence in getattr(preview, "warnings", ()):
            self.stdout.write(f"Warning: {sentence}")
        for note in preview.notes:
            self.stdout.write(f"Note: {note}")
        self.stdout.write(
            f"{len(preview.created)} created, {len(preview.changed)} changed, {preview.unchanged} unchanged, "
            f"{len({error.row for error in preview.errors})} failed"
        )
        if preview.left:
            self.stdout.write(f"Not in the file, and left as they are: {len(preview.left)}.")
