"""Who may see how the portal does: monitoring, not the public."""

import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# A proxy adds at least one of these. Behind it everybody has the proxy's address, so the address says nothing.
THROUGH_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")


def is_monitoring(request: HttpRequest) -> bool:
    """With the token of the setting OPERATIONS_TOKEN, or straight from an address of OPERATIONS_NETWORKS."""
    return _has_token(request) or _is_near(request)


def _has_token(request: HttpRequest) -> bool:
    token = settings.OPERATIONS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _is_near(request: HttpRequest) -> bool:
    if any(name in request.headers for name in THROUGH_A_PROXY):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(one) for one in settings.OPERATIONS_NETWORKS)
