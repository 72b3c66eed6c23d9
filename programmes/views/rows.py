from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path


def placeholder(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("to come")


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/rows/", placeholder, name="rows"),
    path("places/<slug:place>/look-ahead/", placeholder, name="look-ahead"),
]
