"""The way to the organisation's sign-in and back; whatever fails there gives a page that says so."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from requests import RequestException

from icp.accounts.sso import failed_page

Door = Callable[[HttpRequest, str], HttpResponse]


def _watched(door: Door) -> Door:
    """allauth asks the provider where its doors are before it watches for failures."""

    @never_cache
    @wraps(door)
    def wrapped(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return door(request, provider_id)
        except (RequestException, OAuth2Error, KeyError) as problem:
            return failed_page(request, problem)

    return wrapped


login = _watched(views.login)
callback = _watched(views.callback)
