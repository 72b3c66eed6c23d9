"""A place's calendar as people type it: which bank holidays count, and the days that differ, one a line."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from icp.common.forms import NarrativeField
from icp.common.words import NotADate, british_date, parse_british_date
from programmes.models import Place
from programmes.services.working_days import tag_of

# The years whose bank holidays the portal counts.
FIRST_YEAR, LAST_YEAR = 2010, 2050
MOST_DAYS = 400


def lines_of(days: Iterable[date]) -> str:
    """Days as the box shows them, one a line, earliest first."""
    return "\n".join(british_date(day) for day in sorted(days))


class DaysField(NarrativeField):
    """Days in any usual British form, one a line or with commas between; as a sorted list of dates."""

    def __init__(self, **kwargs: Any) -> None:
        rows = forms.Textarea(attrs={"rows": 6})
        super().__init__(required=False, max_length=20_000, widget=rows, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        written = [one.strip() for one in re.split(r"[\n,;]", text) if one.strip()]
        if len(written) > MOST_DAYS:
            raise ValidationError(f"Write at most {MOST_DAYS} days.")
        return sorted({_day(one) for one in written})


def _day(text: str) -> date:
    try:
        day = parse_british_date(text)
    except NotADate as problem:
        raise ValidationError(str(problem)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"{british_date(day)}: write days of {FIRST_YEAR} to {LAST_YEAR}.")
    return day


class WorkingDaysForm(forms.Form):
    """``seen`` says which calendar one looked at."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    holidays = forms.ChoiceField(
        label="Which bank holidays are days off?",
        choices=Place.Holidays.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which bank holidays are days off."},
    )
    closed = DaysField(
        label="Days on which nobody works besides",
        help_text="One a line, for example 24 December 2020. Take a line out and the day is as usual again",
    )
    worked = DaysField(
        label="Bank holidays on which people work all the same",
        help_text="One a line, likewise",
    )

    @classmethod
    def of(cls, place: Place) -> "WorkingDaysForm":
        """With what the place keeps."""
        return cls(initial=initial_of(place))


def initial_of(place: Place) -> dict[str, Any]:
    return {
        "seen": tag_of(place),
        "holidays": place.holidays,
        "closed": lines_of(place.closed_days),
        "worked": lines_of(place.worked_holidays),
    }
