"""Milestones as an iCalendar feed (RFC 5545): whole days, in anybody's calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event

from icp.common.tabular.marks import tidy
from icp.common.words import british_date
from programmes.models import PlanItem

PRODUCT = "-//Integrated Care Programme Portal//Milestones//EN"
ASK_AGAIN = timedelta(hours=6)


def write_calendar(
    rows: Iterable[PlanItem], *, name: str, host: str, address_of: dict[int, str]
) -> bytes:
    """``rows`` have their ``day``, ``said_at`` and ``times_said``; ``address_of`` is each row's page by its key, ``host`` where the portal is.

    A milestone keeps its UID for good; its stamp is when its row last changed, or something was last said of it, and
    its sequence counts both: a calendar passes over a new day that comes without a higher one.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", tidy(name))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    for row in rows:
        calendar.add_component(_event(row, row.day, host=host, address=address_of[row.pk]))  # type: ignore[attr-defined]
    return bytes(calendar.to_ical())


def _event(row: PlanItem, day: date, *, host: str, address: str) -> Event:
    event = Event()
    event.add("uid", f"milestone-{row.pk}@{host}")
    said_at = row.said_at or row.changed_at  # type: ignore[attr-defined]
    event.add("dtstamp", max(row.changed_at, said_at))
    event.add("sequence", row.version + row.times_said)  # type: ignore[attr-defined]
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    done = " (complete)" if row.is_complete else ""
    event.add("summary", tidy(f"{row.reference} {row.name}{done}"))
    event.add("description", tidy(_description(row)))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _description(row: PlanItem) -> str:
    agreed = british_date(row.baseline_finish) if row.baseline_finish else "none"
    lines = [row.programme.name, f"Agreed finish: {agreed}"]
    if row.forecast_finish:
        lines.append(f"Forecast finish: {british_date(row.forecast_finish)}")
    return "\n".join(lines)
