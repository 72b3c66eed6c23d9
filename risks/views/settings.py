"""How the place scores: its scales, the lines its scores cross, its categories with appetite and tolerance."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.common.forms import NarrativeField
from icp.common.numbers import whole_number
from programmes.errors import NotAllowed
from programmes.views.places import signed_in
from risks import access
from risks.errors import CannotKeepRisk, StaleCategory
from risks.models import RiskCategory, RiskRules
from risks.models.settings import MOST_SCORE
from risks.services.settings import LINES, SCALES, StaleRules, save_category, save_rules
from risks.views.categories import CategoryForm, again, chosen, differences
from risks.views.pages import RISKS, RegisterPage, load_register

LABELS = {
    "escalates_from": "A residual score goes to the boards from",
    "red_from": "Red from",
    "amber_from": "Amber from",
    "review_red_months": "A red risk is reviewed every so many months",
    "review_amber_months": "An amber one",
    "review_green_months": "A green one",
}


class ScaleField(NarrativeField):
    """A step a line, the lowest first; its words as a list."""

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in super().to_python(value).split("\n")]
        found = [line for line in lines if line]
        if any(len(line) > 120 for line in found):
            raise forms.ValidationError("A step's words are at most 120 characters.")
        return found


class RulesForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    likelihoods = ScaleField(label="Steps of likelihood, one a line, the lowest first")
    impacts = ScaleField(label="Steps of impact, one a line, the lowest first")

    def __init__(self, data: Any = None, *, rules: RiskRules) -> None:
        initial: dict[str, Any] = {name: getattr(rules, name) for name in LINES}
        initial |= {name: "\n".join(getattr(rules, name)) for name in SCALES}
        super().__init__(data, initial=initial | {"version": rules.version})
        for name, label in LABELS.items():
            most = 24 if name.endswith("months") else MOST_SCORE
            self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=most)
        self.order_fields([*LABELS, *SCALES])


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, place: str) -> HttpResponse:
    """Everybody of the place reads how it scores; the office changes it. ``?category=3`` opens one to change."""
    page = load_register(request)
    runs = access.may_run_registers(roles=page.roles)
    if request.method != "POST":
        to_change = _category(page, request.GET.get("category"))
        return _show(page, runs, RulesForm(rules=page.rules), CategoryForm(stored=to_change))
    if not runs:
        raise NotAllowed("The programme office says how the place scores.")
    if "appetite" in request.POST:
        return _save_category(page)
    form = RulesForm(request.POST, rules=page.rules)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in (*LINES, *SCALES)}
        try:
            save_rules(
                place=page.place,
                values=values,
                seen=form.cleaned_data["version"],
                by=page.user,
                at=page.at,
                today=page.today,
            )
            messages.success(request, "Saved. Every risk follows.")
            return redirect("risk-settings", place=place)
        except StaleRules as stale:
            stored: RiskRules = stale.current  # type: ignore[assignment]
            again = request.POST.copy()
            again["version"] = str(stored.version)
            theirs = _theirs(stored, values)
            form = RulesForm(again, rules=stored)
            return _show(page, runs, form, CategoryForm(), status=409, theirs=theirs)
        except CannotKeepRisk as refused:
            form.add_error(refused.field, str(refused))
    return _show(page, runs, form, CategoryForm(), status=422)


def _theirs(stored: RiskRules, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is stored otherwise than one typed it: label and its lines."""
    differs = [name for name in (*LINES, *SCALES) if getattr(stored, name) != values[name]]
    return [
        {
            "label": LABELS.get(name) or f"Steps of {name.removesuffix('s')}",
            "lines": found if isinstance(found := getattr(stored, name), list) else [found],
        }
        for name in differs
    ]


def _category(page: RegisterPage, said: str | None) -> RiskCategory | None:
    """The category that a page or a form names, None for a new one.

    Raises:
        Http404: the place has none such.
    """
    if not said:
        return None
    key = whole_number(said)
    return get_object_or_404(RiskCategory, place=page.place, pk=key)


def _save_category(page: RegisterPage) -> HttpResponse:
    stored = _category(page, page.request.POST.get("category"))
    form = CategoryForm(chosen(page.request.POST, stored), stored=stored)
    if form.is_valid():
        try:
            saved = save_category(
                place=page.place,
                by=page.user,
                category=stored,
                seen=form.cleaned_data["version"] or 0,
                **form.values(),
            )
            messages.success(page.request, f"{saved.name} is saved.")
            return redirect("risk-settings", place=page.place.slug)
        except StaleCategory as stale:
            return _show_both(page, form, stale)
        except CannotKeepRisk as refused:
            form.add_error(refused.field, str(refused))
    return _show(page, True, RulesForm(rules=page.rules), form, status=422)


def _show_both(page: RegisterPage, form: CategoryForm, stale: StaleCategory) -> HttpResponse:
    current: RiskCategory = stale.current  # type: ignore[assignment]
    found = differences(form, current)
    shown = again(page.request.POST, current)
    both = {"different": found, "current": current}
    return _show(page, True, RulesForm(rules=page.rules), shown, status=409, both=both)


def _show(
    page: RegisterPage,
    runs: bool,
    form: RulesForm,
    category: CategoryForm,
    *,
    status: int = 200,
    theirs: list[dict[str, Any]] | None = None,
    both: dict[str, Any] | None = None,
) -> HttpResponse:
    rules = page.rules
    context = {
        "place": page.place,
        "rules": rules,
        "runs": runs,
        "form": form,
        "category": category,
        "categories": RiskCategory.objects.filter(place=page.place).order_by("order", "name"),
        "theirs": theirs,
        **(both or {}),
    }
    return render(page.request, "risks/settings.html", context, status=status)


urlpatterns: list[URLPattern] = [path(f"{RISKS}settings/", settings, name="risk-settings")]
