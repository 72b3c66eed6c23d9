"""Brakes on what costs much: so many downloads, uploads, mails, searches and calls of the API a minute, then a wait.

Whoever is signed in is counted by themself, wherever they are, so that no colleague behind the same address is
kept out by another; only who is signed out is counted by address. Signing in is not counted here: it has its own
count (:mod:`icp.accounts.throttle`). While nothing can be counted, everything is let through.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from icp.accounts.recording import address_of
from icp.common import counting
from icp.common.words import plural

log = logging.getLogger(__name__)

WINDOW = 60  # seconds

# Names of addresses: files that are made on the way out, and what builds reports or prints them.
FILES = re.compile(r"-(download|csv|xlsx|file)$")
BUILDS = frozenset({"period", "report-narrative", "report-action", "reports-action"})
# What sends a mail for the asking, as often as it is pressed; steps of the month's work are not among them.
MAILS = frozenset(
    {"update-offline-mail", "invite", "person-invitation", "person-sessions", "covers", "cover-end"}
)
# The sign-in library's: led to with a parameter, and counted by themselves.
DOOR = ("account_", "mfa_", "openid_")


class Kind(StrEnum):
    """What is counted together; the names of the setting LIMITS_A_MINUTE."""

    DOWNLOADS = "downloads"
    UPLOADS = "uploads"
    REPORTS = "reports"
    MAILS = "mails"
    SEARCHES = "searches"
    API = "api"


# More than one of each, for whoever reads that it is too many.
WORDS = {
    Kind.DOWNLOADS: "downloads",
    Kind.UPLOADS: "uploads",
    Kind.REPORTS: "changes to reports",
    Kind.MAILS: "mails",
    Kind.SEARCHES: "searches",
    Kind.API: "requests to the API",
}


@dataclass(frozen=True)
class TooMany:
    """So many are let through in a minute, and this was one more."""

    kind: Kind
    allowed: int
    seconds_left: int
    signed_in: bool

    @property
    def sentence(self) -> str:
        whose = "by you" if self.signed_in else "from your network address"
        return (
            f"More than {self.allowed:,} {WORDS[self.kind]} {whose} in one minute are too many. "
            f"Try again in {plural(self.seconds_left, 'second')}"
        )


def kind_of(*, route: str, method: str, asked: bool, brings_file: bool) -> Kind | None:
    """What a page of that name counts as; nothing for most.

    ``asked`` says that the address has parameters, ``brings_file`` that a file was sent.
    """
    if method == "POST":
        if brings_file:
            return Kind.UPLOADS
        if route in MAILS:
            return Kind.MAILS
        return Kind.REPORTS if route in BUILDS else None
    if FILES.search(route):
        return Kind.DOWNLOADS
    return Kind.SEARCHES if asked and not route.startswith(DOOR) else None


def count(kind: Kind, request: HttpRequest, *, user: Any) -> TooMany | None:
    """Count one for whoever asks; what it exceeds, or nothing."""
    allowed = settings.LIMITS_A_MINUTE[kind]
    who = _who(request, user)
    if not allowed or who is None:
        return None
    try:
        found = counting.one_more(f"brake:{kind}:{who}", window=WINDOW)
    except (redis.RedisError, OSError) as problem:
        log.warning("Nothing is braked: the cache does not answer (%s).", type(problem).__name__)
        return None
    if found.number <= allowed:
        return None
    return TooMany(kind, allowed, found.seconds_left, signed_in=user.is_authenticated)


def _who(request: HttpRequest, user: Any) -> str | None:
    """Nobody where no address is known, or other proxies stand in front than were said: all would be counted as one."""
    if user.is_authenticated:
        return f"user:{user.pk}"
    try:
        address = address_of(request)
    except ImproperlyConfigured:
        return None
    return f"address:{address}" if address else None


class Brakes:
    """Answers a page that was asked for too often with 429, what was too much, and when to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        match = request.resolver_match
        # The API knows its people later than this: see :class:`ApiBrake`.
        if match is None or request.path_info.startswith("/api/"):
            return None
        kind = kind_of(
            route=match.view_name or "",
            method=request.method or "",
            asked=bool(request.META.get("QUERY_STRING")),
            brings_file=request.method == "POST" and bool(request.FILES),
        )
        found = count(kind, request, user=request.user) if kind else None
        return _page(request, found) if found else None


def _page(request: HttpRequest, found: TooMany) -> HttpResponse:
    again = timezone.localtime() + timedelta(seconds=found.seconds_left)
    context = {
        "sentence": f"{found.sentence}, at {again:%H:%M:%S}.",
        "was_sent": request.method == "POST",
    }
    answer = render(request, "429.html", context, status=429)
    answer.headers["Retry-After"] = str(found.seconds_left)
    return answer


class TooOften(exceptions.Throttled):
    """429 from the API with a sentence of our own; ``wait`` are the seconds of Retry-After."""

    def __init__(self, sentence: str, *, wait: int) -> None:
        exceptions.APIException.__init__(self, sentence)
        self.wait = wait


class ApiBrake(BaseThrottle):  # type: ignore[misc]
    """The same for each request to the API, by whoever its token or session belongs to."""

    def allow_request(self, request: Request, view: Any) -> bool:
        found = count(Kind.API, request._request, user=request.user)
        if found:
            raise TooOften(f"{found.sentence}.", wait=found.seconds_left)
        return True
