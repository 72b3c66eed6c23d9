"""The period after a period."""

from datetime import timedelta

from boards.rules.facts import Span
from icp.common.months import month_end, month_label
from icp.common.words import british_date


def span_after(period: Span) -> Span:
    """The next month after a calendar month; after any other period, one of the same length."""
    first = period.ends_on + timedelta(days=1)
    if period.starts_on.day == 1 and period.ends_on == month_end(period.starts_on):
        return Span(f"{first:%Y-%m}", month_label(first), first, month_end(first))
    last = first + (period.ends_on - period.starts_on)
    return Span(first.isoformat(), f"{british_date(first)} to {british_date(last)}", first, last)
