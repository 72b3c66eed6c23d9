"""The whole portal in a folder of its own: services that may be restarted, and processes that may be killed."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
import requests

from icp.embedded.addresses import database_settings
from icp.embedded.broker import Broker
from icp.embedded.connecting import ask, connect
from icp.embedded.places import REPOSITORY, socket_dir
from icp.embedded.postgres import Postgres
from icp.embedded.supervisor import Handle
from icp.operations.copies import programs
from icp.operations.copies.programs import program

from .places import Place, wait_for

LIBPQ = {
    "HOST": "HOST",
    "PORT": "PORT",
    "USER": "USER",
    "PASSWORD": "PASSWORD",
    "DATABASE": "NAME",
}


class Process:
    """One process group of the portal, with its log."""

    def __init__(self, name: str, words: list[str], state: Path) -> None:
        self.log = state / f"{name}.txt"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=REPOSITORY,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """At once, with its children, as a machine that loses its power."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def connections(self) -> int:
        """How often it came to the broker, by its log."""
        return self.log.read_text().count("Connected to redis")

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in found.split()]


def environment() -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.integration.faults.settings",
        "ICP_DATABASE_ROLE": "app",
        "PYTHONUNBUFFERED": "1",
        "ICP_SETTING_UP": "1",
    }


def waiting_for(table: str) -> int:
    """How many sessions wait for the table, or for another session that does."""
    asked = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
    held_up = "EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass)"
    return ask("owner", f"{asked} AND {held_up}", values=[table])[0][0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def copy_schema() -> None:
    """The tests' own empty database, copied: migrating again takes ten times as long."""
    here = database_settings("owner")
    there = {f"PG{name}": here[key] for name, key in LIBPQ.items()}
    pg_dump, psql = (str(program(name, server_major=18)) for name in ("pg_dump", "psql"))
    dumped = subprocess.run(
        [pg_dump, "--no-owner"], env=programs.environment(), capture_output=True, check=True
    )
    words = [psql, "-qX", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    subprocess.run(words, env=there, input=dumped.stdout, check=True)


class Stack:
    """Services, pages, worker and timer."""

    def __init__(self, handle: Handle, *places: str) -> None:
        self.handle = handle
        self.state = handle.state
        copy_schema()
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.disk: Path | None = None  # Where it can be filled.
        self.processes: list[Process] = []
        self.worker: Process | None = None
        seeded = self._run("-m", "tests.integration.faults.seed", *places)
        self.places = [Place(facts, self.base) for facts in json.loads(seeded)]

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=REPOSITORY,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def place(self, *, with_reports: bool = False) -> Place:
        """One that no other test has touched; the last has January's reports."""
        return self.places.pop(-1 if with_reports else 0)

    def start(self, name: str, *words: str) -> Process:
        started = Process(name, list(words), self.state)
        self.processes.append(started)
        return started

    def start_all(self) -> None:
        self.web = self.start(
            "web", "gunicorn", "icp.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
            "--no-control-socket", "--worker-class", "gthread", "--workers", "1", "--threads", "8",
        )  # fmt: skip
        self.start_worker()
        self.timer = self.start_timer("timer")
        wait_for(self._answers, "the pages")

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.base}/healthz", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def start_worker(self) -> None:
        """A new one; that before it is killed, if it still lives."""
        if self.worker:
            self.worker.kill()
        self.worker = self.start(
            "worker", "celery", "-A", "icp.celery", "worker", "--concurrency", "1",
            "--without-gossip", "--without-mingle",
        )  # fmt: skip

    def start_timer(self, name: str) -> Process:
        schedule = str(self.state / f"{name}-schedule")
        return self.start(
            name, "celery", "-A", "icp.celery", "beat", "--pidfile=", "--schedule", schedule
        )

    def _server(self, kind: type) -> Any:
        return kind(self.state, socket_dir(self.state))

    def restart_database(self, number: signal.Signals = signal.SIGINT) -> None:
        server = self._server(Postgres)
        os.kill(int(server.lock.read_text()), number)
        wait_for(lambda: not server.is_alive(), "the end of the database")
        self.handle.revive()

    def stop_broker(self) -> None:
        self._server(Broker).stop()

    def start_broker(self) -> None:
        """And the worker, if that ended with it, as ``make run`` and Compose do: one that held a task as the broker went
        may fail (kombu gives the task back over the connection that it has just closed).
        """
        known = self.worker.connections()
        self.handle.revive()
        wait_for(
            lambda: self.worker.has_ended or self.worker.connections() > known,
            "the worker, at the broker again or ended",
        )
        if self.worker.has_ended:
            self.start_worker()

    def start_worker_after_a_full_disk(self) -> None:
        """As ``make run`` and Compose do: one that the broker lets note nothing of what it did ends, sooner or later."""
        wait_for(self._broker_takes_messages, "the broker, with room again")
        self.start_worker()

    def _broker_takes_messages(self) -> bool:
        """After a full disk it refuses them for up to a second, until it has tried to write again."""
        with redis.Redis(unix_socket_path=str(self._server(Broker).socket)) as broker:
            try:
                return bool(broker.set("written", 1, ex=1))
            except redis.RedisError:
                return False

    @contextmanager
    def held(self, table: str, *, readers_too: bool = False) -> Iterator[Callable[..., None]]:
        """Whoever writes to ``table`` waits, until the block ends or the database goes.

        Gives a function that returns when so many wait.
        """
        holder = connect("owner")
        holder.autocommit = False
        mode = "ACCESS EXCLUSIVE" if readers_too else "SHARE"
        with holder.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")

        def until_waiting(how_many: int = 1) -> None:
            wait_for(lambda: waiting_for(table) >= how_many, f"somebody who waits for {table}")

        try:
            yield until_waiting
        finally:
            holder.close()

    def end(self) -> None:
        for one in self.processes:
            one.kill()
