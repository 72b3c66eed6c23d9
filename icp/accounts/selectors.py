"""Reads about invitations."""

from datetime import datetime

from icp.accounts.models import Invitation
from icp.accounts.tokens import hash_of


def open_invitation(*, token: str, at: datetime) -> Invitation | None:
    """The invitation whose link works at that moment; nothing for any that does not, whatever the reason."""
    found = (
        Invitation.objects.open_at(at)
        .select_related("user", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )
    return None if found is None or found.user.can_sign_in else found
