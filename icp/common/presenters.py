"""How the portal writes dates, durations and states. Unknown is never printed as nought or as nothing."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from icp.common import words
from icp.common.months import MONTH_NAMES
from icp.common.words import british_date, plural

NOT_SET = "not set"

RAG_WORDS = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "complete": "Complete",
    "not_started": "Not started",
    "on_hold": "On hold",
}
PROPOSED = "proposed from dates"

# Words of state and the colour of their tag. A word that is not here gets a grey tag.
STATE_COLOURS = {
    "open": "blue",
    "closing": "yellow",
    "closed": "grey",
    "published": "green",
    "public": "green",
    "draft": "yellow",
    "approved": "aqua-green",
    "submitted": "aqua-green",
    "signed off": "green",
    "sent back": "orange",
    "recalled": "orange",
    "not started": "white",
    "in hand": "blue",
    "nil return": "grey",
    "not submitted": "white",
    "missing": "red",
    "late": "red",
    "overdue": "red",
    "due": "yellow",
    "due soon": "orange",
    "past": "grey",
    "waiting": "blue",
    "undated": "white",
    "new": "purple",
    "changed": "blue",
    "unchanged": "white",
    "removed": "grey",
    "failed": "red",
    "live": "blue",
    "under construction": "orange",
    "dates subject to review": "yellow",
    "dates subject to sro approval": "yellow",
    "decision needed": "purple",
    "need to know": "purple",
    "active": "green",
    "invited": "blue",
    "expired": "orange",
    "proposed": "blue",
    "programme agreed": "blue",
    "office agreed": "blue",
    "agreed": "green",
    "refused": "red",
    "withdrawn": "white",
    "left": "white",
}


def long_date(value: date | None, absent: str = NOT_SET) -> str:
    """31 January 2020; ``absent`` (say "tbc") when there is no date."""
    return british_date(local(value)) if value else absent


def short_date(value: date | None, absent: str = NOT_SET) -> str:
    """31 Jan 2020; ``absent`` when there is no date."""
    return words.short_date(local(value)) if value else absent


def month_name(value: date | None, absent: str = NOT_SET) -> str:
    """January 2020."""
    return f"{MONTH_NAMES[value.month - 1]} {value.year}" if value else absent


def local(value: date) -> date:
    """A moment as the United Kingdom's clocks show it; a date as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def working_days(value: int | None, estimated: bool = False) -> str:
    """1 working day, 65 working days, 43 working days (estimated)."""
    if value is None or value == "":
        return NOT_SET
    counted = plural(value, "working day")
    return f"{counted} (estimated)" if estimated else counted


def slip(value: int | None) -> str:
    """Calendar days of slip in words: 5 days late, 3 days early, on the agreed date."""
    if value is None or value == "":
        return NOT_SET
    if value == 0:
        return "on the agreed date"
    return f"{plural(abs(value), 'day')} {'late' if value > 0 else 'early'}"


@cache
def rag_html(value: str, proposed: bool = False) -> SafeString:
    """The tag of a RAG word: filled for a lead's judgement, dashed outline for what dates propose.

    Raises:
        ValueError: not one of the six words.
    """
    key = str(value).lower().replace(" ", "_").replace("-", "_")
    if key not in RAG_WORDS:
        raise ValueError(f"'{value}' is not a RAG: it must be one of {', '.join(RAG_WORDS)}.")
    colour = key.replace("_", "-")
    if proposed:
        return format_html(
            '<span class="icp-rag icp-rag--proposed icp-rag--proposed-{}">{} '
            '<span class="icp-rag__source">({})</span></span>',
            colour,
            RAG_WORDS[key],
            PROPOSED,
        )
    return format_html('<strong class="icp-rag icp-rag--{}">{}</strong>', colour, RAG_WORDS[key])


# Complete, but no lead has declared it for this period: never to be taken for a judgement of this month.
COMPLETE_BEFORE = format_html(
    '<span class="icp-rag icp-rag--proposed icp-rag--proposed-complete">{} '
    '<span class="icp-rag__source">({})</span></span>',
    "Complete",
    "in the plan or an earlier month",
)
NO_RAG = format_html('<span class="icp-quiet">{}</span>', "no RAG given")


def rag(value: Any, proposed: bool = False) -> SafeString:
    """The RAG tag, or quiet words when there is none."""
    return rag_html(str(value), bool(proposed)) if value else NO_RAG


@lru_cache(maxsize=500)
def state_html(value: str, text: str = "") -> SafeString:
    """The tag of a state: ``value`` picks the colour, ``text`` (or the value itself) is what it says."""
    said = value.replace("_", " ").replace("-", " ")
    return format_html(
        '<strong class="nhsuk-tag nhsuk-tag--{}">{}</strong>',
        STATE_COLOURS.get(said.lower(), "grey"),
        text or said[:1].upper() + said[1:],
    )


def address_html(value: str) -> SafeString:
    """An e-mail address that may be broken before its @ where it is too long for its line."""
    mailbox, _, domain = str(value).rpartition("@")
    return format_html("{}<wbr>@{}", mailbox, domain)
