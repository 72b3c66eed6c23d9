"""Change requests: the list of a place, one of them, and what people do with it. Writing them: change_edit.py."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from icp.audit.selectors import history_of
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes import access
from programmes.access import Roles
from programmes.change_filters import ChangeFilter
from programmes.change_lines import COLUMNS, cells_of, shown_line, steps_of, waits_for
from programmes.errors import CannotChangePlan, NotSaidYet, Refused, StaleChange
from programmes.models import ChangeLine, ChangeRequest, Place, Programme
from programmes.models.change import STANDING_STATES
from programmes.rules.changes import Act, State, acts, none_for
from programmes.selectors.changes import lines_to_show, who_by_roles, with_names
from programmes.services import change_life
from programmes.services.changes import LACKS, say_none, unsaid_of, words_of
from programmes.views.history import Page, show_history
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, signed_in

REQUESTS_A_PAGE = 50
LINES_A_PAGE = 50
# The button that says “None” of what a change touches, where nothing is said.
SAY_NONE = "none"


@dataclass(frozen=True)
class Listing:
    place: Place
    roles: Roles
    asked: ChangeFilter

    @property
    def requests(self) -> Any:
        found = with_names(self.asked.rows()).annotate(line_count=Count("lines"))
        return found.newest_first()


def _listing(request: HttpRequest) -> Listing:
    place, roles = place_of(request)
    visible = access.changes_of(place=place, roles=roles)
    asked = ChangeFilter(
        request.GET,
        queryset=visible,
        place=place,
        user=request.user,  # type: ignore[arg-type]
        roles=roles,
    )
    return Listing(place, roles, asked)


@signed_in
@require_safe
def changes(request: HttpRequest, place: str) -> HttpResponse:
    """The change requests of the place, the newest first, filtered by the address."""
    listing = _listing(request)
    page = Paginator(listing.requests, REQUESTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": listing.place,
        "filter": listing.asked,
        "chosen": chosen_of(request, listing.asked),
        "caption": f"{plural(page.paginator.count, 'change request')}, the newest first",
        "lines": [{"request": one, "waits": waits_for(one)} for one in page.object_list],
        "page_obj": page,
        "downloads": downloads_of(request, "changes", listing.place),
        "mine": _programmes_to_ask_of(listing.place, listing.roles),
    }
    return render(request, "programmes/changes/list.html", context)


def _programmes_to_ask_of(place: Place, roles: Roles) -> list[Programme]:
    """The programmes whose plan this person may ask to change."""
    found = Programme.objects.in_place(place).filter(in_scope=True).in_order()
    return list(found if roles.office else found.filter(pk__in=roles.leads))


@signed_in
@require_safe
def changes_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    listing = _listing(request)
    if not listing.asked.form.is_valid():
        return back_to_list(request, "changes", place=place)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{listing.place.name} change requests {clock.today().isoformat()}",
        columns=COLUMNS,
        rows=(cells_of(one) for one in listing.requests.iterator(chunk_size=1000)),
    )


def request_of(request: HttpRequest, number: int) -> tuple[ChangeRequest, Roles]:
    """The change request of this address, with its place and people, and what this person is there."""
    place, roles = place_of(request)
    found = with_names(access.changes_of(place=place, roles=roles))
    return get_object_or_404(found, number=number), roles


def lines_page(request: HttpRequest, found: ChangeRequest) -> "ListPage[ChangeLine]":
    """The lines of the page that the address names."""
    return Paginator(lines_to_show(found), LINES_A_PAGE).get_page(request.GET.get("page"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: str, change: int) -> HttpResponse:
    """One request: what it asks, who said what, and what this person may do with it."""
    found, roles = request_of(request, change)
    if request.method != "POST":
        return _show(request, found, roles)
    try:
        _act(request, found)
    except (CannotChangePlan, StaleChange) as refused:
        current, _ = request_of(request, change)
        return _show(request, current, roles, refused=refused)
    messages.success(request, _done(found.reference, request.POST.get("do", "")))
    return redirect("change", place=place, change=change)


def _act(request: HttpRequest, found: ChangeRequest) -> None:
    """What the pressed button stands for, if it is one.

    Raises:
        NotAllowed, CannotChangePlan, StaleChange: as the services do.
    """
    do, version = request.POST.get("do", ""), request.POST.get("version", "")
    known: dict[str, Any] = {
        "request": found,
        "by": request.user,
        "at": clock.now(),
        "expected_version": int(version[:9]) if version.isascii() and version.isdigit() else -1,
    }
    because = request.POST.get("because", "").replace("\x00", "")[:4000]
    if do == Act.PROPOSE:
        change_life.propose_request(**known)
    elif do == SAY_NONE:
        say_none(**known)
    elif do in (Act.AGREE_FOR_PROGRAMME, Act.AGREE_FOR_OFFICE):
        change_life.agree_request(act=Act(do), **known)
    elif do == Act.REFUSE:
        change_life.refuse_request(because=because, **known)
    elif do == Act.WITHDRAW:
        change_life.withdraw_request(because=because, **known)
    else:
        raise CannotChangePlan("Press one of the buttons of this page.")


def _done(reference: str, do: str) -> str:
    return {
        Act.PROPOSE.value: f"{reference} is proposed. Both sides are told by e-mail.",
        Act.REFUSE.value: f"{reference} is refused. Who asked for it is told by e-mail.",
        Act.WITHDRAW.value: f"{reference} is withdrawn.",
        SAY_NONE: f"{reference} says “None” where nothing was said.",
    }.get(do, f"You have agreed to {reference}.")


def _show(
    request: HttpRequest, found: ChangeRequest, roles: Roles, *, refused: Refused | None = None
) -> HttpResponse:
    who = who_by_roles(user=request.user, request=found, roles=roles)  # type: ignore[arg-type]
    may = acts(state=State(found.state), who=who)
    page = lines_page(request, found)
    standing = found.state in STANDING_STATES
    context = {
        "place": found.place,
        "change": found,
        "lines": [shown_line(line, place=found.place, standing=standing) for line in page],
        "page_obj": page,
        "caption": f"What it changes: {plural(page.paginator.count, 'row')}",
        "steps": steps_of(found),
        "waits": waits_for(found),
        "may": {act.name.lower() for act in may},
        "may_decide": bool({Act.AGREE_FOR_PROGRAMME, Act.AGREE_FOR_OFFICE} & set(may)),
        "has_agreed": who.agreed,
        "refused": refused,
        "refused_list": _refused_list(found, refused),
        "lacks": _lacks(found) if "edit" in {act.value for act in may} else [],
        "may_say_none": bool(none_for(words_of(found))),
        "typed": request.POST.get("because", "")[:4000],
    }
    status = 200 if refused is None else 422 if isinstance(refused, NotSaidYet) else 409
    return render(request, "programmes/changes/change.html", context, status=status)


def _lacks(found: ChangeRequest) -> list[dict[str, str]]:
    """What it has to say before it is proposed, each with where to say it."""
    return [{"what": LACKS[name].what, "href": _to_say(found, name)} for name in unsaid_of(found)]


def _to_say(found: ChangeRequest, name: str) -> str:
    edit = reverse("change-edit", kwargs={"place": found.place.slug, "change": found.number})
    return f"{edit}#id_{name}"


def _refused_list(found: ChangeRequest, refused: Refused | None) -> list[dict[str, str]]:
    """What was refused, and of words that lack where to say each: as they lacked when it was."""
    if isinstance(refused, NotSaidYet):
        said = refused.fields.items()
        return [{"text": text, "href": _to_say(found, name)} for name, text in said]
    return [{"text": str(refused)}]


@signed_in
@require_safe
def change_history(request: HttpRequest, place: str, change: int) -> HttpResponse:
    """What was done with one request and its lines."""
    found, _ = request_of(request, change)
    back = reverse("change", kwargs={"place": place, "change": change})
    page = Page(f"{found.reference}: {found.title}", back, found.reference)
    changes = history_of(f"programmes.changerequest:{found.pk}")
    return show_history(request, found.place, page, changes)


BASE = "places/<slug:place>/changes/"
urlpatterns: list[URLPattern] = [
    path(BASE, changes, name="changes"),
    path("places/<slug:place>/changes.<format:fmt>", changes_download, name="changes-download"),
    path(f"{BASE}<int:change>/", change, name="change"),
    path(f"{BASE}<int:change>/history/", change_history, name="change-history"),
]
