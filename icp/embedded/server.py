"""One server process: started in a session of its own, found again by the lock it holds, stopped in order.

The server inherits an open lock file. As long as it, or any child it left behind, lives, the lock is held;
so "is it running?" has an exact answer, also after a kill -9, a reused process id or a restart of the machine.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .errors import EmbeddedError
from .locks import holders, is_held, open_lock, try_lock, wait_until_free
from .places import is_root, service_account

ATTEMPTS = 5
LOG_LIMIT = 5_000_000  # bytes
NO_SPACE = ("No space left on device", "Disk quota exceeded")

# Kept so that a child that ends is reaped, and never warned about.
_children: list[subprocess.Popen[bytes]] = []


def as_service(command: Sequence[str | Path], **options: object) -> "subprocess.Popen[bytes]":
    """Start a program as the service account, away from the terminal's signals."""
    account = service_account()
    if is_root():
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C",
        "TZ": "UTC",
    }
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [str(word) for word in command],
        env=environment,
        stdin=options.pop("stdin", subprocess.DEVNULL),
        start_new_session=True,
        umask=0o077,
        **options,
    )


class Server:
    """What PostgreSQL and Valkey share. ``title`` is the word used in sentences."""

    title = ""
    slug = ""
    stop_signals: tuple[tuple[signal.Signals, float], ...] = ()
    ready_within = 60.0  # seconds; a database that recovers from a crash replays its log first

    def __init__(self, state: Path, sockets: Path) -> None:
        self.state = state
        self.sockets = sockets
        self.folder = state / self.slug
        self.lock = state / f"{self.slug}.lock"
        self.log = state / f"{self.slug}.log"

    # What each server says for itself.
    def command(self) -> list[str | Path]:
        raise NotImplementedError

    def prepare(self) -> None:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def explain(self, log: str) -> str | None:
        """The sentence for a known cause in the log of a failed start, which trying again would not mend."""
        if any(words in log for words in NO_SPACE):
            return f"The {self.title} cannot start: the disk that holds {self.state} is full. Free some space, then start again."
        return None

    def is_alive(self) -> bool:
        return is_held(self.lock)

    def ensure(self, say: Callable[[str], None]) -> None:
        """Running and answering when this returns: found so, recovered, or started."""
        if self.is_alive():
            if self._wait_for_answer(process=None):
                return
            say(f"The {self.title} of an earlier run does not answer; stopping it.")
            self.stop()
        self.prepare()
        log: str | None = ""
        for attempt in range(ATTEMPTS):
            log = self._start()
            if log is None:
                return
            if sentence := self.explain(log):
                raise EmbeddedError(sentence)
            # Right after a crash the old server's memory may be in use for about a second.
            time.sleep(0.3 * (attempt + 1))
        raise EmbeddedError(
            f"The {self.title} did not start; {self.log} ends: {_last_line(log or '')}"
        )

    def _start(self) -> str | None:
        """None when it answers, else what its log said."""
        descriptor = open_lock(self.lock)
        try:
            if not try_lock(descriptor, exclusive=True, seconds=5):
                self.stop()
                if not try_lock(descriptor, exclusive=True, seconds=5):
                    return "An earlier process does not end."
            if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
                self.log.unlink()
            with self.log.open("ab") as log:
                begin = log.tell()
                process = as_service(
                    self.command(),
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    pass_fds=(descriptor,),
                )
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(process.pid).encode(), 0)
        except OSError as error:
            return f"{error.strerror}: {error.filename}"
        finally:
            os.close(descriptor)
        _children.append(process)
        if self._wait_for_answer(process=process):
            return None
        self.stop()
        return self._log_since(begin)

    def _wait_for_answer(self, process: "subprocess.Popen[bytes] | None") -> bool:
        end = time.monotonic() + self.ready_within
        while time.monotonic() < end:
            if self.answers():
                return True
            if process is not None and process.poll() is not None:
                return False
            if process is None and not (self.is_alive() and self._leader_lives()):
                return False
            time.sleep(0.03)
        return False

    def _pid(self) -> int | None:
        try:
            return int(self.lock.read_text() or "0") or None
        except (OSError, ValueError):
            return None

    def _leader_lives(self) -> bool:
        pid = self._pid()
        try:
            if pid is not None:
                os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
        return True

    def stop(self) -> None:
        """Stop the process that holds the lock, politely, then not."""
        for number, patience in self.stop_signals:
            if not self.is_alive():
                break
            self._signal(number)
            if wait_until_free(self.lock, patience):
                break
        else:
            for pid in holders(self.lock):
                _kill(pid, signal.SIGKILL)
            wait_until_free(self.lock, 5)
        _children[:] = [child for child in _children if child.poll() is None]

    def _signal(self, number: signal.Signals) -> None:
        pid = self._pid()
        # A holder that is not the recorded process is a leftover child; the process id may be a stranger's.
        known = holders(self.lock)
        if known and pid not in known:
            for leftover in known:
                _kill(leftover, number)
        elif pid is not None:
            _kill(pid, number)

    def _log_since(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")


def _kill(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "nothing was written"
