"""The random passwords of the two database roles, in a file only its owner can read."""

import json
import os
import secrets
import tempfile
from pathlib import Path

from .errors import EmbeddedError
from .places import make_state_dir

FILE_NAME = "database-passwords.json"
ROLES = ("owner", "app")


def passwords(state: Path) -> dict[str, str]:
    """Passwords by role (``owner``, ``app``), made at the first call and kept.

    Raises:
        EmbeddedError: the file cannot be made or read.
    """
    path = state / FILE_NAME
    if not path.exists():
        _make(path)
    try:
        found = json.loads(path.read_text())
        return {role: str(found[role]) for role in ROLES}
    except (OSError, ValueError, KeyError) as error:
        raise EmbeddedError(
            f"The database passwords in {path} cannot be read: restore that file, or remove {state} to start afresh."
        ) from error


def _make(path: Path) -> None:
    make_state_dir(path.parent)
    fresh = {role: secrets.token_urlsafe(32) for role in ROLES}
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent)  # Mode 0600.
        with os.fdopen(handle, "w") as file:
            json.dump(fresh, file)
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link, not a rename: of two processes that come at once, the first wins and both read its words.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    except OSError as error:
        raise EmbeddedError(f"Cannot write {path} ({error.strerror}).") from error
