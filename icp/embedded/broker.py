"""The embedded Valkey: Celery's queue and the cache, on a unix socket, kept in an append-only file."""

import signal
import socket
from pathlib import Path

from .addresses import BROKER_SOCKET
from .binaries import binaries
from .places import make_private_dir, service_account
from .postgres import is_unsafe
from .server import Server


class Broker(Server):
    title = "message broker"
    slug = "broker"
    stop_signals = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))

    @property
    def socket(self) -> Path:
        return self.sockets / BROKER_SOCKET

    def command(self) -> list[str | Path]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": ".",
            "appendonly": "yes",
            "appendfsync": "no" if is_unsafe() else "everysec",
            "save": "",
            "databases": "16",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        words: list[str | Path] = [binaries(self.state).valkey]
        for name, value in options.items():
            words += [f"--{name}", value]
        return words

    def prepare(self) -> None:
        make_private_dir(self.folder, service_account())
        self.socket.unlink(missing_ok=True)  # The lock says that nobody listens on it.

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(64).startswith(b"+PONG")
            except OSError:
                return False
