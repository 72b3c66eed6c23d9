"""Durations: what the source declares beside what the working days say (domain section 2)."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from icp.common.workingdays import working_days

DECLARED = re.compile(r"^(?P<days>\d{1,6}) days?(?P<estimated>\?)?$")


@dataclass(frozen=True, slots=True)
class DeclaredDuration:
    """A duration as printed: ``days`` is None for tbc or none; ``estimated`` is the question mark."""

    text: str
    days: int | None
    estimated: bool


class UnknownDuration(ValueError):
    """The text is not a duration this portal knows."""


# The same few are read in every row of a plan: of each one is kept.
@lru_cache(maxsize=1_000)
def read_duration(text: str) -> DeclaredDuration:
    """``43 days?``, ``1 day``, ``tbc`` or nothing.

    Raises:
        UnknownDuration: any other text.
    """
    text = text.strip()
    if text == "" or text.lower() == "tbc":
        return DeclaredDuration(text, None, False)
    found = DECLARED.match(text)
    if not found:
        raise UnknownDuration(f"{text!r} is not a duration: write 43 days, 43 days? or tbc.")
    return DeclaredDuration(text, int(found["days"]), bool(found["estimated"]))


def computed_days(
    *,
    kind: str,
    start: date | None,
    finish: date | None,
    holidays: frozenset[date] = frozenset(),
) -> int | None:
    """Working days from start to finish, both included; 0 for a milestone; None without both dates."""
    if kind == "milestone":
        return 0
    if start is None or finish is None:
        return None
    return working_days(start, finish, holidays)


def differs(*, declared: int | None, computed: int | None) -> bool:
    """Both are known and they are not the same: flagged, never corrected."""
    return declared is not None and computed is not None and declared != computed
