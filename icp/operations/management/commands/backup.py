import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from icp.operations.copies import CannotCopy, make_copy
from icp.operations.copies.making import whole_or_nothing


class Command(BaseCommand):
    help = (
        "Copy the database and all files into one archive with checksums. As the owner's role."
        " FILE may be - : then it goes to standard output, for a program that encrypts it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            if file == "-":
                manifest, digest = make_copy(sys.stdout.buffer, at=timezone.now())
            else:
                with whole_or_nothing(Path(file)) as target:
                    manifest, digest = make_copy(target, at=timezone.now())
        except CannotCopy as refused:
            raise CommandError(str(refused)) from refused
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stderr.write(
            f"Copied {len(manifest.rows)} tables with {rows} rows, and {files} files. SHA-256 of the copy: {digest}",
            lambda words: words,
        )
