"""The way to the organisation's sign-in and back; whatever fails there gives a page that says so."""

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from requests import RequestException

from icp.accounts.sso import failed_page


@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider."""
    try:
        answer: HttpResponse = views.login(request, provider_id)
    except (RequestException, OAuth2Error, KeyError) as problem:
        return failed_page(request, problem)
    return answer


@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it. allauth asks the provider where its doors are before it watches for failures."""
    try:
        answer: HttpResponse = views.callback(request, provider_id)
    except (RequestException, OAuth2Error, KeyError) as problem:
        return failed_page(request, problem)
    return answer
