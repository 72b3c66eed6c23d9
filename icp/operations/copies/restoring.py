"""Restoring an archive: checked as a whole first, then everything or nothing."""

import hashlib
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from icp.common.grants import grant_to_application
from icp.operations.copies import database, folders
from icp.operations.copies.errors import CannotCopy
from icp.operations.copies.manifest import (
    DATABASE,
    NAME,
    Manifest,
    check_migrations,
    read_manifest,
)
from icp.operations.copies.pouring import restore_database
from icp.operations.copies.sealed import CHUNK, DAMAGED, check_seal


def check_copy(source: BinaryIO) -> Manifest:
    """The manifest of an archive that is whole and that this version can take.

    Raises:
        CannotCopy: it is damaged, or made by a newer portal.
    """
    check_seal(source)
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive.read(NAME))
            names = set(archive.namelist())
    except (zipfile.BadZipFile, KeyError, OSError) as problem:
        raise CannotCopy("This is no copy of the portal: it cannot be opened.") from problem
    if names != {NAME, *manifest.members} or DATABASE not in names:
        raise CannotCopy(DAMAGED)
    check_migrations(manifest, known=migrations_of_this_version())
    return manifest


def migrations_of_this_version() -> frozenset[str]:
    """As ``app.name``, with those that a squashed one replaces."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = [key for one in loader.disk_migrations.values() for key in one.replaces]
    return frozenset(f"{app}.{name}" for app, name in [*loader.disk_migrations, *replaced])


def restore_copy(source: BinaryIO, *, replace: bool = False) -> Manifest:
    """Put the archive's database and files in place; returns its manifest.

    The database changes in one transaction that ends only if every table has the rows of the copy. Files wait
    beside their folder until then.

    Raises:
        CannotCopy: the archive is refused, the target is not empty or in use, or it failed; nothing was changed.
    """
    manifest = check_copy(source)
    database.check_target(replace=replace)
    if not replace and not folders.are_empty():
        raise CannotCopy(
            "The folder of files is not empty. Restoring would remove them: add --replace if that is what you want."
        )
    with zipfile.ZipFile(source) as archive:
        try:
            _unpack_files(archive, manifest)
            restore_database(_checked(archive, DATABASE, manifest), manifest)
        except BaseException:
            folders.clear_drafts()
            raise
    folders.put_in_place()
    grant_to_application(using="default")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manifest


def _unpack_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    folders.clear_drafts()
    for name in manifest.files:
        path = folders.draft_path(name)
        if path is None:
            raise CannotCopy(
                "The copy holds files, and this portal has no folder for them: set MEDIA_ROOT, then restore."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for data in _checked(archive, name, manifest):
                file.write(data)


def _checked(archive: zipfile.ZipFile, name: str, manifest: Manifest) -> Iterator[bytes]:
    """The member's bytes; refused at its end if they are not those that the manifest names."""
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while data := member.read(CHUNK):
            digest.update(data)
            yield data
    if digest.hexdigest() != manifest.members[name].sha256:
        raise CannotCopy(DAMAGED)
