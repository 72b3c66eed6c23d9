"""What forms of agreements, business cases and headroom, and of their parts, share."""

from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from finance.forms import MoneyField
from finance.models.month import FIRST_YEAR, LAST_YEAR
from finance.rules.years import read_year, year_name
from programmes.filters import FilterInWords
from programmes.models import Place


class YearField(forms.CharField):
    """A financial year, written 2019/20, as the year in which it begins."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=9, help_text="Such as 2019/20.", **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            year = read_year(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(f"Write a year from {year_name(FIRST_YEAR)} on.")
        return year

    def run_validators(self, value: Any) -> None:
        """The length is that of the text, which was read already."""

    def prepare_value(self, value: Any) -> Any:
        return year_name(value) if isinstance(value, int) else value


class AmountField(MoneyField):
    """Pounds, nought or more."""

    def to_python(self, value: Any) -> Decimal | None:
        found = super().to_python(value)
        if found is not None and found < 0:
            raise forms.ValidationError("Write nought or a positive amount.")
        return found


class Kept(forms.ModelForm):  # type: ignore[type-arg]
    """A form over a whole or one of its parts; ``version`` is that of the whole which was looked at."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    # The part's field that is its whole, which the address says.
    parent = ""

    def _get_validation_exclusions(self) -> set[str]:
        # What the address says is checked with the rest: the same part twice is said at the form.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out - {self.parent, "place"}

    def __init__(self, *args: Any, place: Place, whole: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if self.parent:
            setattr(self.instance, self.parent, whole)
        else:
            self.instance.place = place
        self.initial["version"] = whole.version if whole is not None else 0
        self.choices_of(whole)

    def choices_of(self, whole: Any) -> None:
        """Let fields offer what belongs to the place alone."""

    def choose(self, name: str, rows: "QuerySet[Any]") -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def needs(self, name: str, sentence: str) -> None:
        if not self.errors.get(name) and not self.cleaned_data.get(name):
            self.add_error(name, sentence)


class WholeFilter(FilterInWords):
    """Filters over the agreements, cases or headrooms of one place."""

    q = filters.CharFilter(method="by_words", label="Words in its title", max_length=100)
    words_in = "title"

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"{self.words_in}__icontains": value})
