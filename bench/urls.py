"""The portal's addresses, and the bare page and save that they are measured against."""

from django.urls import include, path

from bench.views import bare, bare_save

urlpatterns = [
    path("places/<slug:place>/bare/<int:rows>/", bare, name="bare"),
    path("places/<slug:place>/bare-save/<int:item>/", bare_save, name="bare-save"),
    path("", include("icp.urls")),
]
