"""State folders of their own, and processes that hold services the way a command does."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from icp import embedded
from icp.embedded.locks import holders
from icp.embedded.places import REPOSITORY, socket_dir
from icp.embedded.supervisor import stop_leftovers

HOLDER = """
import sys
from icp import embedded
handle = embedded.ensure_running()
print("up", flush=True)
sys.stdin.readline()
handle.close()
"""


@contextmanager
def state_folders() -> Iterator[Callable[[str], Path]]:
    """Makes state folders that ``nobody`` can reach, and afterwards ends and removes all of them."""
    made: list[Path] = []

    def make(name: str = "state") -> Path:
        # Not pytest's own folder: root's is closed to others.
        top = Path(tempfile.mkdtemp(prefix="icp test ", dir="/var/tmp"))
        top.chmod(0o711)
        made.append(top)
        return top / name

    yield make
    for top in made:
        for lease in list(top.rglob("lease.lock")):
            stop_leftovers(lease.parent)
            shutil.rmtree(socket_dir(lease.parent), ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def new_state() -> Iterator[Callable[[str], Path]]:
    with state_folders() as make:
        yield make


@pytest.fixture
def empty_state(new_state: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of this test, where nothing has run yet."""
    path = new_state("state")
    monkeypatch.setenv("ICP_STATE", str(path))
    monkeypatch.setenv("ICP_FSYNC", "off")
    return path


@pytest.fixture(scope="session")
def used_state() -> Iterator[Path]:
    """A state folder in which the services have run once; making one takes seconds, copying it does not."""
    with pytest.MonkeyPatch.context() as patch, state_folders() as make:
        path = make("state")
        patch.setenv("ICP_STATE", str(path))
        patch.setenv("ICP_FSYNC", "off")
        with embedded.running():
            pass
        yield path


@pytest.fixture
def state(empty_state: Path, used_state: Path) -> Path:
    """The state folder of this test, in which the services have run once."""
    subprocess.run(["cp", "-a", used_state, empty_state], check=True)
    return empty_state


class Holder:
    """Another process that uses the services."""

    def __init__(self, state: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER],
            cwd=REPOSITORY,
            env=os.environ | {"ICP_STATE": str(state), "ICP_FSYNC": "off"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_up(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "up\n"

    def leave(self) -> None:
        self.process.communicate("\n", timeout=60)
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def new_holder(empty_state: Path) -> Iterator[Callable[[], Holder]]:
    made: list[Holder] = []

    def make() -> Holder:
        made.append(Holder(empty_state))
        return made[-1]

    yield make
    for holder in made:
        if holder.process.poll() is None:
            holder.kill()


def server_pid(state: Path, slug: str) -> int:
    return int((state / f"{slug}.lock").read_text())


def is_running(state: Path, slug: str) -> bool:
    return bool(holders(state / f"{slug}.lock"))


def kill_now(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
