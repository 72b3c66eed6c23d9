"""Writing down what happened at the door."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from icp.accounts.devices import device_words
from icp.accounts.models import EventKind, SignInEvent, User
from icp.common import clock


def record(
    kind: EventKind, *, request: HttpRequest | None, user: User | None, how: str = ""
) -> SignInEvent:
    """Add an event. ``how`` is in the portal's own words: never pass what somebody typed."""
    return SignInEvent.objects.create(
        at=clock.now(),
        kind=kind,
        user=user,
        how=how,
        address=address_of(request),
        device=device_words(request.META.get("HTTP_USER_AGENT", "")) if request else "",
    )


def address_of(request: HttpRequest | None) -> str | None:
    """Where the browser is, as the proxies that are trusted say; nothing when nobody says."""
    if request is None:
        return None
    try:
        found: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return found


def has_come_from(*, email: str, address: str) -> bool:
    """Whether the owner of that account has signed in from there before, or chose a password anew there."""
    return SignInEvent.objects.filter(
        user__email=email.strip().lower(),
        address=address,
        kind__in=(EventKind.SIGNED_IN, EventKind.PASSWORD_RESET),
    ).exists()
