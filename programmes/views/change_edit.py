"""Writing a change request: a new one from a row or a programme, its words and dates, one more row."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.common import clock
from icp.common.nhsuk_forms import render_error_summary
from icp.common.numbers import whole_number
from programmes import access
from programmes.change_forms import LineForm, NewRowForm, RowForm, WordsForm, agreed_day
from programmes.change_lines import shown_line
from programmes.errors import CannotChangePlan, NotAllowed, StaleChange
from programmes.models import ChangeLine, ChangeLineKind, ChangeRequest, PlanItem, Programme
from programmes.models.change import STANDING_STATES
from programmes.rules.changes import none_for
from programmes.selectors.changes import lines_to_show
from programmes.selectors.posts import titles_by_key
from programmes.services.changes import WORDS, draft_lines, edit_request
from programmes.views.changes import BASE, SAY_NONE, lines_page, request_of
from programmes.views.places import place_of, programme_of, signed_in

NOT_YOURS = "A lead of the programme or the programme office writes its change requests."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Ask for a change of a programme's agreed plan: its first row. ``?row=`` names it, ``?new`` is a new row."""
    found, roles = place_of(request)
    programme = programme_of(request, place=found, code=code)
    programme.place = found
    if not access.may_update(roles=roles, programme_id=programme.pk):
        raise NotAllowed(NOT_YOURS)
    return _one_row(request, programme, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, place: str, change: int) -> HttpResponse:
    """One more row for a request that is being written."""
    found = _to_write(request, change)
    return _one_row(request, found.programme, found)


def _to_write(request: HttpRequest, number: int) -> ChangeRequest:
    change, roles = request_of(request, number)
    if not access.may_update(roles=roles, programme_id=change.programme_id):
        raise NotAllowed(NOT_YOURS)
    return change


def _one_row(
    request: HttpRequest, programme: Programme, change: ChangeRequest | None
) -> HttpResponse:
    is_new = "new" in request.GET
    kind: Any = NewRowForm if is_new else RowForm
    form = kind(request.POST or None, programme=programme, initial=_initial(request, programme))
    if request.method == "POST" and form.is_valid():
        try:
            asked = draft_lines(
                programme=programme,
                lines=[form.asked()],
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
                request=change,
            )
        except CannotChangePlan as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("change-edit", place=asked.place.slug, change=asked.number)
    context = {
        "place": change.place if change else programme.place,
        "programme": programme,
        "change": change,
        "form": form,
        "is_new": is_new,
    }
    status = 422 if form.is_bound else 200
    return render(request, "programmes/changes/row.html", context, status=status)


def _initial(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """What the form starts with: the row of the address, its agreed dates, and what can be asked of it."""
    number = request.GET.get("row", "").replace("\x00", "")[:20]
    row = PlanItem.objects.filter(programme=programme, plan_id=number).first() if number else None
    if row is None:
        return {"kind": ChangeLineKind.REDATE}
    return {
        "row": f"{programme.code} {row.plan_id}",
        "kind": ChangeLineKind.RESTORE if row.removed_at else ChangeLineKind.REDATE,
        "start": agreed_day(row, "start"),
        "finish": agreed_day(row, "finish"),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, place: str, change: int) -> HttpResponse:
    """The words and dates of a request. Who saves second sees both, and chooses."""
    found = _to_write(request, change)
    if found.state not in STANDING_STATES:
        messages.error(request, f"{found.reference} has ended: it cannot be changed.")
        return redirect("change", place=place, change=change)
    lines = _lines_to_edit(request, found)
    form = WordsForm(request.POST or None, request=found)
    posts = titles_by_key(place=found.place)
    rows = [LineForm(request.POST or None, line=line, posts=posts) for line in lines]
    stale: StaleChange | None = None
    sent = [row for row in rows if row.is_bound]
    if request.method == "POST" and _valid(form, *sent):
        try:
            return _saved(request, found, form, sent)
        except StaleChange as refused:
            stale = refused
            form = _with_version(form, refused.current)
        except CannotChangePlan as refused:
            form.add_error(None, str(refused))
    return _show(request, found, form, rows, stale)


def _lines_to_edit(request: HttpRequest, change: ChangeRequest) -> list[ChangeLine]:
    """Those that were sent, else those of the page that the address names."""
    names = {name.split("-")[1] for name in request.POST if name.startswith("line-")}
    keys = {key for name in names if (key := whole_number(name)) is not None}
    if keys:
        return list(lines_to_show(change).filter(pk__in=keys))
    return list(lines_page(request, change).object_list)


def _valid(*all_forms: forms.Form) -> bool:
    # Each is asked, so that each says what is wrong.
    said = [form.is_valid() for form in all_forms]
    return all(said)


def _saved(
    request: HttpRequest, change: ChangeRequest, form: WordsForm, rows: list[LineForm]
) -> HttpResponse:
    out = [row.line.pk for row in rows if row.cleaned_data["take_out"]]
    saved = edit_request(
        request=change,
        words=_words(request, form),
        lines=[row.asked() for row in rows if row.line.pk not in out and "start" in row.fields],
        without=out,
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
        expected_version=form.cleaned_data["version"],
    )
    if request.POST.get("do") in ("row", "new"):
        address = redirect("change-row", place=saved.place.slug, change=saved.number)
        address["Location"] += "?new" if request.POST["do"] == "new" else ""
        return address
    messages.success(request, f"{saved.reference} is saved.")
    return redirect("change", place=saved.place.slug, change=saved.number)


def _words(request: HttpRequest, form: WordsForm) -> dict[str, str]:
    """As they were typed; with “None” for what is not touched, where that button was pressed."""
    words = form.words()
    if request.POST.get("do") == SAY_NONE:
        words |= none_for(words)
    return words


def _with_version(form: WordsForm, current: Any) -> WordsForm:
    """The form as typed, to be saved over what is stored now."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = current.version
    return WordsForm(data, request=current)


def _show(
    request: HttpRequest,
    change: ChangeRequest,
    form: WordsForm,
    rows: list[LineForm],
    stale: StaleChange | None,
) -> HttpResponse:
    context = {
        "place": change.place,
        "change": change,
        "form": form,
        "rows": [
            {"form": row, "line": shown_line(row.line, place=change.place, standing=True)}
            for row in rows
        ],
        "page_obj": lines_page(request, change),
        "error_summary": render_error_summary(form, *rows),
        "stale": stale,
        "differing": _differing(form, stale) if stale else [],
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "programmes/changes/edit.html", context, status=status)


def _differing(form: WordsForm, stale: StaleChange) -> list[dict[str, str]]:
    """The words that are stored now and are not what was typed."""
    form.is_valid()
    return [
        {"label": str(form.fields[name].label), "saved": getattr(stale.current, name) or "nothing"}
        for name in WORDS
        if getattr(stale.current, name) != form.cleaned_data.get(name)
    ]


urlpatterns: list[URLPattern] = [
    path(f"{BASE}<int:change>/edit/", edit, name="change-edit"),
    path(f"{BASE}<int:change>/rows/", more, name="change-row"),
    path("places/<slug:place>/programmes/<str:code>/changes/new/", new, name="change-new"),
]
