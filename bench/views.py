"""The bare page: the same middleware, sign-in and layout, one query by an index, a plain table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.models import PlanItem
from programmes.views.places import place_of, signed_in


@signed_in
@require_safe
def bare(request: HttpRequest, place: str, rows: int) -> HttpResponse:
    """``rows`` rows of the plan, by the primary key."""
    place_of(request)
    items = PlanItem.objects.select_related("programme").order_by("pk")[:rows]
    return render(request, "bench/bare.html", {"items": items})
