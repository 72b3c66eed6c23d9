"""A page that holds every piece of the interface, for the browser tests; served only by them."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from icp.common.nhsuk_dates import DateBox, DayMonthYearField
from icp.common.presenters import RAG_WORDS
from icp.urls import urlpatterns as real

TEXT = (Path(__file__).parent / "sample.html").read_text()


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the row", help_text="As the board reads it.")
    finish = DayMonthYearField(label="Forecast finish", help_text="For example, 31 3 2020.")
    rag = forms.ChoiceField(label="RAG", choices=RAG_WORDS.items(), widget=forms.RadioSelect)
    boards = forms.MultipleChoiceField(
        choices=[("aog", "AOG"), ("icb", "ICB")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    programme = forms.ChoiceField(choices=[("", "Choose"), ("IT", "IT")], required=False)
    reason = forms.CharField(widget=forms.Textarea, required=False)
    know = forms.BooleanField(label="The board needs to know", required=False)
    plan = forms.FileField(label="Plan", required=False)


class SampleFilter(forms.Form):
    programme = forms.ChoiceField(choices=[("", "All"), ("IT", "IT")], required=False)
    after = forms.DateField(label="Due after", widget=DateBox(), required=False)


def rows() -> list[dict[str, Any]]:
    states = [(rag, False) for rag in RAG_WORDS] + [(rag, True) for rag in RAG_WORDS]
    return [
        {"number": f"IT {n}", "rag": rag, "proposed": proposed, "finish": date(2020, 1, n)}
        for n, (rag, proposed) in enumerate(states, start=11)
    ]


def sample(request: HttpRequest) -> HttpResponse:
    context = {
        "rows": rows(),
        "form": SampleForm(request.GET if "sent" in request.GET else None),
        "filter": SampleFilter(request.GET or None),
        "page": Paginator(range(467), 50).page(4),
        "layout": f"layouts/{request.GET.get('layout', 'page')}.html",
        "crumbs": [{"href": "/", "text": "Home"}, {"href": "/rows/", "text": "Rows"}],
        "nav_items": [
            {"text": f"Part {n} of the menu", "href": f"/{n}/", "current": n == 2} for n in range(8)
        ],
        "tiles": [
            {"count": 32, "label": "late and still open", "href": "/late/", "colour": "red"},
            {"count": 467, "label": "rows in all"},
        ],
        "downloads": [{"text": "CSV", "href": "/csv/"}, {"text": "Excel", "href": "/xlsx/"}],
    }
    return HttpResponse(engines["django"].from_string(TEXT).render(context, request))


urlpatterns = [path("sample/", sample), *real]
