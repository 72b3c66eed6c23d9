"""Who uses the services, and when they start and stop.

Each user of the services holds a shared lock (the lease) as long as it uses them. Whoever leaves last stops
them. A user that is killed leaves too, since the kernel releases its lease; what it left running is
taken over by the next one.
"""

import atexit
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .broker import Broker
from .locks import only_one, open_lock, try_lock
from .places import (
    make_private_dir,
    make_state_dir,
    service_account,
    socket_dir,
    state_dir,
)
from .postgres import Postgres
from .server import Server

SERVERS: dict[str, type[Server]] = {"postgres": Postgres, "broker": Broker}
ALL = ("postgres", "broker")


def _silently(sentence: str) -> None:
    pass


class Handle:
    """A lease on running services: give it back with ``close``."""

    def __init__(self, state: Path, services: Sequence[str], say: Callable[[str], None]) -> None:
        self.state = make_state_dir(state)
        self.sockets = make_private_dir(socket_dir(state), service_account())
        self.services = tuple(services)
        self._say = say
        self._mutex = self.state / "start.lock"
        self._process = os.getpid()
        self._lease: int | None = open_lock(self.state / "lease.lock")
        atexit.register(self.close)
        try:
            self._take()
        except BaseException:
            self.close()
            raise

    def _take(self) -> None:
        assert self._lease is not None
        with only_one(self._mutex):
            # Exclusive leases are only held inside the same mutex, so this never waits long.
            try_lock(self._lease, exclusive=False, seconds=5)
            for name in self.services:
                SERVERS[name](self.state, self.sockets).ensure(self._say)

    def dead(self) -> list[str]:
        """The services in use that are not running any more, by the word used in sentences."""
        servers = [SERVERS[name](self.state, self.sockets) for name in self.services]
        return [server.title for server in servers if not server.is_alive()]

    def revive(self) -> None:
        """Start again what died."""
        self._take()

    def close(self) -> None:
        """Give the lease back; stop everything if nobody else holds one. May be called twice."""
        if self._lease is None or self._process != os.getpid():
            return
        lease, self._lease = self._lease, None
        atexit.unregister(self.close)
        with only_one(self._mutex):
            os.close(lease)
            last = open_lock(self.state / "lease.lock")
            try:
                if try_lock(last, exclusive=True):
                    stop_leftovers(self.state)
            finally:
                os.close(last)


def stop_leftovers(state: Path) -> None:
    """Stop the services of ``state``. The caller holds the exclusive lease."""
    for name in reversed(ALL):
        SERVERS[name](state, socket_dir(state)).stop()


def ensure_running(
    services: Sequence[str] = ALL, *, say: Callable[[str], None] = _silently
) -> Handle:
    """Start what is not running, take over what is, and lease it until ``close`` (or the process's end).

    Raises:
        EmbeddedError: a service cannot run; its message is one sentence.
    """
    return Handle(state_dir(), services, say)


@contextmanager
def running(services: Sequence[str] = ALL) -> Iterator[Handle]:
    """The services run inside the ``with`` block."""
    handle = ensure_running(services)
    try:
        yield handle
    finally:
        handle.close()
