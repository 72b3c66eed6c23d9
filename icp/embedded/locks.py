"""Advisory locks (flock): the kernel releases them when their holder dies, so none is ever stale."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import EmbeddedError

PAUSE = 0.05


def open_lock(path: Path) -> int:
    """A file descriptor on the lock file, which is made if need be; not inherited by children."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise EmbeddedError(f"Cannot open {path} ({error.strerror}).") from error


def try_lock(descriptor: int, *, exclusive: bool, seconds: float = 0) -> bool:
    """Lock within ``seconds``; False if somebody else keeps it."""
    kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(PAUSE)


def is_held(path: Path) -> bool:
    """Whether a living process holds the lock exclusively."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor, exclusive=False)
    finally:
        os.close(descriptor)


def wait_until_free(path: Path, seconds: float) -> bool:
    """Wait until nobody holds the lock; False if somebody still does after ``seconds``."""
    descriptor = open_lock(path)
    try:
        return try_lock(descriptor, exclusive=False, seconds=seconds)
    finally:
        os.close(descriptor)


@contextmanager
def only_one(path: Path, seconds: float = 120) -> Iterator[None]:
    """One process at a time starts or stops services."""
    descriptor = open_lock(path)
    try:
        if not try_lock(descriptor, exclusive=True, seconds=seconds):
            raise EmbeddedError(
                f"Another process has been starting or stopping the database for {seconds:.0f} seconds: end it, then try again."
            )
        yield
    finally:
        os.close(descriptor)


def holders(path: Path) -> list[int]:
    """Process ids that have the file open, where the system can tell (Linux); ours is left out."""
    found = []
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            links = {os.readlink(entry.path) for entry in os.scandir(folder)}
        except OSError:  # Gone meanwhile, or not ours to look at.
            continue
        if str(path) in links:
            found.append(int(folder.parent.name))
    return [pid for pid in found if pid != os.getpid()]
