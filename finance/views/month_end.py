"""The month-end page of one partner: its grid shown, saved as one goes, pasted into, handed in."""

from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import selectors, services
from finance.errors import CannotHandIn, StaleMoney, StalePosition
from finance.forms import FIGURE_LABELS, UNIT_WORDS, UNITS, LedgerForm
from finance.grid import COMPUTED, GridLine, groups, printed, sums, values_of
from finance.rules.checks import Question
from finance.selectors.exposure import to_bring_forward
from finance.selectors.months import due_day
from finance.services import Entry
from finance.views.forecasts import beside
from finance.views.month_end_page import MonthEndPage, load
from finance.views.pages import MONTH
from icp.common.money import write_money
from icp.common.numbers import whole_number
from icp.common.words import plural
from programmes.errors import NotAllowed, Refused
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def month_end(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """One partner's month: the grid, the ledger's totals, and what keeps it from being handed in."""
    page = load(request, year=year, number=month_number, partner=partner)
    if request.method != "POST":
        return show(page, page.lines())
    if not page.may_enter:
        raise NotAllowed(
            f"Figures of {page.organisation.short_name} are entered by its finance lead."
        )
    return _act(page)


def _act(page: MonthEndPage) -> HttpResponse:
    """Save what was typed, all of it or nothing; then do what was pressed."""
    data = page.request.POST
    action, _, target = data.get("do", "save").partition("-")
    if action == "recall":
        return _recall(page)
    posted = frozenset(
        key for text in data.getlist("row") if (key := whole_number(text)) is not None
    )
    if action == "take":
        # Their figures stand: what was typed into this line is given up.
        posted -= {whole_number(target) or 0}
    grid = page.lines(data, posted)
    ledger = None
    if "ledger-version" in data:
        ledger = LedgerForm(data, unit=page.unit)
    wrong = [one for one in grid if one.form.is_bound and not one.form.is_valid()]
    ledger_wrong = ledger is not None and not ledger.is_valid()
    if wrong or ledger_wrong:
        return _answer(page, grid, ledger=ledger, status=422)
    try:
        _save(page, grid, ledger)
        page.read_again()
    except StaleMoney as stale:
        page.ledger_theirs = stale.current  # type: ignore[assignment]
        page.read_again()
        return _answer(page, grid, ledger=ledger, refused=str(stale), status=409)
    except StalePosition as stale:
        for one in grid:
            one.theirs = stale.current.get(one.key)
            one.is_undecided = one.key in stale.current
        return _answer(page, grid, ledger=ledger, refused=str(stale), status=409)
    except Refused as refused:
        return _answer(page, grid, ledger=ledger, refused=str(refused), status=422)
    if page.by_script:
        return _answer(page, grid, status=200)
    if action == "submit":
        return _submit(page)
    if posted:
        messages.success(page.request, "Saved.")
    return redirect(page.address)


def _save(page: MonthEndPage, grid: list[GridLine], ledger: LedgerForm | None) -> None:
    """The lines and the ledger's totals together: where either is refused, neither is kept."""
    entries = [
        Entry(one.key, one.form.cleaned_data["version"], values_of(one.form, page.closed))
        for one in grid
        if one.form.is_bound
    ]
    # Each by itself is a transaction already: a cell is saved without a second one around it.
    with transaction.atomic() if entries and ledger is not None else nullcontext():
        if entries:
            services.save_positions(
                month=page.month,
                organisation=page.organisation,
                entries=entries,
                by=page.entrant,
                at=page.at,
            )
        if ledger is not None:
            said = ledger.cleaned_data
            services.save_ledger_totals(
                month=page.month,
                organisation=page.organisation,
                totals={name: said[name] for name in FIGURE_LABELS},
                answer=said["answer"],
                by=page.entrant,
                expected_version=said["version"],
            )


def _submit(page: MonthEndPage) -> HttpResponse:
    try:
        services.submit_month(
            month=page.month, organisation=page.organisation, by=page.entrant, at=page.at
        )
    except CannotHandIn as refused:
        page.problems = [_problem(one) for one in refused.questions]
        return show(page, page.lines(), refused=str(refused), status=422)
    except Refused as refused:
        messages.error(page.request, str(refused))
        return redirect(page.address)
    messages.success(
        page.request,
        f"{page.organisation.short_name}’s {page.month} is handed in. You can recall it until the month closes.",
    )
    return redirect(page.address)


def _problem(asked: Question) -> dict[str, str]:
    """A link to the box where a question is answered."""
    if asked.line is None:
        box = f"ledger-{asked.field}" if asked.is_wall else "ledger-answer"
    else:
        box = f"l{asked.line}-{asked.field if asked.is_wall else 'comment'}"
    return {"href": f"#id_{box}", "text": asked.words}


def _recall(page: MonthEndPage) -> HttpResponse:
    try:
        services.recall_submission(
            month=page.month,
            organisation=page.organisation,
            by=page.entrant,
            expected_version=whole_number(page.request.POST.get("version")) or 0,
        )
        messages.success(page.request, "Recalled: change what you need, then hand it in again.")
    except StaleMoney as stale:
        return show(page, page.lines(), refused=str(stale), status=409)
    except Refused as refused:
        messages.error(page.request, str(refused))
    return redirect(page.address)


def _answer(
    page: MonthEndPage,
    grid: list[GridLine],
    *,
    ledger: LedgerForm | None = None,
    refused: str = "",
    status: int,
) -> HttpResponse:
    if page.by_script:
        return JsonResponse(_cells(page, grid, refused), status=status)
    page.problems = [
        {"href": f"#id_{cell.name}", "text": f"{one.line.label}, {cell.label.lower()}: {error}"}
        for one in grid
        for cell in one.cells()
        for error in cell.errors
    ]
    return show(page, grid, ledger=ledger, refused=refused, status=status)


def _cells(page: MonthEndPage, grid: list[GridLine], refused: str) -> dict[str, Any]:
    """What the page's script shows after it saved: versions, variances, totals, questions, conflicts."""
    for one in grid:
        one.position = page.stored.get(one.key)
    ledger = page.ask(grid)
    totals = sums(grid)
    return {
        "refused": refused,
        "lines": {
            str(one.key): {
                "version": one.version,
                "computed": {name: text for name, _, text in one.computed()},
                "questions": one.asked,
                "errors": {cell.field: cell.errors for cell in one.cells() if cell.errors},
                "theirs": {cell.field: cell.theirs for cell in one.cells()}
                if one.is_undecided
                else None,
            }
            for one in grid
        },
        "totals": {name: printed(value, page.unit) for name, value in totals.items()},
        "ledger": [asked.words for asked in ledger if asked.stops],
        "ledger_version": page.submission.version if page.submission else 1,
        "ledger_theirs": _theirs_in_words(page),
    }


def _theirs_in_words(page: MonthEndPage) -> dict[str, str]:
    """What somebody else saved of the ledger's totals meanwhile, by field; empty where nobody did."""
    if page.ledger_theirs is None:
        return {}
    totals = selectors.ledger_totals(page.ledger_theirs)
    unit = UNITS[page.unit]
    said = {name: write_money(value, unit=unit) or "nothing" for name, value in totals.items()}
    return said | {"answer": page.ledger_theirs.answer or "nothing"}


def show(
    page: MonthEndPage,
    grid: list[GridLine],
    *,
    ledger: LedgerForm | None = None,
    refused: str = "",
    brought: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. ``brought`` is said where a spreadsheet filled the grid."""
    asked = page.ask(grid)
    submission = page.submission
    totals = sums(grid)
    stored = selectors.ledger_totals(submission)
    version = submission.version if submission else 1
    answer = submission.answer if submission else ""
    # What was typed stays to be seen, and can be sent again once the month takes it.
    is_typed = ledger is not None or any(one.form.is_bound for one in grid)
    context = {
        "place": page.month.place,
        "month": page.month,
        "partner": page.organisation,
        "page": page,
        "submission": submission,
        "groups": groups(grid),
        "figures": FIGURE_LABELS,
        "computed": COMPUTED,
        "totals": {name: printed(value, page.unit) for name, value in totals.items()},
        "ledger": ledger
        or LedgerForm(unit=page.unit, initial={**stored, "version": version, "answer": answer}),
        "ledger_questions": [one for one in asked if one.stops],
        "to_answer": sum(len(one.open_questions) for one in grid) + sum(one.stops for one in asked),
        "missing": sum(one.amounts is None for one in grid),
        "units": UNIT_WORDS,
        "unit_words": UNIT_WORDS[page.unit],
        "refused": refused,
        "brought": brought,
        "problems": page.problems,
        "editable": page.is_editable or is_typed,
        "ledger_theirs": _theirs_in_words(page),
        "ledger_version": version,
        "ledger_printed": [
            (label, printed(stored[name], page.unit)) for name, label in FIGURE_LABELS.items()
        ],
        "risks_waiting": _risks_waiting(page),
        "due_on": due_day(page.month, page.rules),
        "today": page.today,
        "beside": beside(month=page.month, grid=grid, unit=page.unit),
        "reads_once_handed_in": page.roles.programme_finance
        or page.roles.office
        or page.roles.auditor,
    }
    return render(page.request, "finance/month_end.html", context, status=status)


def _risks_waiting(page: MonthEndPage) -> str:
    """How much of last month's risks and what offsets them this month does not hold yet; empty where it holds all."""
    if not page.is_editable:
        return ""
    count = len(to_bring_forward(month=page.month, partners=[page.organisation.pk]))
    return (
        plural(count, "risk, opportunity or mitigation", "risks, opportunities and mitigations")
        if count
        else ""
    )


urlpatterns: list[URLPattern] = [
    path(f"{MONTH}<int:partner>/", month_end, name="month-end"),
]
