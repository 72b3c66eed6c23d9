"""Pages of the demonstration only; elsewhere they do not exist."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.dispatch import Signal
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from icp.common import clock
from icp.common.forms import BritishDateField
from icp.common.models import SentMail
from icp.common.months import month_end
from icp.common.words import british_date
from icp.common.workingdays import add_working_days

# The clock has moved; sent with ``today`` and ``at``. Each receiver does what a new day brings, and returns
# what it did as a list of sentences.
clock_moved = Signal()

HAPPENED = "clock-happened"


class ClockForm(forms.Form):
    to = BritishDateField(
        label="Another date",
        help_text="For example, 2 March 2020. It only moves forward.",
        error_messages={"required": "Write the date to move to."},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move_clock(request: HttpRequest) -> HttpResponse:
    """Show the demonstration's clock, move it forward, and say what the new day brought."""
    _only_in_the_demonstration()
    form = ClockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            today = clock.move_demo_clock(to=form.cleaned_data["to"])
        except clock.CannotMoveClock as refused:
            form.add_error("to", str(refused))
        else:
            request.session[HAPPENED] = [
                f"The clock now stands at {british_date(today)}.",
                *_what_the_day_brings(today),
            ]
            return redirect(f"{request.path}?{urlencode({'next': _back(request)})}")
    context = {
        "form": form,
        "next": _back(request),
        "happened": request.session.pop(HAPPENED, []),
        "jumps": jumps(clock.today()),
    }
    return render(request, "demo/clock.html", context, status=422 if form.errors else 200)


def _what_the_day_brings(today: date) -> list[str]:
    answers = clock_moved.send(sender=None, today=today, at=clock.now())
    return [sentence for _, said in answers for sentence in said or []]


def jumps(today: date) -> list[dict[str, Any]]:
    """The days one wants to see next: tomorrow, the month's end, and the first working day after it."""
    end = month_end(today)
    after = add_working_days(end, 1)
    found = [
        ("Tomorrow", today + timedelta(days=1)),
        ("The end of this month", end),
        ("The first working day after it", after),
    ]
    later: dict[date, str] = {}
    for words, day in found:
        if day > today:
            later[day] = words
    return [{"words": words, "day": day} for day, words in later.items()]


def _only_in_the_demonstration() -> None:
    if not settings.DEMO:
        raise Http404("Only the demonstration has this page.")


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else "/"


@login_required
@require_safe
def sent_mail(request: HttpRequest) -> HttpResponse:
    """The messages the demonstration would have sent, newest first."""
    _only_in_the_demonstration()
    page = Paginator(SentMail.objects.order_by("-pk"), 20).get_page(request.GET.get("page"))
    return render(request, "demo/mail.html", {"listed": page})


@login_required
@require_safe
def read_mail(request: HttpRequest, number: int) -> HttpResponse:
    """One of those messages."""
    _only_in_the_demonstration()
    return render(request, "demo/message.html", {"mail": get_object_or_404(SentMail, pk=number)})
