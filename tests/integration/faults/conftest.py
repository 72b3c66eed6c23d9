"""One portal for all tests of faults, apart from the other tests' services; each test has a place of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from icp import embedded
from icp.embedded.places import is_root
from tests.integration.embedded.conftest import state_folders

from .stack import Stack

SIZE = "700m"
PLACES = [f"place-{n}" for n in range(10)]


def small_disk(folder: Path) -> bool:
    """A disk of its own under ``folder``, which only root may make."""
    if not is_root():
        return False
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "tmpfs", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@contextmanager
def state_on_a_small_disk() -> Iterator[tuple[Path, Path | None]]:
    """A state folder, and the disk of its own that it lies on, if there could be one."""
    with state_folders() as make:
        state = make("state")
        mounted = small_disk(state.parent)
        try:
            yield state, state.parent if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", str(state.parent)], check=True)


@pytest.fixture(scope="module")
def stack(django_db_setup: None) -> Iterator[Stack]:
    with pytest.MonkeyPatch.context() as patch, state_on_a_small_disk() as (state, disk):
        patch.setenv("ICP_STATE", str(state))
        patch.setenv("ICP_FSYNC", "off")
        patch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        with embedded.running() as handle:
            made = Stack(handle, *PLACES)
            made.disk = disk
            try:
                made.start_all()
                yield made
            finally:
                made.end()
