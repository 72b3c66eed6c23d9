"""Inviting people, letting them in, and ending their sessions. Whoever calls decides who may."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from icp.accounts.errors import CannotInvite, InvitationNotValid
from icp.accounts.models import EventKind, Invitation, SignInEvent, User
from icp.accounts.notices import mail_invitation
from icp.accounts.tokens import hash_of, link_of, new_token
from icp.common.outbox import withdraw_mail


@dataclass(frozen=True)
class Issued:
    """An invitation just made, with the only copy of its link."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite(*, user: User, scope: str, host: str, by: User | None, at: datetime) -> Issued:
    """Send ``user`` a link, for one use, to set a first password; an earlier one of this scope is dead.

    It works to the end of the day that is ``settings.INVITATION_DAYS`` days on. ``by`` is nobody on the command line.

    Raises:
        CannotInvite: the account is closed, or its owner can sign in already.
    """
    user = _locked(user)
    if not user.is_active:
        raise CannotInvite(f"The account of {user.email} is closed.")
    if user.can_sign_in:
        raise CannotInvite(f"{user.email} has an account already, and signs in with it.")
    _revoke(user=user, scope=scope, at=at)
    token = new_token()
    invitation = Invitation.objects.create(
        user=user,
        scope=scope,
        host=host,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=end_of_day(at + timedelta(days=settings.INVITATION_DAYS)),
    )
    mail_invitation(invitation, token=token)
    return Issued(invitation, link_of(token))


@transaction.atomic
def revoke_invitation(*, user: User, scope: str, at: datetime) -> bool:
    """Make the pending link of this scope dead, and keep back its mail if it has not left.

    False when there is none.
    """
    return bool(_revoke(user=_locked(user), scope=scope, at=at))


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> User:
    """Set the invited person's password; their links are dead from now on. Validate ``password`` first.

    Raises:
        InvitationNotValid: the link does not work, or somebody used it a moment ago.
    """
    found = Invitation.objects.filter(token_hash=hash_of(token)).first()
    if found is None:
        raise InvitationNotValid
    user = _locked(found.user)
    invitation = Invitation.objects.open_at(at).filter(pk=found.pk).first()
    if invitation is None or user.can_sign_in:
        raise InvitationNotValid
    user.set_password(password)
    user.save(update_fields=["password"])
    _use(invitation, at=at)
    return user


@transaction.atomic
def accept_by_proven_address(*, user: User, at: datetime) -> None:
    """Let an invited person in without a password: their organisation vouches for the invited address.

    Raises:
        InvitationNotValid: they have no open invitation.
    """
    user = _locked(user)
    invitation = Invitation.objects.open_at(at).filter(user=user).order_by("-invited_at").first()
    if invitation is None:
        raise InvitationNotValid
    _use(invitation, at=at)


@transaction.atomic
def end_sessions(*, user: User, by: User, reason: str, at: datetime) -> int:
    """Sign ``user`` out of every browser at once, for somebody else; returns of how many.

    Nothing is recorded where there was none. The account stays open, and keys to the API go on working.
    """
    found = list(UserSession.objects.select_for_update().filter(user=user))
    for one in found:
        one.end()
    if found:
        # Without an address or a device: those would be of whoever did it, not of the account.
        SignInEvent.objects.create(
            at=at, kind=EventKind.SESSIONS_ENDED_FOR, user=user, by=by, reason=reason
        )
    return len(found)


def _use(invitation: Invitation, *, at: datetime) -> None:
    """The invitation has served: it and the person's other links are dead, and the address is proven."""
    user = invitation.user
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    # By a link from a terminal, while mail did not work: a dead link need not follow.
    withdraw_mail(key=invitation.mail_key)
    _revoke(user=user, at=at)
    # Whoever opened the link reads mail at this address.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def end_of_day(moment: datetime) -> datetime:
    """The last second of that day in the United Kingdom: what mails and pages mean by "until"."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=59, microsecond=0)


def _locked(user: User) -> User:
    """The person as stored now; what is done to their invitations waits its turn."""
    found: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return found


def _revoke(*, user: User, at: datetime, **scope: str) -> int:
    pending = list(Invitation.objects.pending().filter(user=user, **scope))
    for invitation in pending:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        withdraw_mail(key=invitation.mail_key)
    return len(pending)
