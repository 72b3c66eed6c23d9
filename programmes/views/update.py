"""The monthly update: the lead's default screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from programmes import access, selectors, services
from programmes.errors import CannotSubmit, Refused, StaleAnswer
from programmes.forms import AnswerForm
from programmes.selectors import Progress
from programmes.views import update_more
from programmes.views.changes_waiting import changes_waiting
from programmes.views.grid import (
    GridRow,
    ask_again,
    prefix_of,
    save_rows,
    shown_grid,
    typed_grid,
)
from programmes.views.places import place_of, signed_in
from programmes.views.update_page import UpdatePage, load_page

# The header that the page's own script sends: it wants one row back, not the page.
ONE_ROW = "X-One-Row"
# Presses that save the row they name, or every row where they name none.
SAVING = ("save", "choose")


@signed_in
@require_safe
def updates(request: HttpRequest, place: str) -> HttpResponse:
    """The programmes this person may update, with the state of each return; the only one at once."""
    found, roles = place_of(request)
    mine = access.visible_programmes(user=request.user).filter(place=found).reporting()
    if not roles.office:
        mine = mine.filter(pk__in=roles.leads)
    programmes = list(mine.in_order())
    if len(programmes) == 1 and not roles.office:
        return redirect("update", place=found.slug, code=programmes[0].code)
    period = selectors.period_to_report(place=found)
    returns = selectors.returns_of(period=period) if period else {}
    lines = [{"programme": p, "return": returns.get(p.pk)} for p in programmes]
    context = {
        "place": found,
        "period": period,
        "lines": lines,
        "changes_waiting": changes_waiting(request, place=found, roles=roles),
    }
    return render(request, "programmes/update_list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """The grid of one programme: shown, searched, saved, submitted."""
    page = load_page(request, code=code)
    if page.period is None:
        return render(request, "programmes/update_none.html", page.context())
    if request.method == "POST":
        return _act(page, _pressed(request.POST))
    if wanted := request.GET.get("q", "").strip():
        return update_more.find(page, wanted)
    return _show(page)


def _show(page: UpdatePage) -> HttpResponse:
    progress = page.progress()
    listed = page.list_of_rows(progress)
    grid = shown_grid(page.rows(listed.object_list), boards=page.boards)
    return _render(page, grid, progress=progress, listed=listed)


def _pressed(data: QueryDict) -> QueryDict:
    """What was sent; "keep all mine" and "take all theirs" of one row said the way their choices are."""
    item, _, side = data.get("take", "").partition("-")
    if not item:
        return data
    changed = data.copy()
    changed[f"r{item}-take"] = side
    changed["do"] = f"choose-{item}"
    return changed


def _act(page: UpdatePage, data: QueryDict) -> HttpResponse:
    """Save what was typed, then do what was pressed."""
    action, _, target = data.get("do", "save").partition("-")
    typed = page.rows(page.posted_items(data.getlist("row")))
    grid = typed_grid(
        typed, data=data, boards=page.boards, choosing=_choice_of(page, action, target)
    )
    if action == "recall":
        _try(page, services.recall_return, said="Recalled: you can change rows and submit again.")
    undecided = [line for line in grid if line.is_undecided]
    for line in undecided:
        ask_again(line)
    chosen = [
        line
        for line in grid
        if line not in undecided and (action not in SAVING or target in ("", str(line.row.item.pk)))
    ]
    unanswered = action != "recall" and not _keep_answer(page, data)
    wrong = undecided + save_rows(chosen, period=page.period, by=page.user, at=page.at)
    if page.request.headers.get(ONE_ROW):
        return _render_one(page, grid)
    if unanswered:
        problem = {"href": "#answer", "text": page.answer_refused}
        return _render(page, _as_typed(page, grid), wrong=wrong, problems=[problem], status=422)
    if wrong or any(line.typed for line in grid):
        return _render(page, _as_typed(page, grid), wrong=wrong, status=422 if wrong else 200)
    return _then(page, action, target, saved=len(chosen))


def _choice_of(page: UpdatePage, action: str, target: str) -> Callable[[int], bool]:
    """Which rows the press chooses for, where the page showed two people's values of them.

    The page's script saves by itself too, so of it only a button of the choice counts.
    """
    by_script = ONE_ROW in page.request.headers
    presses = ("choose",) if by_script else SAVING
    return lambda item_id: action in presses and target in ("", str(item_id))


def _keep_answer(page: UpdatePage, data: QueryDict) -> bool:
    """Keep what the lead answers to the question of the SRO; False where it cannot be kept as it is."""
    if "answer" not in data or page.found is None:
        return True
    form = AnswerForm(data)
    page.typed_answer = data.get("answer", "")
    if not form.is_valid():
        page.answer_refused = " ".join(
            str(error) for found in form.errors.values() for error in found
        )
        return False
    try:
        services.answer_question(
            programme=page.programme,
            period=page.period,
            by=page.user,
            at=page.at,
            **form.cleaned_data,
        )
    except StaleAnswer as stale:
        page.answer_refused = str(stale)
        return False
    except Refused as refused:
        messages.error(page.request, str(refused))
    return True


def _then(page: UpdatePage, action: str, target: str, *, saved: int) -> HttpResponse:
    item = page.posted_items([target]).first() if target else None
    if action == "share" and item:
        return redirect(page.address("update-share", item=item.pk))
    if action == "copy":
        return update_more.copy_last(page, item)
    if action == "submit":
        return _submit(page)
    if action == "answer":
        messages.success(page.request, "The answer is kept. Submit the return to send it.")
    return redirect(page.address_of_row(item) if item else page.same_list())


def _submit(page: UpdatePage) -> HttpResponse:
    try:
        services.submit_return(
            programme=page.programme, period=page.period, by=page.user, at=page.at, today=page.today
        )
    except CannotSubmit as refused:
        return _refuse_to_submit(page, refused)
    except Refused as refused:
        messages.error(page.request, str(refused))
        return redirect(page.same_list())
    messages.success(
        page.request,
        f"The {page.period.name} return of {page.programme.name} is submitted. "
        "You can recall it until the period closes.",
    )
    return redirect(page.address("update"))


def _refuse_to_submit(page: UpdatePage, refused: CannotSubmit) -> HttpResponse:
    """The page again, with every row that keeps the return from being submitted, each a link to it."""
    progress = page.progress()
    listed = page.list_of_rows(progress)
    here = {item.pk for item in listed.object_list}
    problems = [
        {
            "href": f"#id_{prefix_of(row.item.pk)}-{row.missing[0].field}"
            if row.item.pk in here
            else page.address("update", q=row.item.plan_id),
            "text": f"{row.item.reference} {row.item.name}: "
            + " ".join(wanted.what for wanted in row.missing),
        }
        for row in progress.lacking
    ]
    problems = problems or [{"text": str(refused), "href": "#submit"}]
    grid = shown_grid(page.rows(listed.object_list), boards=page.boards)
    return _render(
        page,
        grid,
        progress=progress,
        listed=listed,
        problems=problems,
        summary=str(refused),
        status=422,
    )


def _try(page: UpdatePage, service: Any, *, said: str) -> None:
    try:
        page.found = service(programme=page.programme, period=page.period, by=page.user, at=page.at)
    except Refused as refused:
        messages.error(page.request, str(refused))
    else:
        messages.success(page.request, said)


def _as_typed(page: UpdatePage, grid: list[GridRow]) -> list[GridRow]:
    """The posted rows as they are stored now, those that are not saved as they were typed."""
    fresh = {row.item.pk: row for row in page.rows_again(line.row for line in grid)}
    lines = []
    for line in grid:
        row = fresh[line.row.item.pk]
        if line.typed:
            line.row = row
            lines.append(line)
        else:
            lines += shown_grid([row], boards=page.boards)
    return lines


def _render_one(page: UpdatePage, grid: list[GridRow]) -> HttpResponse:
    """One row and the page's progress, for the script that saves as one goes."""
    context = page.context(
        grid=_as_typed(page, grid), progress=page.progress(), editable=True, is_whole=False
    )
    return render(page.request, "programmes/update/saved.html", context)


def _render(
    page: UpdatePage,
    grid: list[GridRow],
    *,
    progress: Progress | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    progress = progress or page.progress()
    editable = page.is_editable or any(line.typed for line in grid)
    context = page.context(
        grid=grid,
        progress=progress,
        tabs=page.tabs(progress),
        editable=editable,
        changes_waiting=changes_waiting(page.request, place=page.place, roles=page.roles),
        problems=[*more.pop("problems", []), *problems_of(more.get("wrong", []))],
        **more,
    )
    return render(page.request, "programmes/update.html", context, status=status)


def problems_of(wrong: list[GridRow]) -> list[dict[str, str]]:
    """What was refused, row by row and field by field, each a link to it."""
    problems = []
    for line in wrong:
        name = line.row.item.reference
        if line.refused:
            problems.append({"href": f"#{line.prefix}", "text": line.refused})
        for field, errors in line.form.errors.items():
            where = f"#id_{line.prefix}-{field}" if field != "__all__" else f"#{line.prefix}"
            problems += [{"href": where, "text": f"{name}: {error}"} for error in errors]
    return problems


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/update/", updates, name="updates"),
    path("places/<slug:place>/update/<str:code>/", update, name="update"),
    *update_more.urlpatterns,
]
