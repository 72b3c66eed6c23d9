"""What the programme office does with a report: narrative, approval, publication, the public."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from boards import services
from boards.errors import StaleNarrative
from boards.forms import NarrativeForm
from boards.models import Report, ReportKind, ReportState, ViewedForm
from boards.views.found import find_report, note_reading, noted, office_only
from icp.accounts.models import User
from icp.common import clock
from icp.common.numbers import whole_number
from icp.common.words import plural
from programmes.access import Person
from programmes.errors import Refused
from programmes.models import Period


@dataclass(frozen=True)
class Step:
    """One thing the office may do now: the action in the address, and the button's words."""

    action: str
    text: str
    secondary: bool = False


@dataclass(frozen=True)
class Steps:
    """Where a report stands for the office, and what it may do with it."""

    title: str
    text: str
    steps: tuple[Step, ...] = ()
    may_write: bool = False


def steps_for(report: Report, *, user: Person) -> Steps:
    public = (
        Step("private", "Take it back from the public", secondary=True)
        if report.is_public
        else Step("public", "Let the public read it", secondary=True)
    )
    if report.state == ReportState.DRAFT:
        if user.pk == report.closed_by_id:
            return Steps(
                "Draft: write the narrative, then a colleague approves",
                f"You closed {report.period.name}, so somebody else must approve its reports.",
                (public,),
                may_write=True,
            )
        return Steps(
            "Draft: write the narrative, then approve",
            "Only the office sees a draft. Approve it when the figures and the words are right.",
            (Step("approve", "Approve"), public),
            may_write=True,
        )
    if report.state == ReportState.APPROVED:
        return Steps(
            "Approved: publish it",
            f"Approved by {report.approved_by}. Once published it never changes.",
            (
                Step("publish", "Publish"),
                Step("withdraw", "Withdraw the approval", secondary=True),
                public,
            ),
        )
    seen_by = "Anybody may read it." if report.is_public else "Those with a role here may read it."
    return Steps("Published and frozen", seen_by, (public,))


def approve(request: HttpRequest, report: Report, by: User) -> str:
    services.approve_report(
        report=report, by=by, at=clock.now(), expected_version=_version(request, "version")
    )
    return "Approved. It can be published now."


def _version(request: HttpRequest, name: str) -> int:
    """The version that the page showed; one that never was where it shows none."""
    found = whole_number(request.POST.get(name))
    return -1 if found is None else found


def withdraw(request: HttpRequest, report: Report, by: User) -> str:
    services.withdraw_approval(report=report, by=by)
    return "The approval is withdrawn. It is a draft again."


def publish(request: HttpRequest, report: Report, by: User) -> str:
    services.publish_report(report=report, by=by, at=clock.now())
    return "Published. Its content is frozen."


def make_public(request: HttpRequest, report: Report, by: User) -> str:
    services.set_public(report=report, is_public=True, by=by)
    if report.is_published:
        return "Anybody may read it now."
    return "Anybody may read it once it is published."


def make_private(request: HttpRequest, report: Report, by: User) -> str:
    services.set_public(report=report, is_public=False, by=by)
    return "The public may no longer read it."


def rebuild(request: HttpRequest, report: Report, by: User) -> str:
    services.rebuild_report(report=report, by=by)
    return "It is being built again."


ACTIONS: dict[str, Callable[[HttpRequest, Report, User], str]] = {
    "approve": approve,
    "withdraw": withdraw,
    "publish": publish,
    "public": make_public,
    "private": make_private,
    "rebuild": rebuild,
}


@require_POST
@office_only
def report_action(
    request: HttpRequest, place: str, period: str, kind: str, action: str
) -> HttpResponseBase:
    """One press of the office, told what came of it."""
    report = find_report(request, place=place, period=period, kind=kind)
    if action not in ACTIONS:
        raise Http404("There is no such action.")
    _tell(request, lambda by: ACTIONS[action](request, report, by))
    return redirect("report", place=place, period=period, kind=kind)


@require_POST
@office_only
def period_action(request: HttpRequest, place: str, period: str, action: str) -> HttpResponseBase:
    """Approve all drafts of a period, or publish all that is approved."""
    found = get_object_or_404(Period, place__slug=place, key=period)
    if action not in ("approve", "publish"):
        raise Http404("There is no such action.")

    def act(by: User) -> str:
        if action == "approve":
            read = {kind: _version(request, f"version-{kind}") for kind in ReportKind.values}
            number = services.approve_all(period=found, by=by, at=clock.now(), read=read)
            return f"{plural(number, 'report')} approved."
        number = services.publish_all(period=found, by=by, at=clock.now())
        return f"{plural(number, 'report')} published."

    _tell(request, act)
    return redirect("reports", place=place)


def _tell(request: HttpRequest, act: Callable[[Any], str]) -> None:
    try:
        messages.success(request, act(request.user))
    except Refused as refused:
        messages.error(request, str(refused))


@require_http_methods(["GET", "POST"])
@office_only
@noted
def narrative(request: HttpRequest, place: str, period: str, kind: str) -> HttpResponseBase:
    """Write the narrative of a draft. A second writer sees both texts and chooses."""
    report = find_report(request, place=place, period=period, kind=kind)
    note_reading(request, report, ViewedForm.PAGE, {"only": "the narrative"})
    form = NarrativeForm(
        request.POST or None, initial={"narrative": report.narrative, "version": report.version}
    )
    stale = None
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        try:
            services.write_narrative(
                report=report,
                text=form.cleaned_data["narrative"],
                by=request.user,
                expected_version=form.cleaned_data["version"],
            )
        except StaleNarrative as refused:
            stale = refused
            form = NarrativeForm(
                initial={"narrative": form.cleaned_data["narrative"], "version": refused.version}
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("report", place=place, period=period, kind=kind)
        else:
            messages.success(request, "The narrative is saved.")
            return redirect("report", place=place, period=period, kind=kind)
    context = {"report": report, "place": report.period.place, "form": form, "stale": stale}
    return render(request, "boards/narrative.html", context, status=409 if stale else 200)


urlpatterns = [
    path(
        "places/<slug:place>/reports/<slug:period>/<slug:kind>/narrative/",
        narrative,
        name="report-narrative",
    ),
    path(
        "places/<slug:place>/reports/<slug:period>/<slug:kind>/do/<slug:action>/",
        report_action,
        name="report-action",
    ),
    path(
        "places/<slug:place>/reports/<slug:period>/do-all/<slug:action>/",
        period_action,
        name="reports-action",
    ),
]
