"""Every address of the portal."""

from django.urls import include, path

from icp.common import views as common

urlpatterns = [
    path("healthz", common.healthz, name="healthz"),
    path("accounts/", include("icp.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("icp.common.urls")),
    path("", include("programmes.urls")),
    path("", include("boards.urls")),
    path("api/", include("icp.api_urls")),
]
