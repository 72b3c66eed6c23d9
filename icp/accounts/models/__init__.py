"""People who sign in, their invitations, what happened at the door, and their keys to the API."""

from icp.accounts.models.events import EventKind, SignInEvent
from icp.accounts.models.invitations import Invitation, InvitationQuerySet
from icp.accounts.models.people import User, UserManager, UserQuerySet
from icp.accounts.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "EventKind",
    "Invitation",
    "InvitationQuerySet",
    "SignInEvent",
    "User",
    "UserManager",
    "UserQuerySet",
]
