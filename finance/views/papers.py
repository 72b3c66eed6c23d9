"""Working papers of a line."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from finance import access
from finance.models import BudgetLine, WorkingPaper
from finance.services.papers import attach_paper
from finance.views.pages import MONEY, money_place
from icp.common import clock
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.services.attachments import take_away
from programmes.views.attached import attach_from, handed_out
from programmes.views.places import signed_in


def _line(request: HttpRequest, key: int) -> tuple[BudgetLine, Roles]:
    place, roles = money_place(request)
    mine = access.lines_of(place=place, roles=roles).select_related("organisation", "workstream")
    return get_object_or_404(mine, pk=key), roles


def _writer(roles: Roles, line: BudgetLine) -> None:
    if not access.may_prepare(roles=roles, organisation_id=line.organisation_id):
        raise NotAllowed(
            "The partner’s finance lead and the programme finance lead keep working papers."
        )


@signed_in
@require_POST
def add(request: HttpRequest, place: str, line: int) -> HttpResponse:
    """Attach a file to a line."""
    found, roles = _line(request, line)
    _writer(roles, found)
    attach_from(
        request,
        lambda name, content: attach_paper(
            line=found,
            name=name,
            content=content,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        ),
    )
    return redirect("money-line", place=place, line=line)


@signed_in
@require_safe
def file(request: HttpRequest, place: str, line: int, pk: int) -> HttpResponseBase:
    """A working paper, to keep: never shown as a page of the portal."""
    found, roles = _line(request, line)
    if not access.may_read_papers(roles=roles, organisation_id=found.organisation_id):
        raise NotAllowed("Working papers are for the partner itself, and for who runs the money.")
    kept = get_object_or_404(WorkingPaper, line=found, pk=pk, removed_at=None)
    return handed_out(kept)


@signed_in
@require_POST
def remove(request: HttpRequest, place: str, line: int, pk: int) -> HttpResponse:
    """Take a working paper away; that it was there stays in the history."""
    found, roles = _line(request, line)
    _writer(roles, found)
    kept = get_object_or_404(WorkingPaper.objects.defer("content"), line=found, pk=pk)
    take_away(attachment=kept, by=request.user, at=clock.now())  # type: ignore[arg-type]
    messages.success(request, f"{kept.name} is taken away.")
    return redirect("money-line", place=place, line=line)


PAPERS = f"{MONEY}lines/<int:line>/papers/"
urlpatterns: list[URLPattern] = [
    path(PAPERS, add, name="paper-add"),
    path(f"{PAPERS}<int:pk>/", file, name="paper-file"),
    path(f"{PAPERS}<int:pk>/take-away/", remove, name="paper-remove"),
]
