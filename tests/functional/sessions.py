"""Letting somebody in without the sign-in form."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext


def let_in(context: BrowserContext, client: Client, *, url: str) -> None:
    """The browser at ``url`` goes on with the session that ``client`` has."""
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": url}])
