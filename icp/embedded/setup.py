"""The demonstration's database: set up at first use, migrated again when the code's migrations change."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedError
from .locks import only_one
from .places import REPOSITORY

MARKER = "set-up.json"
SETTING_UP = "ICP_SETTING_UP"
LOG = "set-up.log"


@dataclass(frozen=True)
class Needed:
    """What the database still lacks."""

    migrate: bool
    load: bool
    rewritten: tuple[str, ...]  # migrations already applied whose text has changed since


def migrations_on_disk() -> dict[str, str]:
    """Digest by path of every migration of this project, and of the lock, since libraries bring migrations too."""
    files = [REPOSITORY / "requirements.lock", *REPOSITORY.glob("*/migrations/*.py")]
    files += REPOSITORY.glob("icp/*/migrations/*.py")
    return {
        str(path.relative_to(REPOSITORY)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
        if path.is_file()
    }


def needed(state: Path) -> Needed:
    """Compare the marker of the last set-up with the code."""
    try:
        applied = json.loads((state / MARKER).read_text())["migrations"]
    except (OSError, ValueError, KeyError, TypeError):
        return Needed(migrate=True, load=True, rewritten=())
    present = migrations_on_disk()
    rewritten = tuple(
        name
        for name, digest in applied.items()
        if "/migrations/" in name and present.get(name) != digest
    )
    return Needed(migrate=applied != present, load=False, rewritten=rewritten)


Step = Callable[[str, Callable[[], object]], None]


def set_up(state: Path, step: Step) -> None:
    """Migrate and load the demonstration if that is still to be done. The services must be running.

    ``step(words, work)`` does ``work`` and says so; it is not called when there is nothing to do.

    Raises:
        EmbeddedError: a step failed; the end of its output is in the message.
    """
    if needed(state) == Needed(migrate=False, load=False, rewritten=()):
        return
    with only_one(state / "set-up.lock", seconds=900):
        todo = needed(state)  # Another process may have done it while this one waited.
        # The marker tells what was applied: read before, in case the code changes meanwhile.
        migrations = migrations_on_disk()
        if todo.rewritten:
            print(
                f"Migrations that this database has already applied were rewritten ({', '.join(todo.rewritten)})."
                f" If pages fail, stop everything and remove {state} to start afresh.",
                file=sys.stderr,
            )
        if todo.migrate:
            step(
                "Making the tables",
                lambda: manage("migrate", "--noinput", state=state, owner=True),
            )
        if todo.load:
            step(
                "Loading the demonstration's place, plan and people",
                lambda: manage("load_demo", state=state),
            )
        if todo.migrate or todo.load:
            draft = state / f"{MARKER}.draft"
            draft.write_text(json.dumps({"migrations": migrations}, indent=1))
            draft.replace(state / MARKER)


def manage(*words: str, state: Path, owner: bool = False) -> str:
    """Run a management command in a process of its own and return its output; a log keeps it too.

    Raises:
        EmbeddedError: it failed; the end of its output is in the message.
    """
    command = [sys.executable, str(REPOSITORY / "manage.py"), *words]
    result = subprocess.run(
        command,
        env=environment(owner=owner),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    output = result.stdout + result.stderr
    with (state / LOG).open("a") as log:
        log.write(f"$ manage.py {' '.join(words)}\n{output}\n")
    if result.returncode:
        tail = "\n".join(output.strip().splitlines()[-12:])
        raise EmbeddedError(f"`manage.py {' '.join(words)}` failed:\n{tail}")
    return result.stdout


def environment(*, owner: bool = False) -> Mapping[str, str]:
    """For a command that is part of the set-up: it must not set up again."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "icp.settings.demo",
        "ICP_DATABASE_ROLE": "owner" if owner else "app",
        "PYTHONUNBUFFERED": "1",
        SETTING_UP: "1",
    }
