"""Ctrl-C, SIGTERM and a closed terminal, turned into one exception at places where it does no harm."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """The person at the keyboard, or the system, wants the end."""


class StopSignals:
    """Counts the signals, and raises ``Stop`` inside ``interruptible`` blocks only."""

    def __init__(self) -> None:
        self.received = 0
        self._may_raise = False
        self._expected = 1
        for number in STOPPING:
            # A run under nohup asked not to end with its terminal.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._receive)
                if number == signal.SIGHUP:
                    _watch_terminal()

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self.received += 1
        if self._may_raise and self.received >= self._expected:
            raise Stop

    @contextmanager
    def interruptible(self, *, again: bool = False) -> Iterator[None]:
        """``Stop`` may be raised inside; ``again`` asks for one more signal than has come so far."""
        self._expected = self.received + 1 if again else 1
        self._may_raise = True
        try:
            if self.received >= self._expected:
                raise Stop
            yield
        finally:
            self._may_raise = False


def _watch_terminal() -> None:
    """Sends SIGHUP to this process when its terminal is closed, whoever the system tells of it.

    Only the leader of the terminal's session is told, and `make` as that leader waits for its command to end
    instead of passing it on: both would wait for ever.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:  # Started without one.
        return

    def wait() -> None:
        hung_up = select.poll()
        hung_up.register(terminal, 0)  # A closed terminal is reported whatever is asked for.
        if any(found & select.POLLHUP for _, found in hung_up.poll()):
            os.kill(os.getpid(), signal.SIGHUP)

    threading.Thread(target=wait, name="terminal", daemon=True).start()
