"""Money: pounds and pence, exact; rounded once, where it is printed.

Negative is printed in brackets, as accounts do: (1,234). ``None`` is not known, and is never printed as nought.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
THOUSAND = Decimal(1000)
MILLION = Decimal(1_000_000)
# What a column of the database holds: twelve digits before the point.
MOST = Decimal("999999999999.99")
UNKNOWN = "–"

WRITTEN = re.compile(
    r"""^(?P<bracket>\()?\s*(?P<sign>[-\u2212+])?\s*£?\s*(?P<sign2>[-\u2212])?\s*
        (?P<digits>\d{1,3}(?:,\d{3})+|\d+)?(?P<pence>\.\d*)?\s*(?(bracket)\))\s*(?P<minus>-)?$""",
    re.VERBOSE | re.ASCII,
)


class NotMoney(ValueError):
    """What was typed is no amount. ``str()`` says what to type."""


def read_money(text: str, *, unit: Decimal = Decimal(1)) -> Decimal:
    """The amount in pounds that somebody typed, ``unit`` pounds to each: 1,234.56 or (1,234) or -£5.

    Raises:
        NotMoney: it is no number, has more than pence in it, or is larger than the portal keeps.
    """
    written = WRITTEN.match(text.strip()) if len(text) <= 40 else None
    digits = (
        f"{written['digits'] or ''}{written['pence'] or ''}".replace(",", "") if written else ""
    )
    if written is None or not digits.strip("."):
        raise NotMoney(
            "Type an amount in figures, such as 1,234.56; in brackets if it is negative."
        )
    signs = [written[name] for name in ("sign", "sign2", "minus") if written[name]]
    if len(signs) > 1 or (written["bracket"] and signs):
        raise NotMoney("Type one minus sign or brackets, not both.")
    amount = Decimal(digits) * unit
    if amount > MOST:
        raise NotMoney("That is more money than the portal keeps: look at the unit.")
    if amount != amount.quantize(PENNY):
        raise NotMoney("Type no more than whole pence.")
    negative = bool(written["bracket"]) or (bool(signs) and signs[0] != "+")
    return (-amount if negative else amount).quantize(PENNY)


def write_money(amount: Decimal | None, *, unit: Decimal = Decimal(1)) -> str:
    """As it would be typed again, exactly: no rounding, no brackets. Empty where it is not known."""
    if amount is None:
        return ""
    exact = (amount / unit).normalize()
    return f"{exact + 0:f}"


def to_the_penny(amount: Decimal) -> Decimal:
    """An amount that was reckoned, in whole pence: half a penny away from nought, as all that is printed."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def in_thousands(amount: Decimal | None) -> str:
    """Pounds in whole thousands: 20,153 or (1,030)."""
    return _bracketed(amount, THOUSAND, Decimal(1))


def in_millions(amount: Decimal | None) -> str:
    """Pounds in millions to one place: 20.2 or (1.0)."""
    return _bracketed(amount, MILLION, Decimal("0.1"))


def in_pounds(amount: Decimal | None) -> str:
    """Pounds and pence: 20,153.00 or (1,030.50)."""
    return _bracketed(amount, Decimal(1), PENNY)


def _bracketed(amount: Decimal | None, unit: Decimal, step: Decimal) -> str:
    if amount is None:
        return UNKNOWN
    rounded = (amount / unit).quantize(step, rounding=ROUND_HALF_UP)
    return f"({-rounded:,})" if rounded < 0 else f"{abs(rounded):,}"


def plain(amount: Decimal | None) -> str | None:
    """For programs: pounds with two places, as text; None where it is not known."""
    return None if amount is None else f"{amount.quantize(PENNY) + 0:.2f}"
