"""What is typed of a financial risk, and what the list of them can be asked for."""

from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms

from finance.forms import MoneyField
from finance.models import RiskPosition, Side
from finance.services.exposure import FIELDS, OF_POSITION
from icp.common.forms import NarrativeField
from programmes.filters import FilterInWords

TBC = "TBC"
AMOUNTS = {
    "full_value": ("Full value", "What it would be if it came about in full."),
    "recurrent": ("Of the weighted value, recurrent", "It comes again next year."),
    "non_recurrent": ("Of the weighted value, non-recurrent", ""),
    "weighted": (
        "Weighted value",
        "Leave it empty where the two parts above say it, or where full value times probability is meant.",
    ),
    "carried_forward": ("Carried forward", "What of it goes into next year."),
}


class OrToBeConfirmed(MoneyField):
    """An amount, or TBC, which is as good as empty: to be confirmed is not nought."""

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str) and value.strip().upper() == TBC:
            return None
        return super().to_python(value)


class ProbabilityField(forms.DecimalField):
    """Percent from 0 to 100, with or without the sign; TBC or nothing where it is to be confirmed."""

    def __init__(self, **kwargs: Any) -> None:
        message = "Write a percentage from 0 to 100, or TBC."
        codes = ("invalid", "min_value", "max_value", "max_digits", "max_whole_digits")
        kwargs["error_messages"] = dict.fromkeys(codes, message)
        kwargs.setdefault("widget", forms.TextInput)
        super().__init__(min_value=0, max_value=100, max_digits=5, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removesuffix("%").strip()
            value = "" if value.upper() == TBC else value
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class RiskForm(forms.Form):
    """What is said of one at a month's end. ``unit`` is what amounts are typed in."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    title = forms.CharField(label="What it is", max_length=200)
    probability = ProbabilityField(label="Probability, %", required=False, help_text="Or TBC.")
    brought_forward = forms.BooleanField(label="It comes from the year before", required=False)

    def __init__(self, *args: Any, unit: str, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in AMOUNTS.items():
            self.fields[name] = OrToBeConfirmed(
                unit=unit, label=f"{label}, {words}", help_text=hint, required=False
            )
        self.order_fields(
            ["version", "organisation", "side", "ref", "title", "full_value", "probability"]
        )

    def values(self) -> dict[str, Any]:
        """What to keep, by field."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class NewRiskForm(RiskForm):
    """One that the partner's register does not hold yet."""

    side = forms.ChoiceField(label="It is a", choices=Side.choices)
    ref = forms.CharField(
        label="Reference",
        max_length=12,
        required=False,
        help_text="Leave it empty to take the next number.",
    )

    def __init__(self, *args: Any, partners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = False
        self.fields["organisation"] = forms.TypedChoiceField(
            label="Partner", choices=partners, coerce=int
        )
        self.order_fields(["version", "organisation", "side", "ref", "title"])


class WithdrawForm(forms.Form):
    because = NarrativeField(
        label="Why it is withdrawn", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class RiskFilter(FilterInWords):
    """Filters over what is said of risks in one month. ``flagged`` are the keys of those that contradict themselves."""

    q = filters.CharFilter(
        field_name="risk__title", lookup_expr="icontains", label="Words in it", max_length=100
    )
    partner = filters.ChoiceFilter(
        field_name="risk__organisation_id", label="Partner", empty_label="All partners"
    )
    side = filters.ChoiceFilter(
        field_name="risk__side", label="Side", choices=Side.choices, empty_label="All"
    )
    flagged = filters.BooleanFilter(
        method="by_flag", label="Contradicting themselves only", widget=forms.CheckboxInput
    )
    unknown = filters.BooleanFilter(
        method="by_value", label="To be confirmed only", widget=forms.CheckboxInput
    )

    class Meta:
        model = RiskPosition
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        partners: list[tuple[int, str]],
        flagged: set[int],
        unknown: set[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filters["partner"].extra["choices"] = partners
        self.flagged, self.without_value = flagged, unknown

    def by_flag(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(risk__in=self.flagged) if value else rows

    def by_value(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(risk__in=self.without_value) if value else rows


def initial_of(said: RiskPosition | None, risk: Any) -> dict[str, Any]:
    """What the form begins with: what is stored."""
    return {
        "version": said.version if said else 0,
        "title": risk.title,
        "brought_forward": risk.brought_forward,
        **{name: getattr(said, name, None) for name in OF_POSITION},
    }
