"""What is asked of a row's dependencies, and which of their warnings to see."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from icp.common.forms import BritishDateField
from icp.common.words import short_date
from programmes.dependency_lines import Concern, Warned
from programmes.models import Dependency, DependencyKind, Place, PlanItem, Programme


class DependencyForm(forms.Form):
    """What a row waits for: a row by its number, of any programme of the place, or something outside."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    row = forms.CharField(
        label="The row it waits for",
        max_length=60,
        required=False,
        help_text="Its number, for example IT 11. It may be of another programme",
    )
    kind = forms.ChoiceField(label="How it waits", choices=DependencyKind.choices)
    lag_days = forms.IntegerField(
        label="Lag in working days",
        min_value=-1000,
        max_value=1000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="How long after; -5 for five days before",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Write a whole number from -1000 to 1000."
        ),
    )
    outside = forms.CharField(
        label="Or something outside the place’s plans",
        max_length=300,
        required=False,
        help_text="For example: the national tariff is published",
    )
    outside_programme = forms.CharField(
        label="Code of its programme, if it has one here",
        max_length=20,
        required=False,
    )
    outside_date = BritishDateField(label="The day it is promised for", required=False)
    note = forms.CharField(label="Note", max_length=500, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        place: Place,
        rows: Any,
        dependency: Dependency | None = None,
    ) -> None:
        """``rows`` are those that the person may see."""
        self.place, self.rows = place, rows
        super().__init__(data, initial=shown_of(dependency) if dependency else {"lag_days": 0})

    def clean_row(self) -> PlanItem | None:
        written = self.cleaned_data["row"]
        if not written:
            return None
        found = self.rows.numbered(written).select_related("programme").first()
        if found is None:
            raise ValidationError("There is no such row: write its number, for example IT 11.")
        return found  # type: ignore[no-any-return]

    def clean_outside_programme(self) -> Programme | None:
        code = self.cleaned_data["outside_programme"]
        if not code:
            return None
        found = Programme.objects.filter(place=self.place, code__iexact=code).first()
        if found is None:
            raise ValidationError("There is no programme with that code here: leave it empty.")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "row" in self.errors or "outside" in self.errors:
            return cleaned
        row, outside = cleaned.get("row"), cleaned.get("outside")
        if row and outside:
            self.add_error("outside", "Name a row or something outside, not both.")
        elif not row and not outside:
            self.add_error("row", "Name the row it waits for, or something outside.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What to store, by field. Only of a valid form."""
        cleaned = self.cleaned_data
        outside = bool(cleaned["outside"])
        return {
            "predecessor": cleaned["row"],
            "outside": cleaned["outside"],
            "outside_programme": cleaned["outside_programme"] if outside else None,
            "outside_date": cleaned["outside_date"] if outside else None,
            "kind": cleaned["kind"],
            "lag_days": cleaned["lag_days"] or 0,
            "note": cleaned["note"],
        }


def shown_of(one: Dependency) -> dict[str, Any]:
    """What the form shows of it, by field."""
    return {
        "version": one.version,
        "row": one.predecessor.reference if one.predecessor else "",
        "kind": one.kind,
        "lag_days": one.lag_days,
        "outside": one.outside,
        "outside_programme": one.outside_programme.code if one.outside_programme else "",
        "outside_date": short_date(one.outside_date) if one.outside_date else "",
        "note": one.note,
    }


class WarningsForm(forms.Form):
    """Which warnings to see."""

    programme = forms.ChoiceField(required=False)
    concern = forms.ChoiceField(
        label="Warning",
        required=False,
        choices=[("", "Any"), *((one.value, one.label) for one in Concern)],
    )

    def __init__(self, *args: Any, programmes: list[Programme]) -> None:
        super().__init__(*args)
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", "All programmes"),
            *((one.code, one.name) for one in programmes),
        ]

    def narrowed(self, found: list[Warned]) -> list[Warned]:
        if not self.is_valid():
            return []
        programme, concern = self.cleaned_data["programme"], self.cleaned_data["concern"]
        return [
            one
            for one in found
            if (not programme or one.code == programme) and (not concern or one.concern == concern)
        ]

    def chosen(self) -> list[dict[str, str]]:
        if not self.is_valid():
            return []
        return [
            {"name": name, "text": f"{self.fields[name].label or 'Programme'}: {label}"}
            for name, value in self.cleaned_data.items()
            if value and (label := dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]
        ]
