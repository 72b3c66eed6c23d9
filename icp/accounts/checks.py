"""What ``check`` and ``check --deploy`` say about signing in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning, register

from icp.accounts.stolen import NotAList, StolenPasswords


@register()
def stolen_passwords_can_be_looked_up(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A list that is named and cannot be searched stops the start: nobody could choose a password."""
    if not settings.STOLEN_PASSWORDS_FILE:
        return []
    try:
        StolenPasswords(settings.STOLEN_PASSWORDS_FILE).look_over()
    except (NotAList, OSError) as problem:
        return [
            Error(
                f"The list of stolen passwords cannot be used. {problem}",
                hint=(
                    "STOLEN_PASSWORDS_FILE names a file with a SHA-1 on each line, sorted by them "
                    "(docs/production.md); leave it out to go without."
                ),
                id="accounts.E003",
            )
        ]
    return []


@register(deploy=True)
def stolen_passwords_are_given(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Not a warning: no list is handed out with the portal, and going without is a choice."""
    if settings.STOLEN_PASSWORDS_FILE:
        return []
    return [
        Info(
            "Passwords stolen from other services are refused only if they are common ones too.",
            hint="Name a list in STOLEN_PASSWORDS_FILE (docs/production.md).",
            id="accounts.I004",
        )
    ]


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
