"""The gate of a month: from which day it closes to finance leads, and who may still come in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import services
from finance.errors import StaleMoney
from finance.models import FinanceMonth, MonthException
from finance.services.months import gate_words
from finance.settings_forms import LetInForm, LockDateForm
from finance.views.pages import MONTH, month_address, month_at, runner
from icp.common import clock
from icp.common.numbers import whole_number
from programmes.errors import Refused
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """The day a month closes to finance leads, and the people who are let in after it."""
    found, roles = month_at(request, year=year, number=month_number)
    runner(roles)
    date_form = LockDateForm(
        initial={"locks_on": found.locks_on, "version": found.version}, prefix="date"
    )
    let_form = LetInForm(place=found.place, on=clock.today(), prefix="let")
    refused, status = "", 200
    if request.method == "POST":
        action, _, target = request.POST.get("do", "").partition("-")
        if action == "date":
            date_form = LockDateForm(request.POST, prefix="date")
        elif action == "let":
            let_form = LetInForm(request.POST, place=found.place, on=clock.today(), prefix="let")
        status = 422
        try:
            if said := _do(request, found, action, target, date_form, let_form):
                messages.success(request, said)
                return redirect("money-gate", **month_address(found))
        except StaleMoney as stale:
            refused, status = str(stale), 409
            found.refresh_from_db()
            date_form.data = {**request.POST.dict(), "date-version": str(found.version)}
        except Refused as problem:
            refused = str(problem)
    context = {
        "place": found.place,
        "month": found,
        "stands": gate_words(found),
        "date_form": date_form,
        "let_form": let_form,
        "exceptions": _exceptions(found),
        "today": clock.today(),
        "refused": refused,
    }
    return render(request, "finance/gate.html", context, status=status)


def _do(
    request: HttpRequest,
    found: FinanceMonth,
    action: str,
    target: str,
    date_form: LockDateForm,
    let_form: LetInForm,
) -> str:
    """Do what was pressed: what was done, in words; empty where a form is to be put right."""
    user: Any = request.user
    if action == "end":
        services.end_exception(month=found, exception=whole_number(target) or 0)
        return "Ended: they are let in no more."
    if action == "date" and date_form.is_valid():
        said = date_form.cleaned_data
        services.lock_month(
            month=found, locks_on=said["locks_on"], expected_version=said["version"]
        )
        return "Kept."
    if action == "let" and let_form.is_valid():
        services.let_in(month=found, by=user, today=clock.today(), **let_form.cleaned_data)
        return f"{let_form.cleaned_data['user']} is let in."
    return ""


def _exceptions(month: FinanceMonth) -> list[MonthException]:
    found = MonthException.objects.filter(month=month).select_related("user", "given_by")
    return list(found.order_by("-until", "pk"))


urlpatterns: list[URLPattern] = [path(f"{MONTH}gate/", gate, name="money-gate")]
