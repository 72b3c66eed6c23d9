from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from icp.settings.sign_on import PROVIDER


def single_sign_on(request: HttpRequest) -> dict[str, str]:
    """The button for single sign-on: its name and address, both empty where there is none."""
    if not settings.SSO.name:
        return {"sso_name": "", "sso_url": ""}
    url = reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})
    return {"sso_name": settings.SSO.name, "sso_url": url}
