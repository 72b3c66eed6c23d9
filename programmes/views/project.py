"""A programme's plan for Microsoft Project: what the file does not hold, and the file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.downloads import as_attachment, safe_name
from programmes.exporters.mspdi import write_mspdi
from programmes.exporters.project_plan import project_plan
from programmes.views.places import place_of, programme_of, signed_in


@signed_in
@require_safe
def to_project(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """What stays behind when the plan goes to a project program, before one takes it."""
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    plan = project_plan(place=found, programme=programme)
    context = {"place": found, "programme": programme, "plan": plan}
    return render(request, "programmes/to_project.html", context)


@signed_in
@require_safe
def project_file(request: HttpRequest, place: str, code: str) -> HttpResponseBase:
    """The plan as MSPDI XML."""
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    data = write_mspdi(project_plan(place=found, programme=programme), at=clock.now())
    name = safe_name(f"{programme.name} plan {clock.today().isoformat()}")
    return as_attachment(HttpResponse(data, content_type="application/xml"), filename=f"{name}.xml")


BASE = "places/<slug:place>/programmes/<str:code>/project"
urlpatterns: list[URLPattern] = [
    path(f"{BASE}/", to_project, name="to-project"),
    path(f"{BASE}.xml", project_file, name="project-file"),
]
