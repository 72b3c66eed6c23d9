"""How much one person may ask for in a minute, from the environment."""

from django.core.exceptions import ImproperlyConfigured

# By the kinds of ``icp.accounts.brakes``. Nobody reaches these by hand; a program that does is to wait.
A_MINUTE = {"downloads": 60, "uploads": 30, "reports": 60, "mails": 10, "searches": 300, "api": 600}


def limits_from(text: str) -> dict[str, int]:
    """``downloads=30,api=1200``: what is not named is as in :data:`A_MINUTE`; 0 is no limit.

    Raises:
        ImproperlyConfigured: a kind that there is not, or no whole number.
    """
    limits = dict(A_MINUTE)
    for part in filter(None, (one.strip() for one in text.split(","))):
        kind, _, number = (word.strip() for word in part.partition("="))
        if kind not in A_MINUTE or not (number.isascii() and number.isdigit() and len(number) < 10):
            raise ImproperlyConfigured(
                f"LIMITS_A_MINUTE has “{part}”: write it like downloads=30,api=1200. "
                f"There are {', '.join(A_MINUTE)}."
            )
        limits[kind] = int(number)
    return limits
