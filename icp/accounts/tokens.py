"""The secret in an invitation's link."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

BYTES = 32


def new_token() -> str:
    """43 random characters that may stand in an address."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain hash gives nothing away."""
    return sha256(token.encode()).hexdigest()


def link_of(token: str) -> str:
    """The whole address, for a mail or a terminal."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('invitation', kwargs={'token': token})}"
