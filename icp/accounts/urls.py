"""Addresses of accounts that allauth does not have."""

from django.urls import URLPattern, path

from icp.accounts import views

urlpatterns: list[URLPattern] = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
