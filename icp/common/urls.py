"""Addresses of pages about the portal itself, and of the demonstration's clock and mail."""

from django.urls import path
from django.views.generic import TemplateView

from icp.common import demo_views

urlpatterns = [
    path("about/", TemplateView.as_view(template_name="pages/about.html"), name="about"),
    path(
        "accessibility/",
        TemplateView.as_view(template_name="pages/accessibility.html"),
        name="accessibility",
    ),
    path("demo/clock/", demo_views.move_clock, name="demo-clock"),
    path("demo/mail/", demo_views.sent_mail, name="demo-mail"),
    path("demo/mail/<int:number>/", demo_views.read_mail, name="demo-message"),
]
