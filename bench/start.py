"""Time `make run` in a clone of what is committed: from nothing, with a warm package cache, and a second time.

    python -m bench.start           prints figures as JSON

The clone gets an environment and a state folder of its own, in a temporary folder whose path holds a space.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.figures import Figure

LIMIT = 60  # seconds
REPOSITORY = Path(__file__).parent.parent
READY = "Ready in"
# What `make bench` sets for itself must not make the demonstration's start any different.
NOT_HANDED_ON = (
    "DJANGO_SETTINGS_MODULE",
    "ICP_DATABASE_ROLE",
    "ICP_FSYNC",
    "ICP_STATE",
    "MAKEFLAGS",
    "MAKELEVEL",
    "VIRTUAL_ENV",
)


class DidNotStart(RuntimeError):
    """`make run` ended before it was ready; what it said is the message."""


def main() -> list[Figure]:
    with clone() as folder:
        make(folder, "environment")  # Fills the package cache, if it was not.
        shutil.rmtree(folder / ".venv")
        first = seconds_until_ready(folder)
        second = seconds_until_ready(folder)
        make(folder, "clean")
    note = "libraries, database, demonstration and pages, with a warm package cache"
    return [
        Figure("make run, from nothing", "1 x", first, "s", LIMIT, note),
        Figure("make run, the second time", "1 x", second, "s"),
    ]


@contextmanager
def clone() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="icp bench ") as folder:
        Path(folder).chmod(0o755)  # When this is root, the database runs as somebody else.
        path = Path(folder) / "portal"
        subprocess.run(["git", "clone", "--quiet", REPOSITORY, path], check=True)
        yield path


def seconds_until_ready(folder: Path) -> float:
    """From the command to the line that says the pages answer; then it is stopped as by Ctrl-C."""
    environment = handed_on() | {"PORT": str(free_port())}
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.startswith(READY):
                return time.perf_counter() - began
        raise DidNotStart("".join(said))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)


def make(folder: Path, target: str) -> None:
    subprocess.run(["make", "--quiet", target], cwd=folder, env=handed_on(), check=True)


def handed_on() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(json.dumps([asdict(figure) for figure in main()]))
