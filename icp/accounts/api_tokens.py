"""Keys to the API: made, listed, given up; only a hash of each is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from rest_framework import authentication, exceptions

from icp.accounts.middleware import SET_UP_FIRST
from icp.accounts.models import ApiToken, EventKind, User
from icp.accounts.recording import address_of, record
from icp.accounts.second_factor import must_set_one_up
from icp.accounts.services import end_of_day
from icp.accounts.tokens import hash_of, new_token
from icp.common import clock
from icp.common.presenters import long_date

MOST = 20
# "Last used" is kept to the minute: not every request needs a write.
NOTED_EVERY = timedelta(minutes=1)


class TooManyTokens(Exception):
    """This person has as many tokens as anybody may have."""


@dataclass(frozen=True)
class Made:
    """A token just made, with the only copy of its key."""

    token: ApiToken
    key: str


@transaction.atomic
def make_token(*, user: User, name: str, at: datetime, request: HttpRequest | None) -> Made:
    """A new key for ``user``. ``request`` is noted in the record of what happened.

    Raises:
        TooManyTokens: they have :data:`MOST` already.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.api_tokens.working(at=at).count() >= MOST:
        raise TooManyTokens(
            f"You have {MOST} API tokens already. Revoke one that nothing uses, then try again."
        )
    key = new_token()
    token = ApiToken.objects.create(
        user=user,
        name=name,
        token_hash=hash_of(key),
        start=key[:6],
        made_at=at,
        ends_at=end_of_day(at + timedelta(days=settings.API_TOKEN_DAYS)),
    )
    record(EventKind.TOKEN_MADE, request=request, user=user)
    return Made(token, key)


@transaction.atomic
def revoke_token(*, token: ApiToken, request: HttpRequest | None) -> None:
    """The key stops working at once."""
    user = token.user
    token.delete()
    record(EventKind.TOKEN_REVOKED, request=request, user=user)


@transaction.atomic
def revoke_all_tokens(*, user: User, how: str, request: HttpRequest | None) -> int:
    """All keys of ``user`` stop working at once; ``how`` says in the portal's words why. Returns how many did."""
    tokens = list(user.api_tokens.select_for_update().order_by("pk"))
    for token in tokens:
        token.delete()
        record(EventKind.TOKEN_REVOKED, request=request, user=user, how=how)
    return len(tokens)


class TokenAuthentication(authentication.TokenAuthentication):
    """``Authorization: Token …``; refused like everything else while a second factor is to be set up."""

    model = ApiToken

    def authenticate(self, request: Any) -> tuple[User, ApiToken] | None:
        found: tuple[User, ApiToken] | None = super().authenticate(request)
        if found is not None:
            _note_use(found[1], address=address_of(request._request))
        return found

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        token = ApiToken.objects.select_related("user").filter(token_hash=hash_of(key)).first()
        if token is None:
            raise exceptions.AuthenticationFailed("This token does not work, or was revoked.")
        if token.ends_at < clock.now():
            raise exceptions.AuthenticationFailed(
                f"This token worked until the end of {long_date(token.ends_at)}. Make a new one in the portal, "
                "under Your account."
            )
        if not token.user.is_active:
            raise exceptions.AuthenticationFailed("This account is closed.")
        if must_set_one_up(token.user):
            raise exceptions.PermissionDenied(SET_UP_FIRST)
        return token.user, token


def _note_use(token: ApiToken, *, address: str | None) -> None:
    now = clock.now()
    last = token.last_used_at
    if last is None or abs(now - last) >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address)
