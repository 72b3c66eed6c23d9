"""A ZIP archive sealed by its own comment: ``sha256:`` and the digest of every byte before the comment."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from icp.operations.copies.errors import CannotCopy

MARK = b"sha256:"
_UNSEALED = MARK + b"0" * 64
_SEAL = re.compile(rb"sha256:[0-9a-f]{64}")
CHUNK = 1024 * 1024  # bytes

DAMAGED = "This copy is damaged or incomplete: its checksum does not agree. Nothing was changed. Take another copy."


class _Sealing:
    """Passes bytes on, and writes the seal in place of the comment that ends the archive.

    It can neither seek nor tell, so the archive may go to a pipe.
    """

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self._held = b""  # The last bytes so far: they may be the comment.

    def write(self, data: bytes) -> int:
        all_of_it = self._held + bytes(data)
        ready, self._held = all_of_it[: -len(_UNSEALED)], all_of_it[-len(_UNSEALED) :]
        self._digest.update(ready)
        self._target.write(ready)
        return len(data)

    def flush(self) -> None:
        self._target.flush()

    def seal(self) -> str:
        if self._held != _UNSEALED:
            raise ValueError("The archive does not end with its comment.")
        self._target.write(MARK + self._digest.hexdigest().encode())
        self._target.flush()
        return self._digest.hexdigest()


class SealedWriter:
    """``zip`` takes the members; ``digest`` is known when the ``with`` block of :func:`sealed_writer` has ended."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.zip = archive
        self.digest = ""


@contextmanager
def sealed_writer(target: IO[bytes]) -> Iterator[SealedWriter]:
    """An archive written to ``target``, which need not be seekable; sealed if the block ends well."""
    sealing = _Sealing(target)
    archive = zipfile.ZipFile(sealing, "w", allowZip64=True)  # type: ignore[call-overload]
    archive.comment = _UNSEALED
    writer = SealedWriter(archive)
    yield writer
    archive.close()
    writer.digest = sealing.seal()


def check_seal(source: BinaryIO) -> str:
    """The digest of the archive, which agrees with its bytes.

    Raises:
        CannotCopy: it does not, or this is no archive of the portal.
    """
    size = source.seek(0, 2)
    source.seek(0)
    if size < len(_UNSEALED):
        raise CannotCopy(DAMAGED)
    digest, left = hashlib.sha256(), size - len(_UNSEALED)
    while left:
        data = source.read(min(CHUNK, left))
        if not data:
            raise CannotCopy(DAMAGED)
        digest.update(data)
        left -= len(data)
    seal = source.read()
    if not _SEAL.fullmatch(seal) or seal != MARK + digest.hexdigest().encode():
        raise CannotCopy(DAMAGED)
    return digest.hexdigest()
