from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's safety mark was missing or old; say so in words."""
    return render(request, "403_csrf.html", status=403)
