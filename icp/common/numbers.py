"""Numbers, and JSON, in what a request sends: read without harm, however long or deep they are."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

# What a column of the database holds (bigint), and so the largest number that can mean anything.
LARGEST = 2**63 - 1


def whole_number(text: object, *, most: int = LARGEST) -> int | None:
    """The number that ``text`` writes in plain digits, from 0 to ``most``; None for anything else.

    Digits of another script, signs and spaces are no number here: a page wrote what it now reads. The length is
    looked at first, since Python refuses to read more than 4,300 digits.
    """
    if not isinstance(text, str) or not (text.isascii() and text.isdigit()):
        return None
    if len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


class NotAPercentage(ValueError):
    """It is no number from 0 to 100, or has more than two places."""


def read_percent(text: str) -> Decimal:
    """The percentage that somebody wrote, with or without its sign: 12.5 or 12.5 %.

    Raises:
        NotAPercentage: it is none.
    """
    try:
        found = Decimal(text.strip().removesuffix("%").strip())
        if found.is_finite() and 0 <= found <= 100 and found == round(found, 2):
            return found
    except (InvalidOperation, ValueError):
        pass
    raise NotAPercentage


class PatientDecoder(json.JSONDecoder):
    """JSON with a number of too many digits, or nested too deep, is JSON that cannot be read: no other error."""

    def decode(self, s: str, *args: Any) -> Any:
        try:
            return super().decode(s, *args)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError):
            raise json.JSONDecodeError("too long or too deep", "", 0) from None
