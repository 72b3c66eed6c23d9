"""What is done about a risk and what hangs on it: actions, controls, links and files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.errors import Refused
from programmes.services.attachments import take_away
from programmes.views.attached import attach_from, handed_out
from programmes.views.places import signed_in
from risks import services
from risks.errors import StaleMitigation
from risks.models import Mitigation, RiskFile
from risks.services.treating import done_on_of
from risks.treatment_forms import ControlForm, LinkForm, MitigationForm, initial_of
from risks.views.pages import RISK, RiskPage, load_risk, seen_in

METHODS = ["GET", "HEAD", "POST"]


def _changing(request: HttpRequest, ref: str) -> RiskPage:
    page = load_risk(request, ref)
    page.changer()
    return page


def _back(page: RiskPage, part: str) -> HttpResponse:
    address = reverse("risk", kwargs={"place": page.place.slug, "ref": page.risk.ref})
    return redirect(f"{address}#{part}")


def _ask(
    page: RiskPage, form: Any, title: str, *, status: int | None = None, **more: Any
) -> HttpResponse:
    context = {"place": page.place, "risk": page.risk, "form": form, "title": title, **more}
    status = status or (422 if form.is_bound else 200)
    return render(page.request, "risks/hang.html", context, status=status)


@signed_in
@require_http_methods(METHODS)
def mitigation_add(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    page = _changing(request, ref)
    form = MitigationForm(request.POST or None, posts=page.choices.posts)
    if request.method == "POST" and form.is_valid():
        values = form.values() | {"done_on": _done_on(page, form, None)}
        if _done(
            form, lambda: services.add_mitigation(risk=page.risk, values=values, by=page.user)
        ):
            return _back(page, "mitigations")
    return _ask(page, form, "Add an action")


def _done_on(page: RiskPage, form: MitigationForm, stored: Any) -> Any:
    return done_on_of(is_done=form.cleaned_data["done"], stored=stored, today=page.today)


def _done(form: Any, do: Callable[[], Any]) -> bool:
    """Whether it was done; if not, the form says why.

    Raises:
        StaleMitigation: it is another than the page showed.
    """
    try:
        do()
    except StaleMitigation:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@signed_in
@require_http_methods(METHODS)
def mitigation(request: HttpRequest, place: str, ref: str, mitigation: int) -> HttpResponse:
    """An action to change or take out. Who saves second is shown what was saved, and saves again or not."""
    page = _changing(request, ref)
    if request.method != "POST":
        found = _mitigation(page, mitigation, removed_at=None)
        return _ask(page, _action_form(page, found), "Change an action", removes=True)
    # Of one that is taken out meanwhile is said so.
    found = _mitigation(page, mitigation)
    form = _action_form(page, found, request.POST)
    try:
        if request.POST.get("do") == "remove":
            return _take_out(page, found)
        if form.is_valid() and _done(form, lambda: _change(page, form, found)):
            return _back(page, "mitigations")
    except StaleMitigation as stale:
        return _show_both(page, form, stale)
    return _ask(page, form, "Change an action", removes=True)


def _action_form(page: RiskPage, found: Mitigation, data: Any = None) -> MitigationForm:
    return MitigationForm(data, posts=page.choices.posts, mitigation=found)


def _mitigation(page: RiskPage, key: int, **which: Any) -> Mitigation:
    rows = Mitigation.objects.filter(risk=page.risk, **which).select_related("owner")
    found: Mitigation = get_object_or_404(rows, pk=key)
    found.risk = page.risk
    return found


def _take_out(page: RiskPage, found: Mitigation) -> HttpResponse:
    """Raises:
    StaleMitigation: it is another than the page showed.
    """
    seen = seen_in(page.request.POST)
    try:
        services.remove_mitigation(mitigation=found, by=page.user, at=page.at, seen=seen)
        messages.success(page.request, "The action is taken out. The history keeps it.")
    except StaleMitigation:
        raise
    except Refused as refused:
        messages.error(page.request, str(refused))
    return _back(page, "mitigations")


def _change(page: RiskPage, form: MitigationForm, found: Mitigation) -> None:
    values = form.values() | {"done_on": _done_on(page, form, found.done_on)}
    seen = form.cleaned_data["version"] or 0
    services.change_mitigation(mitigation=found, values=values, seen=seen, by=page.user)


def _show_both(page: RiskPage, form: MitigationForm, stale: StaleMitigation) -> HttpResponse:
    """What is saved now, and below it what was typed: to save upon that, or, of one that is gone, to add anew."""
    current: Mitigation = stale.current  # type: ignore[assignment]
    gone = current.removed_at is not None
    shown = {} if gone else initial_of(current)
    theirs = [
        (str(form.fields[name].label), _words(form, name, value))
        for name, value in shown.items()
        if name != "version"
    ]
    data = page.request.POST.copy()
    data["version"] = str(current.version)
    again = _action_form(page, current, data)
    again.is_valid()
    more = {"removes": not gone, "gone": gone, "stale": str(stale), "theirs": theirs}
    return _ask(page, again, "Change an action", status=409, **more)


def _words(form: MitigationForm, name: str, value: Any) -> str:
    if name == "done":
        return "Yes" if value else "No"
    if name == "owner":
        return form.posts[value].title if value else "Nobody"
    return str(value) or "Nothing"


@signed_in
@require_http_methods(METHODS)
def control_add(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    page = _changing(request, ref)
    form = ControlForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if _done(form, lambda: services.add_control(risk=page.risk, by=page.user, **said)):
            return _back(page, "controls")
    return _ask(page, form, "Add a control or a line of assurance")


@signed_in
@require_http_methods(METHODS)
def link_add(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    page = _changing(request, ref)
    form = LinkForm(request.POST or None, place=page.place, roles=page.roles, on=page.today)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if _done(form, lambda: services.add_link(risk=page.risk, by=page.user, **values)):
            return _back(page, "links")
    text = (
        "One at a time: a row, a change request, money, an indicator, or anything else by its name."
    )
    return _ask(page, form, "Add a link", text=text)


@signed_in
@require_POST
def take_off(request: HttpRequest, place: str, ref: str, part: str, pk: int) -> HttpResponse:
    """Take a control, a link or a file away; the history keeps it."""
    page = _changing(request, ref)
    rows: dict[str, Any] = {
        "controls": page.risk.controls,
        "links": page.risk.links,
        "files": page.risk.files.defer("content"),
    }
    found = rows[part].filter(pk=pk).first()
    if found is None:
        # Somebody else, or one's own first press.
        messages.success(request, "It is taken away already. The history says that it was there.")
        return _back(page, part)
    found.risk = page.risk
    try:
        if part == "controls":
            services.remove_control(control=found, by=page.user)
        elif part == "links":
            services.remove_link(link=found, by=page.user)
        else:
            take_away(attachment=found, by=page.user, at=page.at)
        messages.success(request, "It is taken away. The history says that it was there.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(page, part)


@signed_in
@require_POST
def attach(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """Attach a file to a risk."""
    page = _changing(request, ref)
    attach_from(
        request,
        lambda name, content: services.attach_file(
            risk=page.risk, name=name, content=content, by=page.user, at=page.at
        ),
        to=page.risk.ref,
    )
    return _back(page, "files")


@signed_in
@require_safe
def file(request: HttpRequest, place: str, ref: str, pk: int) -> HttpResponseBase:
    """An attached file, to keep: never shown as a page of the portal."""
    page = load_risk(request, ref)
    kept = get_object_or_404(RiskFile, risk=page.risk, removed_at=None, pk=pk)
    return handed_out(kept)


urlpatterns: list[URLPattern] = [
    path(f"{RISK}actions/new/", mitigation_add, name="risk-mitigation-add"),
    path(f"{RISK}actions/<int:mitigation>/", mitigation, name="risk-mitigation"),
    path(f"{RISK}controls/new/", control_add, name="risk-control-add"),
    path(f"{RISK}links/new/", link_add, name="risk-link-add"),
    path(f"{RISK}files/", attach, name="risk-attach"),
    path(f"{RISK}files/<int:pk>/", file, name="risk-file"),
    path(f"{RISK}<part:part>/<int:pk>/take-away/", take_off, name="risk-take-off"),
]
