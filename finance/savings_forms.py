"""What is typed of savings schemes, and what the list of them can be asked for."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q

from finance.exposure_forms import OrToBeConfirmed
from finance.models import RiskRating, SavingsPosition, SavingsScheme, SavingType
from finance.models.exposure import OF_PARTNER
from finance.rules.years import MONTHS, FinanceMonthKey
from finance.selectors.savings import plan_of
from finance.services.savings import OF_MONTH, OF_SCHEME
from icp.common.forms import BritishDateField
from programmes.filters import FilterInWords
from programmes.models import Programme

FIGURES = {
    "plan_full_year": "Plan of the year",
    "plan_ytd": "Plan to date",
    "actual_ytd": "Saved to date",
    "forecast_full_year": "Forecast of the year",
    "at_risk": "Of the forecast at medium or high risk",
}
NUMBERS = range(1, MONTHS + 1)


class SavingsForm(forms.Form):
    """Figures of a month, of a partner as a whole. ``unit`` is what amounts are typed in, ``words`` its name."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    figures: tuple[str, ...] = OF_PARTNER

    def __init__(self, *args: Any, unit: str, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.words = unit, words
        for name, label in FIGURES.items():
            if name in self.figures:
                self.fields[name] = self.amount(label)

    def amount(self, label: str, **more: Any) -> OrToBeConfirmed:
        return OrToBeConfirmed(
            unit=self.unit, label=f"{label}, {self.words}", **{"required": False, **more}
        )

    def in_order(self) -> list[Any]:
        """Its fields in the order in which a page shows them."""
        return self.visible_fields()

    def said(self) -> dict[str, Any]:
        """What the month says."""
        return {name: self.cleaned_data[name] for name in self.figures}


class SchemeForm(SavingsForm):
    """A scheme, what the month says of it, and its plan by month."""

    figures = OF_MONTH
    name = forms.CharField(label="Scheme", max_length=200)
    saving_type = forms.ChoiceField(label="Type of saving", choices=SavingType.choices)
    provider = forms.CharField(label="Provider", max_length=80, required=False)
    workstream = forms.ModelChoiceField(
        label="Workstream",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="None",
    )
    starts_on = BritishDateField(label="Starts on", help_text="1 April 2019, or 1/4/2019.")
    progress = forms.CharField(label="Progress, in words", max_length=200, required=False)
    risk_rating = forms.ChoiceField(
        label="Risk rating", choices=[("", "Not rated"), *RiskRating.choices], required=False
    )

    def __init__(self, *args: Any, workstreams: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].queryset = workstreams  # type: ignore[attr-defined]
        self.fields["value"] = self.amount("Plan of the year", required=True)
        self.fields["mitigated_value"] = self.amount("Mitigated value")
        self.fields["mitigated_value"].help_text = "What is expected of it after risks."
        self.fields["plan_ytd"].help_text = "Leave it empty where the plan by month says it."
        for number in NUMBERS:
            month = FinanceMonthKey(year, number).starts_on
            self.fields[f"plan{number}"] = self.amount(f"{month:%B %Y}")

    def facts(self) -> dict[str, Any]:
        """What is kept of the scheme itself."""
        return {name: self.cleaned_data[name] for name in OF_SCHEME}

    def plan(self) -> dict[int, Decimal]:
        """The plan by month: empty where no month is typed, else every month, an empty one as nought."""
        typed = {number: self.cleaned_data[f"plan{number}"] for number in NUMBERS}
        if all(value is None for value in typed.values()):
            return {}
        return {number: value or Decimal("0.00") for number, value in typed.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        value = cleaned.get("value")
        if value is not None and value < 0:
            self.add_error("value", "Write what is saved as a positive amount.")
        return cleaned

    def plan_fields(self) -> list[Any]:
        return [self[f"plan{number}"] for number in NUMBERS]

    def fact_fields(self) -> list[Any]:
        own = ("organisation", "name", "saving_type", "provider", "workstream", "starts_on")
        names = (*own, "value", "mitigated_value", "progress")
        return [self[name] for name in names if name in self.fields]

    def in_order(self) -> list[Any]:
        return [*self.fact_fields(), *self.figure_fields(), *self.plan_fields()]

    def figure_fields(self) -> list[Any]:
        return [self[name] for name in OF_MONTH]


class NewSchemeForm(SchemeForm):
    def __init__(self, *args: Any, partners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = False
        self.fields["organisation"] = forms.TypedChoiceField(
            label="Partner", choices=partners, coerce=int
        )


class SchemeFilter(FilterInWords):
    """Filters over the schemes of one year; ratings are those of the month."""

    q = filters.CharFilter(method="by_words", label="Words in its name or provider", max_length=100)
    partner = filters.ChoiceFilter(
        field_name="organisation_id", label="Partner", empty_label="All partners"
    )
    workstream = filters.ChoiceFilter(
        field_name="workstream__code", label="Workstream", empty_label="All"
    )
    type = filters.ChoiceFilter(
        field_name="saving_type", label="Type", choices=SavingType.choices, empty_label="All"
    )
    rating = filters.ChoiceFilter(
        method="by_rating", label="Risk rating", choices=RiskRating.choices, empty_label="Any"
    )

    class Meta:
        model = SavingsScheme
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, month: Any, schemes: list[SavingsScheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month = month
        self.filters["partner"].extra["choices"] = list(
            {one.organisation_id: one.organisation.short_name for one in schemes}.items()
        )
        streams = {one.workstream.code: one.workstream.name for one in schemes if one.workstream}
        self.filters["workstream"].extra["choices"] = list(streams.items())

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(Q(name__icontains=value) | Q(provider__icontains=value))

    def by_rating(self, rows: Any, name: str, value: str) -> Any:
        rated = SavingsPosition.objects.filter(month=self.month, risk_rating=value)
        return rows.filter(id__in=rated.values("scheme_id"))


def initial_of(
    scheme: SavingsScheme, said: SavingsPosition | None, *, at: datetime | None = None
) -> dict[str, Any]:
    """What the form begins with: what is stored; ``at`` is when the month closed, if it has."""
    plan = plan_of(scheme=scheme, at=at)
    figures = {name: getattr(said, name, None) for name in OF_MONTH}
    if plan:
        figures["plan_ytd"] = None
    return {
        "version": scheme.version,
        **{name: getattr(scheme, name) for name in OF_SCHEME},
        **figures,
        **{f"plan{number}": amount for number, amount in plan.items()},
    }


def initial_of_partner(said: SavingsPosition | None) -> dict[str, Any]:
    figures = {name: getattr(said, name, None) for name in OF_PARTNER}
    return {"version": said.version if said else 0, **figures}
