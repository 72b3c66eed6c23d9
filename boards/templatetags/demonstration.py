"""What only the demonstration shows."""

from typing import Any

from django import template
from django.conf import settings

from boards.demo.people import PASSWORD, SIGN_INS

register = template.Library()


@register.inclusion_tag("demo/sign_ins.html")
def demo_sign_ins() -> dict[str, Any]:
    """``{% demo_sign_ins %}``: who signs in to the demonstration, and how; nothing anywhere else."""
    return {"sign_ins": SIGN_INS, "password": PASSWORD} if settings.DEMO else {}
