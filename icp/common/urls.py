"""Addresses of the demonstration's own pages: its clock and its mail."""

from django.urls import path

from icp.common import demo_views

urlpatterns = [
    path("demo/clock/", demo_views.move_clock, name="demo-clock"),
    path("demo/mail/", demo_views.sent_mail, name="demo-mail"),
]
