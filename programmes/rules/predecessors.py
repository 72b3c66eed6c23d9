"""What a row waits for, as one cell of a sheet says it: ``3FS+2 days;7SS-1w;12`` (Microsoft Project's way).

Lags are in working days; less than none is a lead. A week is of five, a month of twenty, an hour an eighth.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programmes.rules.mspdi import LONGEST_LAG, MINUTES_A_DAY, WholeDays

# A row's number with its programme, a kind and a lag need no more.
LONGEST_LINK = 200
# What a field says that is written for each row, of one without links. No link is written like that.
WAITS_FOR_NOTHING = "none"
_DAYS = {
    "d": Decimal(1),
    "w": Decimal(5),
    "mo": Decimal(20),
    "h": Decimal(1) / 8,
    "m": Decimal(1) / MINUTES_A_DAY,
}
_LINK = re.compile(
    r"""(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<row>[^"]+?))
    (?:\s*(?P<kind>FS|SS|FF|SF)
       (?:\s*(?P<sign>[-+\u2212])\s*(?P<count>\d{1,9}(?:\.\d{1,6})?)\s*
          (?:(?P<percent>%)|(?P<elapsed>e)?(?P<unit>
             d|days?|w|wks?|weeks?|mo|mons?|months?|h|hrs?|hours?|m|mins?|minutes?))?\??)?)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_PLAIN = re.compile(r"[\w.&\-]+(?: [\w.&\-]+)*")
_UNREAD = "it does not say which row is waited for, then of which kind and with which lag"


class NotALink(ValueError):
    """The text does not name a row, a kind and a lag. ``str()`` says what is wrong."""


@dataclass(frozen=True)
class SaidLink:
    """``row`` is the row that is waited for, as the cell calls it."""

    row: str
    kind: str
    lag: WholeDays


def parts(text: str) -> list[str]:
    """What a cell says of each link, apart at semicolons or commas outside quotation marks."""
    found, quoted = [""], False
    for letter in text:
        quoted ^= letter == '"'
        if letter in ";," and not quoted:
            found.append("")
        else:
            found[-1] += letter
    return [part.strip() for part in found if part.strip()]


def read_link(text: str) -> SaidLink:
    """One link: the row, then the kind (finish to start where none is said), then the lag.

    Raises:
        NotALink: any other text, or a lag further away than a plan reaches.
    """
    found = _LINK.fullmatch(text) if len(text) <= LONGEST_LINK else None
    if not found:
        raise NotALink(_UNREAD)
    row, quoted = found["row"], found["quoted"]
    if quoted is not None:
        row = quoted.replace('""', '"')
    elif not _PLAIN.fullmatch(row):
        raise NotALink(_UNREAD)
    return SaidLink(row, (found["kind"] or "FS").upper(), _lag(found))


def _lag(found: re.Match[str]) -> WholeDays:
    if not found["count"]:
        return WholeDays(0)
    if found["percent"]:
        # A part of the other row's duration, which is no number of days.
        return WholeDays(0, exact=Decimal(found["count"]) == 0)
    unit = (found["unit"] or "d").lower()
    key = "mo" if unit.startswith("mo") else unit[0]
    days = Decimal(found["count"]) * _DAYS[key]
    whole = days.to_integral_value(ROUND_HALF_UP)
    if whole > LONGEST_LAG:
        raise NotALink(f"a lag is of at most {LONGEST_LAG:,} working days")
    exact = whole == days and not (found["elapsed"] and whole)
    return WholeDays(int(whole) * (1 if found["sign"] == "+" else -1), exact=exact)


def write_links(links: Iterable[tuple[str, str, int]]) -> str:
    """The cell that says these links: of each the row, the kind and the lag in working days. Read again, it says
    the same.
    """
    return "; ".join(f"{_called(row)} {kind}{_days(lag)}" for row, kind, lag in links)


def _called(row: str) -> str:
    quoted = row.replace('"', '""')
    return row if _PLAIN.fullmatch(row) else f'"{quoted}"'


def _days(lag: int) -> str:
    if not lag:
        return ""
    return f"{'+' if lag > 0 else '-'}{abs(lag)} day{'' if abs(lag) == 1 else 's'}"


def named_row(said: str, *, programme: str, programmes: Collection[str]) -> tuple[str, str]:
    """Programme and number of a row called ``IT 11``, ``it 11`` or ``IT11``, or ``11`` by a row of the same
    ``programme``.
    """
    code, _, number = said.partition(" ")
    known = code if code in programmes else _folded(code, programmes)
    if number and known:
        return known, number
    return (None if " " in said else _run_together(said, programmes)) or (programme, said)


def _run_together(said: str, programmes: Collection[str]) -> tuple[str, str] | None:
    """The one code that it begins with, and the number after that, which begins with a digit."""
    folded = said.casefold()
    found = [
        (code, said[len(code) :])
        for code in programmes
        if folded.startswith(code.casefold()) and said[len(code) : len(code) + 1].isdigit()
    ]
    return found[0] if len(found) == 1 else None


def _folded(code: str, programmes: Collection[str]) -> str:
    """The one programme whose code is that but for capital letters; empty for none or several."""
    found = [one for one in programmes if one.casefold() == code.casefold()]
    return found[0] if len(found) == 1 else ""
