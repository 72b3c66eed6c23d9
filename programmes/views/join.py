"""Somebody who has an account is asked into a place: what they would hold there, and accepting it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.common import clock
from icp.common.words import sentence_list
from programmes.errors import CannotChangePeople
from programmes.selectors.offers import Asked, asked_in
from programmes.services.inviting import accept
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, place: str) -> HttpResponse:
    """The page of the mail and of home. Whoever is not asked does not learn that the place exists."""
    asked = _asked(request, place)
    if request.method != "POST":
        return render(request, "programmes/people/join.html", {"asked": asked, "nav_items": []})
    try:
        given = accept(place=asked.place, person=request.user, at=clock.now())  # type: ignore[arg-type]
    except CannotChangePeople as refused:
        messages.error(request, str(refused))
        return redirect("home")
    messages.success(request, f"You belong to {asked.place} now, as {sentence_list(given)}.")
    return redirect("place", place=asked.place.slug)


def _asked(request: HttpRequest, slug: str) -> Asked:
    for one in asked_in(user=request.user, at=clock.now()):  # type: ignore[arg-type]
        if one.place.slug == slug:
            return one
    raise Http404


urlpatterns: list[URLPattern] = [path("places/<slug:place>/join/", join, name="join")]
