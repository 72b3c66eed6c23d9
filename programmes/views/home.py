"""The front door: sends each person to the page their role works on first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from programmes import access
from programmes.models import Programme


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead: the monthly update. SRO: sign-off. Office: the place. Board member: the reports."""
    place = access.visible_places(user=request.user).order_by("name", "pk").first()
    if place is None:
        return render(request, "programmes/no_place.html")
    roles = access.roles_of(user=request.user, place=place)
    if roles.office:
        return redirect("place", place=place.slug)
    if roles.leads:
        first = Programme.objects.filter(pk__in=roles.leads).in_order().first()
        return redirect("update", place=place.slug, code=first.code)  # type: ignore[union-attr]
    if roles.signs_off:
        return redirect("sign-off", place=place.slug)
    if roles.boards:
        return redirect("reports", place=place.slug)
    return redirect("place", place=place.slug)


urlpatterns: list[URLPattern] = [path("", home, name="home")]
