"""The invitation in words."""

from icp.accounts.models import Invitation
from icp.accounts.tokens import link_of
from icp.common.outbox import queue_mail
from icp.common.presenters import long_date


def mail_invitation(invitation: Invitation, *, token: str) -> None:
    """Put the mail with the link into the outbox; its words are erased once it has left."""
    by = f"{invitation.invited_by} invites you" if invitation.invited_by else "You are invited"
    queue_mail(
        key=invitation.mail_key,
        to=invitation.user.email,
        subject=f"{invitation.host}: your invitation to the programme portal",
        body=(
            f"{by} to the integrated care programme portal of {invitation.host}, "
            f"as {invitation.user.name}.\n\n"
            f"Choose your password here:\n{link_of(token)}\n\n"
            f"The link works once, until the end of {long_date(invitation.expires_at)}. If it no longer "
            f"works, ask an administrator of {invitation.host} for a new one.\n\n"
            "If you did not expect this, do nothing.\n"
        ),
        forget_body=True,
    )
