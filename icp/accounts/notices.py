"""The invitation, and what was taken from somebody's account, in words."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from icp.accounts.models import Invitation, User
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


def mail_factor_taken(person: User, *, by: User, reason: str, at: datetime) -> None:
    """To whoever's second factor was taken away: who said that it was they who asked, and how they knew."""
    queue_mail(
        key=f"factor-taken:{person.pk}:{at.timestamp()}",
        to=person.email,
        subject="Your second factor for the programme portal was taken away",
        body=(
            "Your second factor and recovery codes do not work any more, because somebody said that you lost them.\n\n"
            f"Who made sure that it was you: {by.name}.\nHow: {reason}\n\n"
            f"Sign in and set up a new one:\n{settings.PUBLIC_ADDRESS}{reverse('account')}\n\n"
            f"If you did not ask for it, change your password and tell {by.name}.\n"
        ),
    )
