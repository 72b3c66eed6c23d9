"""Calendars of milestones: one's own addresses, made and stopped; and what each shows to a calendar program."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from icp.common import clock
from icp.common.downloads import as_attachment
from programmes import access
from programmes.errors import Refused
from programmes.exporters.calendar import write_calendar
from programmes.models import Board, CalendarFeed, FeedKind, Place
from programmes.selectors.feeds import feed_with, feeds_of, milestones_of, note_use
from programmes.services.feeds import make_feed, revoke_feed
from programmes.views.places import place_of, signed_in


class FeedForm(forms.Form):
    """What a new calendar shows: one's own milestones, a programme's or a board's."""

    shows = forms.ChoiceField(
        label="Milestones",
        error_messages={
            "required": "Choose which milestones the calendar shows.",
            "invalid_choice": "Choose a programme or board of this place.",
        },
    )

    def __init__(self, *args: Any, place: Place, roles: access.Roles, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = access.programmes_of(place=place, roles=roles).in_order()
        boards = Board.objects.filter(place=place).order_by("order", "name", "pk")
        self.known: dict[str, dict[str, Any]] = {
            "mine": {"kind": FeedKind.MINE},
            **{
                f"programme-{p.pk}": {"kind": FeedKind.PROGRAMME, "programme": p}
                for p in programmes
            },
            **{f"board-{b.pk}": {"kind": FeedKind.BOARD, "board": b} for b in boards},
        }
        self.fields["shows"].choices = [  # type: ignore[attr-defined]
            (key, _shown(**one)) for key, one in self.known.items()
        ]


def _shown(kind: FeedKind, programme: Any = None, board: Any = None) -> str:
    if programme:
        return f"{programme.name}"
    return f"Those that go to {board.name}" if board else "Rows I own or lead"


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: HttpRequest, place: str) -> HttpResponse:
    """One's own calendars of the place; making one shows its address this once."""
    found, roles = place_of(request)
    form = FeedForm(request.POST or None, place=found, roles=roles)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_feed(
                user=request.user,  # type: ignore[arg-type]
                place=found,
                at=clock.now(),
                **form.known[form.cleaned_data["shows"]],
            )
        except Refused as refused:
            form.add_error("shows", str(refused))
    feeds = [
        {"feed": one, "shows": _shown(FeedKind(one.kind), one.programme, one.board)}
        for one in feeds_of(user=request.user, place=found)  # type: ignore[arg-type]
    ]
    context = {"place": found, "form": form, "feeds": feeds, "made": made}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/calendars.html", context, status=status)


@signed_in
@require_POST
def stop(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """The address of one's own calendar shows nothing any more."""
    found, _ = place_of(request)
    feed = get_object_or_404(CalendarFeed, pk=pk, user=request.user, place=found)
    revoke_feed(feed=feed, at=clock.now())
    messages.success(request, "The calendar is stopped: its address shows nothing any more.")
    return redirect("calendars", place=found.slug)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar, for whoever holds its address, as long as its owner may see what it shows."""
    found = feed_with(secret=secret, on=clock.today())
    if found is None:
        raise Http404
    one, roles = found
    rows = list(milestones_of(feed=one, roles=roles))
    note_use(feed=one, at=clock.now())
    shows = _shown(FeedKind(one.kind), one.programme, one.board)
    data = write_calendar(
        rows,
        name=f"{one.place.name}: {shows}",
        host=urlsplit(settings.PUBLIC_ADDRESS).hostname or "portal",
        address_of={row.pk: _page_of(one.place, row) for row in rows},
    )
    answer = HttpResponse(
        data, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"}
    )
    return as_attachment(answer, filename="milestones.ics")


def _page_of(place: Place, row: Any) -> str:
    kwargs = {"place": place.slug, "code": row.programme.code, "plan_id": row.plan_id}
    return f"{settings.PUBLIC_ADDRESS}{reverse('item', kwargs=kwargs)}"


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/calendars/", calendars, name="calendars"),
    path("places/<slug:place>/calendars/<int:pk>/stop/", stop, name="calendar-stop"),
    path("calendar/<str:secret>.ics", feed, name="calendar-feed"),
]
