"""Every address of the portal."""

from django.urls import include, path

handler400 = "icp.operations.error_pages.bad_request"
handler500 = "icp.operations.error_pages.server_error"

handler404 = "icp.api.not_there"

urlpatterns = [
    path("", include("icp.operations.urls")),
    path("accounts/", include("icp.accounts.urls")),
    path("", include("icp.common.urls")),
    path("", include("programmes.urls")),
    path("", include("finance.urls")),
    path("", include("risks.urls")),
    path("", include("boards.urls")),
    path("api/", include("icp.api_urls")),
]
