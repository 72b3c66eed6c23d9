"""The portal's addresses, and the bare page that its pages are measured against."""

from django.urls import include, path

from bench.views import bare

urlpatterns = [
    path("places/<slug:place>/bare/<int:rows>/", bare, name="bare"),
    path("", include("icp.urls")),
]
