"""Boxes for a date, as the design system draws them."""

from datetime import date
from typing import Any

from django import forms


class DayMonthYearWidget(forms.MultiWidget):
    """Three small boxes, as the design system asks for a date that people know by heart."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput() for part in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayMonthYearField(forms.MultiValueField):
    """A date from a day, a month and a year; says what to enter when they make no date."""

    widget = DayMonthYearWidget

    def __init__(self, **kwargs: Any) -> None:
        limits = {"day": (1, 31), "month": (1, 12), "year": (1900, 2200)}
        parts = [
            forms.IntegerField(
                min_value=low,
                max_value=high,
                error_messages={
                    "invalid": f"The {part} must be a number.",
                    "min_value": f"The {part} must be {low} or more.",
                    "max_value": f"The {part} must be {high} or less.",
                    "incomplete": f"Enter the {part} too.",
                },
            )
            for part, (low, high) in limits.items()
        ]
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, values: list[int | None]) -> date | None:
        if not any(values):
            return None
        try:
            return date(values[2] or 0, values[1] or 0, values[0] or 0)
        except ValueError as error:
            raise forms.ValidationError("Enter a real date, for example 31 1 2020.") from error


class DateBox(forms.DateInput):
    """One box with the browser's own calendar, for filters and grids."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
