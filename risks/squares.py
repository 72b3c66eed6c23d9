"""What a list of risks can be asked for from the heat map, which links to it: a square, or a move between two."""

import re
from dataclasses import dataclass
from datetime import date

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError

from icp.common.words import EARLIEST, LATEST, short_date
from risks.rules.heat import Step

CELL = re.compile(r"^(current|inherent|target)-(beside|[1-9][0-9]?-[1-9][0-9]?)$")
MOVE = re.compile(r"^[0-9]{4}(-[0-9]{2}){2}(_[0-9]{4}(-[0-9]{2}){2})(_[1-9][0-9]?-[1-9][0-9]?){2}$")


@dataclass(frozen=True)
class Move:
    """From one square to another between the ends of two days, by current scores."""

    after: date
    until: date
    start: Step
    end: Step

    @classmethod
    def read(cls, text: str) -> "Move":
        """As :attr:`text` wrote it.

        Raises:
            ValueError: there is no such day.
        """
        first, last, start, end = text.split("_")
        days = date.fromisoformat(first), date.fromisoformat(last)
        if not all(EARLIEST <= day.year <= LATEST for day in days):
            raise ValueError(text)
        return cls(*days, _step(start), _step(end))

    @property
    def text(self) -> str:
        """2020-01-31_2020-02-14_4-4_2-4, as addresses have it."""
        squares = (f"{likelihood}-{impact}" for likelihood, impact in (self.start, self.end))
        return "_".join([self.after.isoformat(), self.until.isoformat(), *squares])

    @property
    def words(self) -> str:
        start, end = (f"{one} x {other}" for one, other in (self.start, self.end))
        return f"{start} to {end} from {short_date(self.after)} to {short_date(self.until)}"


def _step(text: str) -> Step:
    likelihood, impact = text.split("-")
    return int(likelihood), int(impact)


class MoveField(forms.RegexField):
    def clean(self, value: str | None) -> Move | None:
        text = super().clean(value)
        try:
            return Move.read(text) if text else None
        except ValueError:
            raise ValidationError(self.error_messages["invalid"]) from None


class SquareFilter(filters.Filter):
    field_class = forms.RegexField


class MoveFilter(filters.Filter):
    field_class = MoveField
