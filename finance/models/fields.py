"""A column of money."""

from decimal import Decimal

from django.db import models

DIGITS, PLACES = 14, 2


def money(help_text: str = "") -> "models.DecimalField[Decimal | int | None, Decimal | None]":
    """Pounds and pence; empty is not known, which is not nought."""
    return models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True, help_text=help_text
    )
