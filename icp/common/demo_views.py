"""Pages of the demonstration only; elsewhere they do not exist."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.dispatch import Signal
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from icp.common import clock
from icp.common.forms import BritishDateField
from icp.common.models import SentMail
from icp.common.words import british_date

# The clock has moved; sent with ``today`` and ``at``. The apps do what a new day brings.
clock_moved = Signal()


class ClockForm(forms.Form):
    to = BritishDateField(
        label="Move the demonstration’s clock to",
        help_text="For example, 2 March 2020. It only moves forward.",
    )


@login_required
@require_http_methods(["GET", "POST"])
def move_clock(request: HttpRequest) -> HttpResponse:
    """Show the demonstration's clock, and move it forward."""
    if not settings.DEMO:
        raise Http404
    form = ClockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            today = clock.move_demo_clock(to=form.cleaned_data["to"])
        except clock.CannotMoveClock as refused:
            form.add_error("to", str(refused))
        else:
            clock_moved.send(sender=None, today=today, at=clock.now())
            messages.success(
                request, f"The demonstration’s clock now stands at {british_date(today)}."
            )
            return redirect(_back(request))
    return render(request, "demo/clock.html", {"form": form, "next": _back(request)})


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
    if not settings.DEMO:
        raise Http404
    page = Paginator(SentMail.objects.order_by("-pk"), 20).get_page(request.GET.get("page"))
    return render(request, "demo/mail.html", {"page": page})
