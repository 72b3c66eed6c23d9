"""Where Django and Celery find the services. Nothing here starts anything: settings are read before the start."""

from typing import Literal

from .errors import EmbeddedError
from .passwords import passwords
from .places import socket_dir, state_dir

Role = Literal["owner", "app"]

OWNER = "icp_owner"
APPLICATION = "icp_app"
DATABASE = "icp"
PORT = "5432"  # Part of the socket's name only; no TCP port is opened.
BROKER_SOCKET = "valkey.sock"


def database_settings(role: str, name: str = DATABASE) -> dict[str, str]:
    """NAME, USER, PASSWORD, HOST and PORT for Django's DATABASES, for ``role`` ``owner`` or ``app``."""
    users = {"owner": OWNER, "app": APPLICATION}
    if role not in users:
        raise EmbeddedError(f"The database role must be 'owner' or 'app', not {role!r}.")
    state = state_dir()
    try:
        password = passwords(state)[role]
    except EmbeddedError:
        # The sentence is said when the services start; commands that need none still work.
        password = ""
    return {
        "NAME": name,
        "USER": users[role],
        "PASSWORD": password,
        "HOST": str(socket_dir(state)),
        "PORT": PORT,
    }


def broker_url(db: int = 0) -> str:
    """Celery's address of the broker."""
    return f"redis+socket://{socket_dir() / BROKER_SOCKET}?virtual_host={db}"


def cache_url(db: int = 1) -> str:
    """The address of the same server for Django's cache and redis-py."""
    return f"unix://{socket_dir() / BROKER_SOCKET}?db={db}"
