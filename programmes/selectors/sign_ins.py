"""What happened at the door, as far as a place is concerned."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Case, DateTimeField, Min, Q, QuerySet, Value, When

from icp.accounts.models import EventKind, SignInEvent, User
from programmes.models import Place
from programmes.rules.belonging import Span
from programmes.selectors.belonging import spans_in

# What nobody but the owner of an account does.
COMING_IN = (EventKind.SIGNED_IN, EventKind.TOKEN_MADE)
Spans = list[tuple[int, Span]]


def sign_ins_of(*, place: Place) -> QuerySet[SignInEvent]:
    """Events of people while they belonged to the place, and those that no account answers to.

    Not before somebody came in for the first time after they were given something here, which is how an invitation
    is accepted, and not after they left: both are other places' business. What no account answers to tells nothing
    of any place, and is how guessing is noticed. The latest first. Three queries, and the list's own.
    """
    seen = Q(user__isnull=True)
    for person, span in _accepted(place):
        seen |= _during(person, span)
    return SignInEvent.objects.filter(seen).select_related("user", "by").order_by("-at", "-pk")


def _during(person: int, span: Span) -> Q:
    during = Q(user_id=person, at__gte=span.since)
    return during if span.until is None else during & Q(at__lt=span.until)


def _accepted(place: Place) -> Iterator[tuple[int, Span]]:
    """Each span of belonging from when the person had come in; those in which they never did are left out."""
    every = [(person, span) for person, each in spans_in(place).items() for span in each]
    came = _first_came(every)
    last = dict(User.objects.filter(pk__in={p for p, _ in every}).values_list("pk", "last_login"))
    for person, span in every:
        at = came.get((person, span.since))
        logged_in = last.get(person)
        if at is not None:
            yield person, Span(at, span.until)
        elif logged_in is not None and span.holds(logged_in):
            # They came in, so long ago that the record has forgotten it.
            yield person, span


def _first_came(every: Spans) -> dict[tuple[int, datetime], datetime]:
    """When each person first came in within each span, as far as the record goes back. One query."""
    if not every:
        return {}
    since = Case(
        *(When(_during(person, span), then=Value(span.since)) for person, span in every),
        output_field=DateTimeField(),
    )
    found = (
        SignInEvent.objects.filter(user__in={person for person, _ in every}, kind__in=COMING_IN)
        .annotate(since=since)
        .filter(since__isnull=False)
        .order_by()
        .values_list("user_id", "since")
        .annotate(first=Min("at"))
    )
    return {(person, begun): first for person, begun, first in found}
