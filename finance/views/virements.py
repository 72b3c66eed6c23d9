"""Virements: proposed by a finance lead, decided by somebody else."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from finance import access, services
from finance.errors import StaleMoney
from finance.models import BudgetLine, FinanceMonth, Virement, VirementState
from finance.services.virements import moves_of
from finance.views.pages import MONEY, money_place
from finance.virement_forms import DecisionForm, VirementFilter, VirementForm
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.money import in_pounds
from icp.common.numbers import whole_number
from icp.common.words import plural
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.models import Board, Place
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in

A_PAGE = 50
COLUMNS = (
    "virement",
    "year",
    "from_month",
    "state",
    "line",
    "amount",
    "reason",
    "proposed_by",
    "decided_by",
)


def _asked(request: HttpRequest) -> tuple[Place, Roles, VirementFilter]:
    place, roles = money_place(request)
    rows = access.virements_of(place=place, roles=roles)
    return place, roles, VirementFilter(request.GET, queryset=rows)


def _listed(asked: VirementFilter) -> "QuerySet[Virement]":
    return asked.rows().select_related("proposed_by", "decided_by", "board").newest_first()


@signed_in
@require_safe
def virements(request: HttpRequest, place: str) -> HttpResponse:
    """The virements of the place, the newest first."""
    found, roles, asked = _asked(request)
    taken = Sum("lines__amount", filter=Q(lines__amount__gt=0))
    page = Paginator(_listed(asked).annotate(moved=taken), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": found,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": f"{plural(page.paginator.count, 'virement')}, the newest first",
        "lines": [
            {"virement": one, "moved": in_pounds(one.moved)}  # type: ignore[attr-defined]
            for one in page.object_list
        ],
        "page_obj": page,
        "downloads": downloads_of(request, "virements", found),
        "may_propose": access.may_propose_virements(roles=roles),
    }
    return render(request, "finance/virements.html", context)


@signed_in
@require_safe
def virements_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, _, asked = _asked(request)
    if not asked.form.is_valid():
        return back_to_list(request, "virements", place=place)
    rows = _listed(asked).prefetch_related("lines__line__organisation", "lines__line__workstream")
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} virements {clock.today().isoformat()}",
        columns=COLUMNS,
        rows=(
            [
                str(one),
                one.year,
                one.from_month,
                one.get_state_display(),
                str(line.line),
                line.amount,
                one.reason,
                str(one.proposed_by),
                str(one.decided_by or ""),
            ]
            for one in rows.iterator(chunk_size=500)
            for line in one.lines.all()
        ),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, place: str) -> HttpResponse:
    """Propose to move budget between lines of the year that is open."""
    found, roles = money_place(request)
    if not access.may_propose_virements(roles=roles):
        raise NotAllowed("Finance leads propose virements.")
    month = FinanceMonth.objects.filter(place=found).exclude(state="closed").newest_first().last()
    lines = _lines(found, roles, month)
    initial = {"from_month": month.number if month else None}
    form = VirementForm(request.POST or None, lines=lines, initial=initial)
    if request.method == "POST" and form.is_valid() and month:
        try:
            made = services.propose_virement(
                place=found,
                year=month.year,
                from_month=form.cleaned_data["from_month"],
                amounts=form.amounts(),
                reason=form.cleaned_data["reason"],
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
            )
            messages.success(request, f"{made} is proposed. Somebody else decides it.")
            return redirect("virement", place=place, virement=made.number)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"place": found, "form": form, "month": month, "lines": lines}
    status = 422 if form.is_bound else 200
    return render(request, "finance/virement_new.html", context, status=status)


def _lines(place: Place, roles: Roles, month: FinanceMonth | None) -> list[BudgetLine]:
    """The lines whose budget this person may ask to move: their partners', or all where budget may move across."""
    if month is None:
        return []
    lines = access.lines_of(place=place, roles=roles).filter(year=month.year)
    if not roles.programme_finance:
        partners = access.partners_to_enter(place=place, roles=roles)
        lines = lines.filter(organisation__in=partners)
    return list(
        lines.select_related("organisation", "workstream").order_by(
            "organisation_id", "order", "pk"
        )
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def virement(request: HttpRequest, place: str, virement: int) -> HttpResponse:
    """One virement: what moves, why, and what this person may do with it."""
    found, roles = money_place(request)
    mine = access.virements_of(place=found, roles=roles)
    one = get_object_or_404(
        mine.select_related("proposed_by", "decided_by", "board"), number=virement
    )
    form = DecisionForm(
        request.POST or None, boards=Board.objects.filter(place=found).order_by("order", "pk")
    )
    refused, status = "", 200
    if request.method == "POST":
        try:
            refused, status = _decide(request, one, roles, form), 422
        except StaleMoney as stale:
            refused, status = str(stale), 409
            one.refresh_from_db()
        if not refused and not form.errors:
            return redirect("virement", place=place, virement=virement)
    return _show(request, found, roles, one, form, refused, status)


def _decide(request: HttpRequest, one: Virement, roles: Roles, form: DecisionForm) -> str:
    """Do what was pressed; why not, in words.

    Raises:
        StaleMoney: somebody else decided since the page was shown.
    """
    user: Any = request.user
    seen = whole_number(request.POST.get("version")) or 0
    action = request.POST.get("do")
    try:
        if action == "withdraw":
            if one.proposed_by_id != user.pk and not roles.programme_finance:
                raise NotAllowed("Whoever proposed it withdraws it.")
            services.withdraw_virement(virement=one, by=user, at=clock.now(), expected_version=seen)
            messages.success(request, f"{one} is withdrawn.")
            return ""
        if not access.may_decide_virements(roles=roles):
            raise NotAllowed(
                "The programme finance lead or the programme office decides virements."
            )
        if form.is_valid():
            services.decide_virement(
                virement=one,
                approve=action == "approve",
                by=user,
                at=clock.now(),
                expected_version=seen,
                **form.cleaned_data,
            )
            messages.success(
                request, f"{one} is {'approved' if action == 'approve' else 'refused'}."
            )
    except (NotAllowed, StaleMoney):
        raise
    except Refused as problem:
        return str(problem)
    return ""


def _show(
    request: HttpRequest,
    place: Place,
    roles: Roles,
    one: Virement,
    form: DecisionForm,
    refused: str,
    status: int,
) -> HttpResponse:
    open_still = one.state == VirementState.PROPOSED
    mine = one.proposed_by_id == request.user.pk
    context = {
        "place": place,
        "virement": one,
        "moves": [
            {"label": move.label, "line": move.line, "amount": in_pounds(move.amount)}
            for move in moves_of(one)
        ],
        "form": form,
        "refused": refused,
        "may_decide": open_still and not mine and access.may_decide_virements(roles=roles),
        "may_withdraw": open_still and (mine or roles.programme_finance),
        "waits_for_another": open_still and mine,
    }
    return render(request, "finance/virement.html", context, status=status)


VIREMENTS = f"{MONEY}virements/"
urlpatterns: list[URLPattern] = [
    path(VIREMENTS, virements, name="virements"),
    path(f"{MONEY}virements.<format:fmt>", virements_download, name="virements-download"),
    path(f"{VIREMENTS}new/", propose, name="virement-new"),
    path(f"{VIREMENTS}<int:virement>/", virement, name="virement"),
]
