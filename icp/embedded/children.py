"""The demonstration's own processes (web, worker, beat): started, watched, started again, stopped."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .errors import EmbeddedError
from .locks import holders, is_held, open_lock, try_lock, wait_until_free
from .server import LOG_LIMIT

QUICK = 60.0  # seconds within which repeated deaths count
DEATHS_ALLOWED = 3
LOG_LINES_SHOWN = 15
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


class Child:
    """A process group that lives no longer than its launcher."""

    def __init__(
        self,
        *,
        title: str,
        slug: str,
        command: Sequence[str],
        state: Path,
        environment: Mapping[str, str],
        folder: Path,
    ) -> None:
        self.title = title
        self.slug = slug
        self.command = list(command)
        self.environment = dict(environment)
        self.folder = folder
        self.lock = state / f"{slug}.lock"
        self.log = state / f"{slug}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths: deque[float] = deque(maxlen=DEATHS_ALLOWED)

    def start(self) -> None:
        """Start it. Leftovers of a run whose launcher was killed are stopped first."""
        self._stop_leftovers()
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.unlink()
        descriptor = open_lock(self.lock)
        try:
            try_lock(descriptor, exclusive=True, seconds=5)
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    self.command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    env=self.environment,
                    pass_fds=(descriptor,),
                    start_new_session=True,
                    preexec_fn=_end_with_parent(),
                )
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(self._process.pid).encode(), 0)
        finally:
            os.close(descriptor)

    def died(self) -> int | None:
        """The exit code if it has ended by itself."""
        return self._process.poll() if self._process else None

    def revive(self, say: Callable[[str], None]) -> None:
        """Start it again, unless it has died three times within a minute.

        Raises:
            EmbeddedError: it keeps dying; the end of its log is in the message.
        """
        code = self.died()
        self._deaths.append(time.monotonic())
        if len(self._deaths) == DEATHS_ALLOWED and self._deaths[-1] - self._deaths[0] < QUICK:
            raise EmbeddedError(
                f"The {self.title} ended {DEATHS_ALLOWED} times within a minute, so it is not started again."
                f" Its log, {self.log}, ends:\n{self.log_tail()}"
            )
        say(f"The {self.title} ended (code {code}); starting it again.")
        self._end_group(signal.SIGKILL)
        self.start()

    def log_tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-LOG_LINES_SHOWN:])

    def ask_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait_stopped(self, seconds: float) -> None:
        """Wait for the end, then end what is left of the group."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=max(seconds, 0))
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def kill(self) -> None:
        """End the whole group now."""
        self._end_group(signal.SIGKILL)
        if self._process:
            self._process.wait()

    def _end_group(self, number: signal.Signals) -> None:
        if self._process:
            try:
                os.killpg(self._process.pid, number)
            except (ProcessLookupError, PermissionError):
                pass

    def _stop_leftovers(self) -> None:
        if not is_held(self.lock):
            return
        known = holders(self.lock) or _recorded(self.lock)
        for number, patience in ((signal.SIGTERM, 8.0), (signal.SIGKILL, 5.0)):
            for pid in known:
                try:
                    os.kill(pid, number)
                except (ProcessLookupError, PermissionError):
                    pass
            if wait_until_free(self.lock, patience):
                return
        raise EmbeddedError(
            f"The {self.title} of an earlier run does not end (process {', '.join(map(str, known))}): end it, then start again."
        )


def _recorded(lock: Path) -> list[int]:
    try:
        return [int(lock.read_text())]
    except (OSError, ValueError):
        return []


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends a child when its launcher dies, even of kill -9."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM) and None
