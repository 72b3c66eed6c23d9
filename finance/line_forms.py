"""What is typed to add, change and merge lines, to phase them, and to open a year."""

from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms

from finance.forms import MoneyField
from finance.models import BudgetLine, Fund
from finance.rules.lines import Division, NewLine, OldLine, Wanted
from finance.services.lines import Called
from finance.settings_forms import VersionForm
from programmes.filters import FilterInWords
from programmes.models import Organisation, Place, Programme

# So many new lines can be named at once when a year is opened; more are added one by one.
NEW_ROWS = range(1, 6)
FUNDS = [("", "Choose a fund"), *Fund.choices]


class LineFilter(FilterInWords):
    """Filters over the lines of one place."""

    year = filters.NumberFilter(
        label="Year it begins in", min_value=2000, max_value=2100, help_text="2019 is 2019/20."
    )
    partner = filters.ChoiceFilter("organisation__short_name", label="Partner", empty_label="Any")
    fund = filters.ChoiceFilter(choices=Fund.choices, label="Fund", empty_label="Any")

    class Meta:
        model = BudgetLine
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Organisation.objects.filter(place=place).order_by("pk")
        pairs = names.values_list("short_name", "name")
        self.filters["partner"].extra["choices"] = list(pairs)


def programmes_of(place: Place) -> list[tuple[int, str]]:
    """The workstreams a line may belong to, in the place's order. One query."""
    return list(Programme.objects.filter(place=place).in_order().values_list("pk", "name"))


def partners_of(place: Place) -> list[tuple[int, str]]:
    """The partners of a place, in its order. One query."""
    found = Organisation.objects.filter(place=place).order_by("pk")
    return list(found.values_list("pk", "name"))


class CalledForm(forms.Form):
    """What a line is."""

    fund = forms.ChoiceField(choices=FUNDS, label="Fund")
    workstream = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Workstream",
        help_text="Or leave it, and give a name.",
    )
    name = forms.CharField(
        max_length=200, required=False, label="Name", help_text="Only where it has no workstream."
    )
    is_income = forms.BooleanField(
        required=False, label="It is income: its figures are below nought"
    )

    def __init__(
        self,
        *args: Any,
        place: Place,
        workstreams: list[tuple[int, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        known = programmes_of(place) if workstreams is None else workstreams
        choices = [("", "No workstream"), *known]
        self.fields["workstream"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("workstream") and cleaned.get("name"):
            self.add_error(
                "name", "A line has a workstream or a name, not both: empty one of them."
            )
        if not cleaned.get("workstream") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Choose a workstream, or give the line a name.")
        return cleaned

    def called(self) -> Called:
        said = self.cleaned_data
        workstream = Programme.objects.filter(place=self.place, pk=said["workstream"] or 0).first()
        return Called(said["fund"], workstream, said["name"], said["is_income"])


class ChangeForm(CalledForm, VersionForm):
    """A line as it is now, to change."""

    pooled = MoneyField(
        required=False,
        label="Of an unsplit budget: pooled part, £",
        help_text="Of the whole year. Empty both where the division is not known.",
    )
    aligned = MoneyField(required=False, label="Of an unsplit budget: aligned part, £")

    def division(self) -> Division:
        """How the annual budget divides; a line of another fund has no parts."""
        said = self.cleaned_data
        if said["fund"] != Fund.UNSPLIT:
            return Division()
        return Division(said["pooled"], said["aligned"])


class AddForm(CalledForm):
    """A new line of a partner."""

    partner = forms.TypedChoiceField(coerce=int, label="Partner")
    opening = MoneyField(label="Opening budget, £", help_text="Empty is nought.", required=False)

    field_order = ("partner", "fund", "workstream", "name", "is_income", "opening")

    def __init__(
        self,
        *args: Any,
        place: Place,
        partners: list[tuple[int, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, place=place, **kwargs)
        known = partners_of(place) if partners is None else partners
        choices = [("", "Choose a partner"), *known]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]


class MergeForm(CalledForm):
    """Which lines become one, and what it is."""

    lines = forms.TypedMultipleChoiceField(
        coerce=int, label="Lines to put together", widget=forms.CheckboxSelectMultiple
    )
    field_order = ("lines", "fund", "workstream", "name", "is_income")

    def __init__(self, *args: Any, lines: list[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(one.pk, str(one)) for one in lines]  # type: ignore[attr-defined]


class WantedForm(CalledForm):
    """What becomes of one line in the year that begins. ``joins`` is the number of another row."""

    goes_on = forms.BooleanField(required=False, label="Goes on")
    opening = MoneyField(label="Opening budget", required=False)
    joins = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label="Joins line number"
    )

    def clean(self) -> dict[str, Any]:
        if not self["goes_on"].value():
            # What is said of a line that ends is of no interest.
            self._errors = forms.utils.ErrorDict()
            return {"goes_on": False, "fund": "", "workstream": None, "name": "", "joins": None}
        return super().clean()

    def in_columns(self) -> list[forms.BoundField]:
        """The fields in the order of the table's columns."""
        names = ("goes_on", "fund", "workstream", "name", "opening", "joins")
        return [self[name] for name in names]

    def wanted(self, keys: list[int]) -> Wanted:
        """For the rule; ``keys`` are the lines in the order of their numbers. A number of no line is key 0."""
        said = self.cleaned_data
        number = said.get("joins")
        joins = None if number is None else keys[number - 1] if number <= len(keys) else 0
        return Wanted(
            goes_on=said["goes_on"],
            fund=said["fund"],
            workstream=said["workstream"],
            name=said["name"],
            opening=said.get("opening") or Decimal(0),
            joins=joins,
        )


class FreshForm(AddForm):
    """A line that carries nothing on: left empty, there is none."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)

    def new_line(self) -> NewLine | None:
        if not self.has_changed():
            return None
        said = self.cleaned_data
        return NewLine(
            organisation=said["partner"],
            fund=said["fund"],
            workstream=said["workstream"],
            name=said["name"],
            opening=said.get("opening") or Decimal(0),
            is_income=said["is_income"],
        )


def wanted_initial(old: OldLine, said: Wanted) -> dict[str, Any]:
    return {
        "goes_on": said.goes_on,
        "fund": said.fund,
        "workstream": said.workstream,
        "name": said.name,
        "is_income": old.is_income,
        "opening": said.opening,
    }
