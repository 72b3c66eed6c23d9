"""What ``check --deploy`` says about signing in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register(deploy=True)
def second_factor_is_required(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A password alone guards the money and the unpublished papers of several partners."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Warning(
            "The programme office, finance and administrators may sign in with a password alone.",
            hint="Leave out SECOND_FACTOR_REQUIRED, or set it to yes.",
            id="accounts.W001",
        )
    ]


@register(deploy=True)
def failures_are_counted_together(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A cache inside each process lets whoever guesses try as often again at every web server."""
    backend = str(settings.CACHES["default"]["BACKEND"])
    if not backend.endswith(("LocMemCache", "DummyCache")):
        return []
    return [
        Warning(
            "Failed sign-ins are counted in each web process by itself.",
            hint="Use a cache that all web servers share, such as Redis.",
            id="accounts.W002",
        )
    ]
