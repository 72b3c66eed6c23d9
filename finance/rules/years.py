"""Financial years and their months: April is month 1."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

APRIL = 4
MONTHS = 12
WRITTEN = re.compile(r"^(\d{4})[/-](\d{2})$")


@dataclass(frozen=True, order=True)
class FinanceMonthKey:
    """Month ``number`` (1 to 12, 1 is April) of the financial year that begins in ``year``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MONTHS:
            raise ValueError(f"A financial year has months 1 to 12, not {self.number}.")

    @property
    def _calendar(self) -> tuple[int, int]:
        month = self.number + APRIL - 1
        return (self.year, month) if month <= MONTHS else (self.year + 1, month - MONTHS)

    @property
    def starts_on(self) -> date:
        year, month = self._calendar
        return date(year, month, 1)

    @property
    def ends_on(self) -> date:
        year, month = self._calendar
        return date(year, month, monthrange(year, month)[1])

    @property
    def name(self) -> str:
        """Month 10, January 2020."""
        return f"Month {self.number}, {self.starts_on:%B %Y}"

    @property
    def before(self) -> "FinanceMonthKey | None":
        """The month before in the same year; none before April: forecasts begin again with the year."""
        return FinanceMonthKey(self.year, self.number - 1) if self.number > 1 else None

    @property
    def after(self) -> "FinanceMonthKey":
        if self.number == MONTHS:
            return FinanceMonthKey(self.year + 1, 1)
        return FinanceMonthKey(self.year, self.number + 1)


def month_of(day: date) -> FinanceMonthKey:
    """The month of the financial year that holds ``day``."""
    if day.month >= APRIL:
        return FinanceMonthKey(day.year, day.month - APRIL + 1)
    return FinanceMonthKey(day.year - 1, day.month + MONTHS - APRIL + 1)


def year_name(start: int) -> str:
    """2019/20."""
    return f"{start}/{(start + 1) % 100:02d}"


def year_slug(start: int) -> str:
    """2019-20, for addresses."""
    return year_name(start).replace("/", "-")


def read_year(text: str) -> int:
    """The year in which a financial year written 2019/20 or 2019-20 begins.

    Raises:
        ValueError: it is not so written, or its two years do not follow each other.
    """
    written = WRITTEN.match(text.strip())
    if written is None or (int(written[1]) + 1) % 100 != int(written[2]):
        raise ValueError("Write a financial year as 2019/20.")
    return int(written[1])
