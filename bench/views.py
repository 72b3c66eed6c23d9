"""The bare page and the bare save: the same middleware and sign-in, and the least that such a thing can do."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from programmes.models import PlanItem
from programmes.views.places import place_of, signed_in


@signed_in
@require_safe
def bare(request: HttpRequest, place: str, rows: int) -> HttpResponse:
    """``rows`` rows of the plan, by the primary key."""
    place_of(request)
    items = PlanItem.objects.select_related("programme").order_by("pk")[:rows]
    return render(request, "bench/bare.html", {"items": items})


@signed_in
@require_POST
def bare_save(request: HttpRequest, place: str, item: int) -> HttpResponse:
    """Lock, update and commit one audited row, and send the browser on."""
    place_of(request)
    with transaction.atomic():
        found = PlanItem.objects.select_for_update().get(pk=item)
        found.notes = request.POST["notes"]
        found.save(update_fields=["notes"])
    return redirect("place", place=place)
