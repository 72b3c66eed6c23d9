"""Dates and counts in the words a British reader uses, both ways."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from icp.common.months import MONTH_NAMES

EARLIEST, LATEST = 1990, 2100
WRITE_IT_LIKE = "write it like 28 February 2020 or 28/2/2020"

MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
WEEKDAY_WORDS = {
    word: n for n, name in enumerate(WEEKDAYS) for word in (name.lower(), name[:3].lower())
}
WEEKDAY_WORDS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

# Year first is always year, month, day; otherwise the day comes first. The US order is never tried.
FORMS = (
    re.compile(
        r"(?P<year>[0-9]{4})(?P<sep>[-/])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
        r"(?:[t ]00:00(?::00)?(?:\.0+)?)?"
    ),
    re.compile(
        r"(?P<day>[0-9]{1,2}) ?(?P<sep>[-/. ]) ?(?P<month>[0-9]{1,2}) ?(?P=sep) ?(?P<year>[0-9]{4}|[0-9]{2})"
    ),
    re.compile(
        r"(?:(?P<weekday>[a-z]{3,9})[.,]? )?(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?"
        r"[ \-/.]?(?P<month>[a-z]{3,9})[.,]{0,2}[ \-/.]?(?P<year>[0-9]{4}|['’]?[0-9]{2})"
    ),
)


class NotADate(ValueError):
    """The text is not a date in a form this portal reads. ``str()`` says what to write."""


def british_date(day: date) -> str:
    """31 January 2020"""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """31 Jan 2020"""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 row; 2 rows; 1,204 rows; 0 entries"""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def months_and_days(months: int, days: int) -> str:
    """2 months 2 days; 1 month; 3 days; 0 days"""
    parts = [plural(count, noun) for count, noun in ((months, "month"), (days, "day")) if count]
    return " ".join(parts) or "0 days"


def capitalised(words: str) -> str:
    """The words as a sentence begins: what is written large further on stays so."""
    return words[:1].upper() + words[1:]


def sentence_list(items: list[str]) -> str:
    """IT; IT and Estates; IT, Estates and Workforce"""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def first_few(items: Sequence[str], most: int, count: int | None = None) -> str:
    """IT, Estates and 1,204 more: the first ``most`` of them, and how many more there are of ``count``, or else of
    those that are given.
    """
    named = [*items[:most]]
    more = (len(items) if count is None else count) - len(named)
    return sentence_list([*named, f"{more:,} more"] if more > 0 else named)


def parse_british_date(text: str | date) -> date:
    """A date from any usual British form, or ISO: 28/2/2020, 28.2.20, 28 Feb 20, Fri 28 February 2020, 2020-02-28.

    The day comes first, always; two-digit years are of this century. A date or datetime object
    (a spreadsheet's own date) is taken as it is, without its time.

    Raises:
        NotADate: anything else, an impossible date, a weekday that it is not, or a year outside 1990 to 2100.
    """
    if isinstance(text, datetime):
        text = text.date()
    if isinstance(text, date):
        return _in_range(text, text.isoformat())
    found = _match(text)
    month = found["month"]
    year = int(found["year"].lstrip("'’"))
    try:
        day = date(
            year + 2000 if len(found["year"].lstrip("'’")) == 2 else year,
            int(month) if month.isdigit() else MONTHS.get(month, 0),
            int(found["day"]),
        )
    except ValueError:
        raise NotADate(
            f"{quoted(text)} is not in the calendar: the day comes first, then the month."
        ) from None
    _check_weekday(found.groupdict().get("weekday"), day, text)
    return _in_range(day, text)


def quoted(text: str, length: int = 40) -> str:
    """The text in quotation marks for a sentence: short, on one line, nothing unprintable."""
    line = " ".join(text[: length * 4].split())
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return f"“{line[:length]}…”" if len(line) > length else f"“{line}”"


def _match(text: str) -> re.Match[str]:
    # No date is this long, so a page pasted into a cell is refused without being searched.
    if len(text) <= 200:
        cleaned = " ".join(text.split()).lower()
        for form in FORMS:
            if found := form.fullmatch(cleaned):
                return found
    raise NotADate(f"{quoted(text)} is not a date: {WRITE_IT_LIKE}.")


def _check_weekday(word: str | None, day: date, text: str) -> None:
    if word is None:
        return
    if word not in WEEKDAY_WORDS:
        raise NotADate(f"{quoted(text)} is not a date: {WRITE_IT_LIKE}.")
    if WEEKDAY_WORDS[word] != day.weekday():
        raise NotADate(f"{quoted(text)}: {british_date(day)} is a {WEEKDAYS[day.weekday()]}.")


def _in_range(day: date, text: str) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise NotADate(f"{quoted(text)} is outside {EARLIEST} to {LATEST}: check the year.")
    return day
