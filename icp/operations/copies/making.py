"""Making an archive: written as it is read, so it needs no room but its own, and may go to a pipe."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from icp.operations.copies import database, folders
from icp.operations.copies.errors import CannotCopy
from icp.operations.copies.manifest import DATABASE, FORMAT, NAME, Manifest, Member
from icp.operations.copies.sealed import CHUNK, sealed_writer


def make_copy(target: IO[bytes], *, at: datetime) -> tuple[Manifest, str]:
    """Write the archive to ``target``; returns its manifest, and the SHA-256 it is sealed with.

    Raises:
        CannotCopy: this is not the owner's role, or the database cannot be dumped.
    """
    database.check_owner()
    members: dict[str, Member] = {}
    with sealed_writer(target) as archive:
        with database.one_moment() as moment, database.dump(moment) as process:
            assert process.stdout is not None
            # It is compressed already.
            members[DATABASE] = _add(archive.zip, DATABASE, process.stdout, zipfile.ZIP_STORED)
        # After the database: a file that a row of the copy names was there before the row.
        for name, path in folders.stored_files():
            with path.open("rb") as file:
                members[name] = _add(archive.zip, name, file, zipfile.ZIP_DEFLATED)
        manifest = Manifest(
            format=FORMAT,
            portal_version=settings.PRODUCT_VERSION,
            postgres_version=moment.postgres_version,
            made_at=at.isoformat(),
            migrations=moment.migrations,
            rows=moment.rows,
            members=members,
        )
        archive.zip.writestr(NAME, manifest.as_json(), zipfile.ZIP_DEFLATED)
    return manifest, archive.digest


def _add(archive: zipfile.ZipFile, name: str, source: IO[bytes], compression: int) -> Member:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w", force_zip64=True) as member:
        while data := source.read(CHUNK):
            digest.update(data)
            size += len(data)
            member.write(data)
    return Member(bytes=size, sha256=digest.hexdigest())


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[IO[bytes]]:
    """A file that has its name only when it is whole; only its owner can read it.

    Raises:
        CannotCopy: there is a file of that name, or the folder or disk does not take one.
    """
    taken = f"There is a file {path} already: choose another name, or move that one away."
    if path.exists():
        raise CannotCopy(taken)
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as problem:
        raise CannotCopy(f"Cannot write to {path.parent} ({problem.strerror}).") from problem
    try:
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)  # Unlike a renaming, it never takes the place of another file.
        except FileExistsError as problem:
            raise CannotCopy(taken) from problem
        except OSError as problem:
            raise CannotCopy(
                f"The copy could not be written to {path} ({problem.strerror}). No file was left there."
            ) from problem
    finally:
        os.unlink(draft)
