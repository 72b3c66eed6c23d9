from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path


def placeholder(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("to come")


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/update/", placeholder, name="updates"),
    path("places/<slug:place>/update/<str:code>/", placeholder, name="update"),
]
