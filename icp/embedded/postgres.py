"""The embedded PostgreSQL: a cluster made once, with two roles and no way in over a network."""

import os
import shutil
import signal
import socket
import struct
import subprocess
from pathlib import Path

from .addresses import APPLICATION, DATABASE, OWNER, PORT
from .binaries import binaries
from .errors import EmbeddedError
from .passwords import passwords
from .places import make_private_dir, service_account
from .server import NO_SPACE, Server, as_service

SUPERUSER = "icp_supervisor"
NEEDED_BYTES = 300_000_000

SSL_REQUEST = struct.pack(
    "!ii", 8, 80877103
)  # "Do you speak TLS?", the protocol's shortest question

# Only the two roles may sign in. The superuser cannot sign in at all: it acts before the server starts.
HBA = f"""\
local all {OWNER},{APPLICATION} scram-sha-256
local all all reject
"""

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "maintenance_work_mem": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "io_method": "sync",
    "jit": "off",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %u@%d ",
}
# Tests only: data that may be lost with the machine's power need not wait for the disk.
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off"}


def is_unsafe() -> bool:
    return os.environ.get("ICP_FSYNC", "on") == "off"


class Postgres(Server):
    title = "database"
    slug = "postgres"
    stop_signals = (
        (signal.SIGINT, 20.0),  # Fast: ends sessions, writes a checkpoint.
        (signal.SIGQUIT, 5.0),  # Immediate: recovers at the next start.
        (signal.SIGKILL, 5.0),
    )

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"

    def command(self) -> list[str | Path]:
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if is_unsafe():
            settings |= UNSAFE_SETTINGS
        words: list[str | Path] = [binaries(self.state).postgres, "-D", self.data]
        for name, value in settings.items():
            words += ["-c", f"{name}={value}"]
        return words

    def prepare(self) -> None:
        make_private_dir(self.folder, service_account())
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        self._check_version()
        self._forget_reused_process_id()

    def answers(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.socket))
                # A server that is being killed still takes the connection; only a live one replies.
                probe.sendall(SSL_REQUEST)
                return probe.recv(1) in (b"N", b"S")
            except OSError:
                return False

    def explain(self, log: str) -> str | None:
        if "incompatible with server" in log:
            return self._wrong_version()
        return super().explain(log)

    def _make_cluster(self) -> None:
        """initdb, roles and database, all in a draft that is renamed when whole: half of one is never used."""
        free = shutil.disk_usage(self.state).free
        if free < NEEDED_BYTES:
            raise EmbeddedError(
                f"The disk that holds {self.state} has {free // 1_000_000} MB free and the database needs {NEEDED_BYTES // 1_000_000} MB: free some space, then start again."
            )
        draft = self.folder / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        programs = binaries(self.state)
        speed: list[str | Path] = ["--no-sync"] if is_unsafe() else []
        command: list[str | Path] = [
            programs.initdb,
            "--pgdata",
            draft,
            "--username",
            SUPERUSER,
            "--encoding=UTF8",
            # The same order of words on every machine, and in production.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--wal-segsize=4",
            "--auth-local=reject",
            "--auth-host=reject",
            *speed,
        ]
        self._run(command)
        (draft / "pg_hba.conf").write_text(HBA)
        single: list[str | Path] = [
            programs.postgres,
            "--single",
            "-j",
            "-D",
            draft,
            "-c",
            "log_min_messages=error",
        ]
        for database, statements in cluster_statements(passwords(self.state)).items():
            # In this mode a statement ends with a semicolon and an empty line.
            script = "".join(f"{statement};\n\n" for statement in statements)
            log = self._run([*single, database], script)
            if "ERROR:" in log or "FATAL:" in log:
                raise EmbeddedError(f"The database could not be set up: {log.strip()}")
        draft.rename(self.data)

    def _run(self, command: list[str | Path], script: str = "") -> str:
        process = as_service(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
        )
        output = process.communicate(script.encode())[0].decode(errors="replace")
        if process.returncode:
            if any(words in output for words in NO_SPACE):
                raise EmbeddedError(self.explain(output) or "")
            raise EmbeddedError(f"The database could not be set up: {output.strip()}")
        return output

    def _check_version(self) -> None:
        program = subprocess.run(
            [str(binaries(self.state).postgres), "--version"],
            capture_output=True,
            text=True,
            check=True,
        )
        major = program.stdout.split()[-1].partition(".")[0]
        if (self.data / "PG_VERSION").read_text().strip() != major:
            raise EmbeddedError(self._wrong_version())

    def _wrong_version(self) -> str:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        return (
            f"The database in {self.data} was made by PostgreSQL {made_by}, another version than is installed:"
            f" install the version it was made with, or remove {self.state} to start afresh."
        )

    def _forget_reused_process_id(self) -> None:
        """The lock says no server lives; a process id in the way is a stranger's that got the same number."""
        path = self.data / "postmaster.pid"
        try:
            os.kill(int(path.read_text().splitlines()[0]), 0)
        except PermissionError:
            pass
        except (OSError, ValueError, IndexError):
            return  # Nobody has that number: PostgreSQL tidies up by itself.
        if not self.is_alive():
            path.unlink(missing_ok=True)


def cluster_statements(secrets: dict[str, str]) -> dict[str, list[str]]:
    """What the superuser does once, by database.

    The application's role owns nothing, so it can neither alter a table nor switch a trigger off; it may not
    truncate either. Default privileges belong to one database: ``template1`` hands them to those made later.
    """
    for secret in secrets.values():
        if not secret.replace("-", "").replace("_", "").isalnum():
            raise EmbeddedError("The database passwords may hold letters, digits, - and _ only.")
    rights = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APPLICATION}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION}",
    ]
    return {
        "template1": [
            f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{secrets['owner']}'",
            f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{secrets['app']}'",
            *rights,
        ],
        "postgres": [
            f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template1",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION}",
        ],
    }
