"""A dump poured through pg_restore into psql, with our own statements before and after it, as one transaction."""

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from icp.operations.copies import script
from icp.operations.copies.database import server_major
from icp.operations.copies.errors import CannotCopy
from icp.operations.copies.manifest import Manifest
from icp.operations.copies.programs import environment, last_words, program
from icp.operations.copies.sealed import CHUNK

# pg_restore writes statements, so that they and ours are one transaction of psql.
PG_RESTORE = ("--no-owner", "--file=-")
PSQL = ("--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--single-transaction")


class _Program:
    """One of PostgreSQL's programs with open pipes; what it complains of is kept in a file."""

    def __init__(self, path: Path, *words: str, surroundings: dict[str, str]) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (closed by stop)
        self._process = subprocess.Popen(
            [str(path), *words],
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.into: IO[bytes] = self._process.stdin
        self.out: IO[bytes] = self._process.stdout

    def end(self) -> None:
        """After everything was written and read.

        Raises:
            CannotCopy: it failed; its own words are in the sentence.
        """
        if self._process.wait():
            raise self.failure()

    def failure(self) -> CannotCopy:
        self._complaints.seek(0)
        said = last_words(self._complaints.read())
        return CannotCopy(f"The copy could not be restored, and nothing was changed: {said}.")

    def stop(self) -> None:
        """Ended before its commit, psql leaves everything as it was."""
        self._process.kill()
        self._process.wait()
        for pipe in (self.out, self._complaints):
            pipe.close()
        try:
            self.into.close()
        except BrokenPipeError:
            pass


@contextmanager
def _running(name: str, *words: str, surroundings: dict[str, str]) -> Iterator[_Program]:
    started = _Program(
        program(name, server_major=server_major()), *words, surroundings=surroundings
    )
    try:
        yield started
    finally:
        started.stop()


def restore_database(dump: Iterable[bytes], manifest: Manifest) -> None:
    """Replace what the database holds by the dump.

    Raises:
        CannotCopy: it failed, or a table would not have the rows of the manifest; nothing was changed.
    """
    owner = connection.settings_dict["USER"]
    with (
        _running("pg_restore", *PG_RESTORE, surroundings={"LC_ALL": "C"}) as reader,
        _running("psql", *PSQL, "--file=-", surroundings=environment()) as psql,
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        connection.close()  # No look of ours at the tables may stand in the way of dropping them.
        feeding = beside.submit(_feed, reader, dump)
        try:
            psql.into.write(
                script.before(owner=owner, application=settings.DATABASE_APP_ROLE).encode()
            )
            while data := reader.out.read(CHUNK):
                psql.into.write(data)
            feeding.result()
            reader.end()
            psql.into.write(script.after(manifest).encode())
            psql.into.close()
        except BrokenPipeError as problem:
            reader.stop()
            psql.end()
            raise psql.failure() from problem
        psql.end()


def _feed(reader: _Program, dump: Iterable[bytes]) -> None:
    try:
        for data in dump:
            reader.into.write(data)
        reader.into.close()
    except (BrokenPipeError, ValueError):
        pass  # It ended early, and says why itself.
