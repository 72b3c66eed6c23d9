import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from icp.operations.copies import CannotCopy, check_copy, restore_copy
from icp.operations.copies.manifest import Manifest
from icp.operations.copies.restoring import migrations_of_this_version


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The archive, to be read more than once: standard input (``-``) is kept in a file without a name."""
    if file != "-":
        with open(file, "rb") as source:
            yield source
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        yield kept  # type: ignore[misc]


class Command(BaseCommand):
    help = (
        "Put a copy made by backup in place of what the database and the files hold. As the owner's role, with"
        " web servers, workers and timer stopped. FILE may be - : then it is read from standard input."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--replace", action="store_true", help="remove what the database and the files hold"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="only say whether the copy is whole, and what is in it",
        )

    def handle(self, *args: Any, file: str, replace: bool, check: bool, **options: Any) -> None:
        try:
            with opened(file) as source:
                manifest = check_copy(source) if check else restore_copy(source, replace=replace)
        except OSError as problem:
            raise CommandError(f"{file} cannot be read ({problem.strerror}).") from problem
        except CannotCopy as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_summary(manifest, "Whole" if check else "Restored"))


def _summary(manifest: Manifest, word: str) -> str:
    words = (
        f"{word}: the copy of {manifest.made_at}, portal {manifest.portal_version}: {len(manifest.rows)} tables"
        f" with {sum(manifest.rows.values())} rows, and {len(manifest.files)} files."
    )
    missing = migrations_of_this_version() - set(manifest.migrations)
    if missing:
        words += f" It is older than this portal by {len(missing)} migrations: run `manage.py migrate` next."
    return words
