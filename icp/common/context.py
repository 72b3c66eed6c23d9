from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from icp.common import clock, trace


def portal(request: HttpRequest) -> dict[str, Any]:
    """What the layout of every page needs: the product's name, the date, the reference to quote, and whether this is a demonstration."""
    context: dict[str, Any] = {
        "product_name": settings.PRODUCT_NAME,
        "reference": trace.request_reference(),
        "demo": None,
    }
    if settings.DEMO:
        context["demo"] = {
            "today": clock.today(),
            "clock_url": reverse("demo-clock"),
            "mail_url": reverse("demo-mail"),
        }
    return context
