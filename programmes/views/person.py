"""One person of a place, for its administrators: what they hold, their invitation, and leaving."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from icp.accounts.models import Invitation, User
from icp.common import clock
from icp.common.models import OutgoingMail
from icp.common.numbers import whole_number
from icp.common.words import sentence_list
from programmes import access
from programmes.context import here
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import Board, Offer, Organisation, Place, PlaceRole, Post
from programmes.people_forms import GiveForm, LeaveForm
from programmes.people_lines import PersonLine, line_of
from programmes.selectors.people import (
    PersonState,
    belongs,
    colleagues,
    finance_name,
    people_of,
    scope_of,
    with_holdings,
)
from programmes.services import inviting
from programmes.services import people as services
from programmes.services.leaving import leave_place
from programmes.views.people import invited_words
from programmes.views.places import View, administered_place, peopled_place, signed_in


def _person(place: Place, pk: int) -> User:
    """Never to be saved: who has not come in yet has their address for a name, and has never signed in."""
    people = people_of(place=place, at=clock.now())
    found: Any = get_object_or_404(with_holdings(people, place=place), pk=pk)
    if found.awaited:
        found.name, found.last_login = found.shown, None
    return cast(User, found)


def for_administrators(view: Callable[..., HttpResponse]) -> View:
    """The place and the person for the view; a refusal becomes a message on the person's page.

    Who stopped being an administrator a moment ago gets what all others get.
    """

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, place: str, pk: int) -> HttpResponse:
        found = administered_place(request)
        person = _person(found, pk)
        try:
            return view(request, found, person)
        except CannotChangePeople as refused:
            messages.error(request, str(refused))
            return redirect("person", place=found.slug, pk=pk)
        except NotAllowed:
            raise Http404 from None

    return wrapped


@require_safe
@signed_in
def person(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """What somebody holds in the place and how they came in; for administrators also what more they can be given."""
    found = peopled_place(request)
    person = _person(found, pk)
    line = line_of(person, place=found)
    return _show(request, found, person, line, _give_form(found, person, line))


def _give_form(place: Place, person: User, line: PersonLine, data: Any = None) -> GiveForm:
    return GiveForm(
        data,
        place=place,
        held={(one.kind, one.key) for one in line.held},
        vacant_only=not person.belongs_now,  # type: ignore[attr-defined]
    )


def _show(
    request: HttpRequest, place: Place, person: User, line: PersonLine, form: GiveForm
) -> HttpResponse:
    may_manage = access.may_manage_people(roles=here(request)[1])
    context = {
        "place": place,
        "person": person,
        "line": line,
        "form": form,
        "invitation": _last_invitation(place, line),
        "offer": _last_offer(person),
        "may_manage": may_manage,
        "may_invite": may_manage and line.state in (PersonState.INVITED, PersonState.EXPIRED),
        "is_me": person.pk == request.user.pk,
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/people/person.html", context, status=status)


def _last_offer(person: Any) -> Offer | None:
    """One of the things that somebody is asked to take on and has not accepted. No query."""
    return next(iter(person.offers_here), None)


def _last_invitation(place: Place, line: PersonLine) -> dict[str, Any] | None:
    """The last link of a person who has not come yet, and what became of its mail."""
    if line.invited_at is None:
        return None
    invitation = (
        Invitation.objects.filter(user_id=line.pk, scope=scope_of(place))
        .select_related("invited_by")
        .order_by("-invited_at", "-pk")
        .first()
    )
    if invitation is None:
        return None
    mail = OutgoingMail.objects.filter(key=invitation.mail_key).defer("body").first()
    return {"row": invitation, "mail": mail, "works": line.state == PersonState.INVITED}


@require_POST
@for_administrators
def give(request: HttpRequest, place: Place, person: User) -> HttpResponse:
    """Give a role, a seat, a post, or one of each."""
    line = line_of(person, place=place)
    form = _give_form(place, person, line, request.POST)
    if not form.is_valid():
        return _show(request, place, person, line, form)
    given = services.give(
        place=place,
        person=person,
        holding=form.holding(),
        expected_holder=form.expected_holder(),
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
    )
    messages.success(request, _given_words(place, person, given))
    return redirect("person", place=place.slug, pk=person.pk)


def _given_words(place: Place, person: User, given: list[str]) -> str:
    if given:
        return f"{person} now holds: {sentence_list(given)}."
    if belongs(person=person, place=place):
        return "They hold this already."
    return f"{person.email} was asked by e-mail to accept it, and holds it from then on."


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def take(request: HttpRequest, place: Place, person: User) -> HttpResponse:
    """Ask whether one thing is to be taken away, and take it."""
    asked = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and "kind" not in asked:
        return redirect("person", place=place.slug, pk=person.pk)
    thing = _thing(place, asked.get("kind", ""), asked.get("key", ""))
    if request.method != "POST":
        context = {"place": place, "person": person, "is_me": person == request.user}
        context |= {"name": thing.name, "kind": asked["kind"], "key": asked["key"]}
        return render(request, "programmes/people/take.html", context)
    thing.take(place=place, person=person, by=request.user, at=clock.now())
    messages.success(request, f"{person} no longer holds: {thing.name}.")
    return _after_taking(request, place, person)


@dataclass(frozen=True)
class Thing:
    """What somebody holds: its name, and the service that takes it away."""

    name: str
    take: Callable[..., bool]


def _thing(place: Place, kind: str, key: str) -> Thing:
    if kind == "role" and key in PlaceRole.values:
        role = PlaceRole(key)
        return Thing(role.label, partial(services.take_role, role=role))
    if kind == "finance":
        organisation = get_object_or_404(Organisation, place=place, pk=_number(key))
        take = partial(services.take_finance, organisation=organisation)
        return Thing(finance_name(organisation), take)
    if kind == "board":
        board = get_object_or_404(Board, place=place, pk=_number(key))
        return Thing(board.name, partial(services.take_seat, board=board))
    if kind == "post":
        post = get_object_or_404(Post, place=place, pk=_number(key))
        return Thing(post.title, partial(services.take_post, post=post))
    raise Http404


def _number(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise Http404
    return number


def _after_taking(request: HttpRequest, place: Place, person: User) -> HttpResponse:
    """Back to the person; to the list when they hold nothing more; home for who took away their own role."""
    roles = access.roles_of(user=request.user, place=place, on=clock.today())  # type: ignore[arg-type]
    if not access.may_manage_people(roles=roles):
        return redirect("home")
    if belongs(person=person, place=place):
        return redirect("person", place=place.slug, pk=person.pk)
    return redirect("people", place=place.slug)


@require_POST
@for_administrators
def invitation(request: HttpRequest, place: Place, person: User) -> HttpResponse:
    """Send a new link, or withdraw the pending one."""
    by, at, do = request.user, clock.now(), request.POST.get("do")
    if do == "again":
        invited = inviting.invite_again(place=place, person=person, by=by, at=at)  # type: ignore[arg-type]
        messages.success(request, invited_words(invited))
    elif do == "withdraw":
        if inviting.withdraw_invitation(place=place, person=person, by=by, at=at):  # type: ignore[arg-type]
            messages.success(request, f"The invitation of {person} no longer stands.")
        else:
            messages.info(request, f"{person} has no invitation that could be withdrawn.")
    else:
        raise Http404
    if person.awaited and do == "withdraw":  # type: ignore[attr-defined]
        # Their page may have gone with it.
        return redirect("people", place=place.slug)
    return redirect("person", place=place.slug, pk=person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def leave(request: HttpRequest, place: Place, person: User) -> HttpResponse:
    """Ask who takes over, then take everything away that they hold here."""
    others = list(colleagues(place).exclude(pk=person.pk))
    form = LeaveForm(request.POST if request.method == "POST" else None, colleagues=others)
    if request.method != "POST" or not form.is_valid():
        line = line_of(person, place=place)
        if not line.held:
            return redirect("person", place=place.slug, pk=person.pk)
        context = {"place": place, "person": person, "line": line, "form": form}
        status = 422 if form.errors else 200
        return render(request, "programmes/people/leave.html", context, status=status)
    successor = form.taking_over()
    handed = leave_place(
        place=place,
        person=person,
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
        successor=successor,
    )
    words = f"{person} holds nothing in {place} any more."
    if handed.given:
        words += f" {successor} now holds: {sentence_list(handed.given)}."
    if handed.vacant:
        words += f" Vacant now: {sentence_list(handed.vacant)}."
    messages.success(request, words)
    return _after_taking(request, place, person)


BASE = "places/<slug:place>/people/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(BASE, person, name="person"),
    path(f"{BASE}give/", give, name="person-give"),
    path(f"{BASE}take/", take, name="person-take"),
    path(f"{BASE}invitation/", invitation, name="person-invitation"),
    path(f"{BASE}leave/", leave, name="person-leave"),
]
