"""Where the embedded services keep their files, and as whom they run.

PostgreSQL refuses to run as root, so for root both services run as ``nobody``; what they read must then
lie where ``nobody`` may walk. Unix sockets have a path of at most about 107 bytes, so they never lie in the
state folder, which may be deep, but in a short private folder of their own under ``/tmp``.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedError

REPOSITORY = Path(__file__).resolve().parent.parent.parent
# Sockets need short paths; the folders made below are for one account only.
SHORT_ROOT = Path("/tmp")  # nosec B108
FALLBACK_ROOT = Path("/var/tmp")  # nosec B108


@dataclass(frozen=True)
class Account:
    """The system account that runs the services."""

    name: str
    uid: int
    gid: int


def is_root() -> bool:
    return os.geteuid() == 0


def service_account() -> Account:
    """Who runs the services: the caller, or ``nobody`` when the caller is root."""
    if not is_root():
        return Account(name="", uid=os.geteuid(), gid=os.getegid())
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedError(
            "PostgreSQL cannot run as root and this machine has no user 'nobody' to run it as: run this as an ordinary user."
        ) from error
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def can_walk(account: Account, path: Path) -> bool:
    """Whether ``account`` may pass through every existing folder above ``path``, and ``path`` if it is a folder."""
    for folder in (path, *path.parents):
        try:
            entry = folder.stat()
        except FileNotFoundError:
            continue
        except OSError:
            return False
        if not stat.S_ISDIR(entry.st_mode):
            continue
        needed = stat.S_IXUSR if entry.st_uid == account.uid else stat.S_IXOTH
        if not entry.st_mode & needed:
            return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def state_dir() -> Path:
    """The folder that keeps database, queue, passwords and logs between runs (it may not exist yet).

    ``ICP_STATE``, else ``.state`` in the repository. Root gets a fixed folder under ``/var/tmp`` instead
    where ``nobody`` could not reach the chosen one.
    """
    chosen = Path(os.environ.get("ICP_STATE") or REPOSITORY / ".state").expanduser().absolute()
    if is_root() and not can_walk(service_account(), chosen.parent):
        return FALLBACK_ROOT / f"icp-{_digest(chosen)}"
    return chosen


def socket_dir(state: Path | None = None) -> Path:
    """The short folder of the sockets that belongs to ``state`` (it may not exist yet)."""
    state = state or state_dir()
    uid = service_account().uid
    return SHORT_ROOT / f"icp-{uid}-{_digest(Path(os.path.realpath(state)))}"


def make_state_dir(state: Path) -> Path:
    """Make the state folder, or say why it cannot be used."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        owner = state.stat().st_uid
        if owner == os.geteuid():
            # Root's services run as nobody and must pass through; nobody else has business here.
            state.chmod(0o711 if is_root() else 0o700)
    except OSError as error:
        raise EmbeddedError(
            f"Cannot make the folder {state} ({error.strerror}): set ICP_STATE to a folder that you may write to."
        ) from error
    if owner != os.geteuid():
        raise EmbeddedError(
            f"The folder {state} belongs to another user ({_user_name(owner)}): run this as that user, or set ICP_STATE to another folder."
        )
    if not os.access(state, os.W_OK | os.X_OK):
        raise EmbeddedError(
            f"The folder {state} cannot be written to: set ICP_STATE to a folder that you may write to."
        )
    return state


def make_private_dir(path: Path, account: Account) -> Path:
    """A folder that only ``account`` (and root) can enter; one that somebody else made is refused."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        entry = path.lstat()
        if stat.S_ISDIR(entry.st_mode) and is_root() and entry.st_uid == os.geteuid():
            # Just made: here, by a start at the same moment, or by one that was killed before it gave it away.
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
            entry = path.lstat()
    except OSError as error:
        raise EmbeddedError(f"Cannot make the folder {path} ({error.strerror}).") from error
    if not stat.S_ISDIR(entry.st_mode) or entry.st_uid != account.uid:
        raise EmbeddedError(
            f"{path} exists and belongs to another user ({_user_name(entry.st_uid)}): have it removed, then start again."
        )
    if stat.S_IMODE(entry.st_mode) != 0o700:
        path.chmod(0o700)
    return path


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"
