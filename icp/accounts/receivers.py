"""What accounts do when something else in the portal happens."""

from typing import Any

from icp.accounts.models import User
from icp.common import clock


def note_sign_in(*, user: User, **kwargs: Any) -> None:
    """Keep when somebody last signed in, by the clock that the pages show."""
    user.last_login = clock.now()
    user.save(update_fields=["last_login"])
