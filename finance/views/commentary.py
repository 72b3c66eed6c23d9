"""Words beside a month's figures: drafts from the figures, and what people accept or write instead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import access, services
from finance.errors import StaleMoney
from finance.forms import CommentaryForm
from finance.models import Commentary
from finance.views.pages import MONTH, month_address, month_at, runner
from icp.common import clock
from icp.common.numbers import whole_number
from programmes.errors import Refused
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def commentary(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """Every partner's and workstream's paragraph. While the month is open, drafts follow the figures."""
    found, roles = month_at(request, year=year, number=month_number)
    said = access.commentary_of(month=found, roles=roles).select_related(
        "organisation", "workstream", "accepted_by"
    )
    said = said.order_by("organisation_id", "workstream__order", "pk")
    typed, status = None, 200
    if request.method == "POST":
        runner(roles)
        if request.POST.get("do") == "draft":
            return _draft(request, found)
        key = whole_number(request.POST.get("about")) or 0
        one = get_object_or_404(said, pk=key)
        typed, status = CommentaryForm(request.POST, prefix=f"c{one.pk}"), 422
        if typed.is_valid():
            try:
                services.accept_commentary(
                    commentary=one,
                    text=typed.cleaned_data["text"],
                    by=request.user,  # type: ignore[arg-type]
                    at=clock.now(),
                    expected_version=typed.cleaned_data["version"],
                )
                messages.success(request, "Accepted.")
                return redirect("money-commentary", **month_address(found))
            except StaleMoney as stale:
                # What they wrote was shown: saving again says so.
                typed, status = _advanced(typed, stale), 409
            except Refused as refused:
                typed.add_error("text", str(refused))
    lines = [{"said": one, "form": _form(one, typed)} for one in said]
    context = {
        "place": found.place,
        "month": found,
        "lines": lines,
        "typed": typed,
        "may_write": not found.is_closed and roles.programme_finance,
    }
    return render(request, "finance/commentary.html", context, status=status)


def _form(one: Commentary, typed: CommentaryForm | None) -> CommentaryForm:
    prefix = f"c{one.pk}"
    if typed is not None and typed.prefix == prefix:
        return typed
    return CommentaryForm(prefix=prefix, initial={"text": one.text, "version": one.version})


def _advanced(typed: CommentaryForm, stale: StaleMoney) -> CommentaryForm:
    """What was typed, with the version of what is stored now."""
    current: Commentary = stale.current  # type: ignore[assignment]
    data = {**typed.data.dict(), f"{typed.prefix}-version": str(current.version)}  # type: ignore[attr-defined]
    again = CommentaryForm(data, prefix=typed.prefix)
    again.is_valid()
    again.add_error("text", str(stale))
    return again


def _draft(request: HttpRequest, found) -> HttpResponse:  # type: ignore[no-untyped-def]  # noqa: ANN001
    try:
        services.draft_commentary(month=found)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("money-commentary", **month_address(found))


urlpatterns: list[URLPattern] = [path(f"{MONTH}commentary/", commentary, name="money-commentary")]
