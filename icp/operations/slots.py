"""A small number for each living process, free again when it ends.

Figures of several processes are kept in one file each. Named by process id, files of processes long gone would
pile up; by slot there are only as many as processes ever ran at once, and a successor counts on.
"""

import fcntl
import os
from pathlib import Path

_mine: dict[int, tuple[int, int]] = {}  # by process id: slot, and the lock file that holds it


def slot(folder: Path) -> int:
    """The slot of this process among those that use ``folder``: the lowest that was free when it first asked."""
    pid = os.getpid()
    if pid not in _mine:
        _mine[pid] = _take(folder)
    return _mine[pid][0]


def _take(folder: Path) -> tuple[int, int]:
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while True:
        lock = os.open(folder / f"slot-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            number += 1
        else:
            return number, lock


def _forget_parents() -> None:
    """A forked child shares its parent's lock: it lets go, or the slot would stay taken after the parent."""
    for _, lock in _mine.values():
        os.close(lock)
    _mine.clear()


os.register_at_fork(after_in_child=_forget_parents)
