"""A person as the log tells them: by a key that says nothing to whoever does not hold the portal's secret."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import LazyObject, empty

SALT = "icp.operations.who"
DIGITS = 16


def key_of(pk: Any, *, secret: str | bytes | None = None) -> str:
    """The same for one person in every line, as long as the secret stays; from it alone nobody finds the person."""
    made = salted_hmac(SALT, str(pk), secret=secret, algorithm="sha256")
    return made.hexdigest()[:DIGITS]


def keys_of(pk: Any) -> list[str]:
    """Today's key first, then those by the secrets of before: older lines have them."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [key_of(pk, secret=secret) for secret in secrets]


def person_of(key: str) -> Any:
    """Whose key it is; nobody's where there is none such. Every person is tried: there is no way back from a key."""
    people = get_user_model()._default_manager.order_by("pk").iterator()
    return next((one for one in people if key in keys_of(one.pk)), None)


def key_in(request: HttpRequest) -> str:
    """The key of whoever is signed in; empty for nobody, and where nobody has asked yet who it is.

    A line of the log never asks the database: it may be away.
    """
    user = vars(request).get("user")
    if isinstance(user, LazyObject) and user._wrapped is empty:  # type: ignore[attr-defined]
        return ""
    pk = getattr(user, "pk", None)
    return key_of(pk) if pk is not None else ""
