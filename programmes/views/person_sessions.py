"""Where one person of a place is signed in, for its administrators, and ending it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.accounts.models import User
from icp.accounts.selectors import sessions_of
from icp.accounts.session_lines import line_of
from icp.common import clock
from icp.common.words import plural
from programmes.models import Place
from programmes.people_forms import EndSessionsForm
from programmes.services.sessions import end_sessions
from programmes.views.person import BASE, for_administrators


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def sessions(request: HttpRequest, place: Place, person: User) -> HttpResponse:
    """Show the browsers somebody is signed in with, and ask why all of it is to end."""
    if person.awaited:  # type: ignore[attr-defined]
        # Where they are signed in is other places' business until they have accepted.
        raise Http404
    form = EndSessionsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ended = end_sessions(
            place=place,
            person=person,
            reason=form.cleaned_data["reason"],
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
        words = f"{person} is signed out of {plural(ended, 'browser')} and told by e-mail."
        messages.success(request, words)
        return redirect("person", place=place.slug, pk=person.pk)
    context = {
        "place": place,
        "person": person,
        "lines": [line_of(one, current=None) for one in sessions_of(person)],
        "form": form,
        "is_me": person.pk == request.user.pk,
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/people/sessions.html", context, status=status)


urlpatterns: list[URLPattern] = [path(f"{BASE}sessions/", sessions, name="person-sessions")]
