"""What else one does in the monthly update: go to a row, copy last month, share a reason, hand in nothing new."""

import re

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from programmes import access, services
from programmes.errors import CannotSubmit, Refused
from programmes.models import PlanItem, Programme, Rag, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.views.places import signed_in
from programmes.views.update_page import UpdatePage, load_page

REFERENCE = re.compile(r"(?P<code>[A-Za-z&]*)\s*(?P<number>[0-9][\w./-]*)")


def find(page: UpdatePage, wanted: str) -> HttpResponse:
    """Go to the row that ``wanted`` names ("IT 11", "11"), or list the rows that hold its words."""
    named = REFERENCE.fullmatch(wanted)
    code = named["code"].upper() if named else ""
    others = access.visible_programmes(user=page.user).filter(place=page.place)
    other = others.filter(code=code).first() if code else page.programme
    if named is None or other is None:
        return redirect(page.address("update", words=wanted[:100]))
    if other != page.programme:
        return _find_elsewhere(page, other, wanted=wanted)
    item = page.items.filter(plan_id__iexact=named["number"]).first()
    if item:
        return redirect(page.address_of_row(item))
    _say_why_not(page, number=named["number"])
    return redirect(page.address("update"))


def _find_elsewhere(page: UpdatePage, other: Programme, *, wanted: str) -> HttpResponse:
    """The row of another programme: on its own update, if this person writes it; else words."""
    if access.may_update(roles=page.roles, programme_id=other.pk):
        page.programme = other
        return redirect(page.address("update", q=wanted))
    words = f"{wanted} is a row of {other.name}, which you read but do not update."
    messages.info(page.request, words)
    return redirect(page.address("update"))


def _say_why_not(page: UpdatePage, *, number: str) -> None:
    item = PlanItem.objects.filter(programme=page.programme, plan_id__iexact=number).first()
    reference = f"{page.programme.code} {number}"
    if item is None:
        words = f"There is no row {reference}."
    elif item.removed_at:
        words = f"{reference} was removed from the plan."
    elif item.is_summary:
        words = f"{reference} is a heading, and takes no status: update the rows under it."
    else:
        words = f"{reference} {item.name} was reported complete before {page.period.name}."
    messages.info(page.request, words)


def copy_last(page: UpdatePage, item: PlanItem | None) -> HttpResponse:
    """What was last said into one row, or into every row that has none yet."""
    items: PlanItemQuerySet = page.items
    items = (
        items.filter(pk=item.pk)
        if item
        else items.exclude(pk__in=Status.objects.filter(period=page.period).values("item_id"))
    )
    if page.before is None:
        messages.info(page.request, "There is no earlier period to copy from.")
        return redirect(page.same_list())
    try:
        copied = services.copy_last_status(
            items=items, period=page.period, last=page.before, by=page.user, at=page.at
        )
    except Refused as refused:
        messages.error(page.request, str(refused))
        return redirect(page.same_list())
    if item:
        return redirect(page.address_of_row(item, part="reason"))
    rows = "1 row" if copied == 1 else f"{copied} rows"
    messages.success(
        page.request, f"Copied what was last said to {rows}. Check them before you submit."
    )
    return redirect(page.same_list())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def nil(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Hand in: nothing has changed. One press where scripts run; else the press asks once more here."""
    page = load_page(request, code=code)
    if page.period is None:
        return redirect(page.address("update"))
    if request.method != "POST" or not request.POST.get("sure"):
        return render(request, "programmes/update_nil.html", page.context())
    try:
        services.nil_return(
            programme=page.programme, period=page.period, by=page.user, at=page.at, today=page.today
        )
    except Refused as refused:
        return _refuse_nil(page, refused)
    messages.success(
        request,
        f"The nil return of {page.programme.name} for {page.period.name} is submitted. "
        "You can recall it until the period closes.",
    )
    return redirect(page.address("update"))


def _refuse_nil(page: UpdatePage, refused: Refused) -> HttpResponse:
    lacking = refused.missing if isinstance(refused, CannotSubmit) else {}
    missing = [
        {"href": page.address("update", q=reference), "text": f"{reference}: {' '.join(wants)}"}
        for reference, wants in lacking.items()
    ]
    context = page.context(refused=str(refused), missing=missing)
    return render(page.request, "programmes/update_nil.html", context, status=422)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, place: str, code: str, item: int) -> HttpResponse:
    """One row's reason and plan for other rows, ticked in a list."""
    page = load_page(request, code=code)
    if page.period is None:
        return redirect(page.address("update"))
    source = get_object_or_404(
        Status.objects.select_related("item__programme", "period"),
        item_id=item,
        item__programme=page.programme,
        period=page.period,
    )
    if request.method == "POST":
        return _share(page, source)
    items = _most_likely_first(page).exclude(pk=source.item_id)
    lines = page.rows(items)
    return render(request, "programmes/update_share.html", page.context(source=source, lines=lines))


def _most_likely_first(page: UpdatePage) -> PlanItemQuerySet:
    """Red and amber rows first, then those without a RAG, then the rest in plan order."""
    said = Status.objects.filter(period=page.period, rag__isnull=False)
    off_track = said.filter(rag__in=[Rag.RED, Rag.AMBER])
    return page.items.annotate(
        turn=Case(
            When(pk__in=off_track.values("item_id"), then=Value(0)),
            When(pk__in=said.values("item_id"), then=Value(2)),
            default=Value(1),
            output_field=IntegerField(),
        )
    ).order_by("turn", "position")


def _share(page: UpdatePage, source: Status) -> HttpResponse:
    items = page.posted_items(page.request.POST.getlist("row"))
    try:
        changed = services.share_reason(source=source, items=items, by=page.user, at=page.at)
    except Refused as refused:
        messages.error(page.request, str(refused))
    else:
        rows = "1 more row" if changed == 1 else f"{changed} more rows"
        messages.success(
            page.request, f"The reason and plan of {source.item.reference} now stand for {rows}."
        )
    return redirect(page.address_of_row(source.item))


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/update/<str:code>/nil/", nil, name="update-nil"),
    path("places/<slug:place>/update/<str:code>/share/<int:item>/", share, name="update-share"),
]
