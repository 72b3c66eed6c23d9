"""Form fields that read what British people type."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from icp.common.money import THOUSAND, NotMoney, read_money, write_money
from icp.common.words import NotADate, parse_british_date, short_date


class BritishDateField(forms.CharField):
    """A date in any usual British form, as a ``date``; nothing typed is ``None``."""

    def __init__(self, *, max_length: int = 40, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        # The lengths are checked on the text, before it is a date.
        self.text_validators, self.validators = self.validators, []

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return parse_british_date(value)
        text = super().to_python(value)
        if not text:
            return None
        for check in self.text_validators:
            check(text)
        try:
            return parse_british_date(text)
        except NotADate as problem:
            raise ValidationError(str(problem)) from None

    def prepare_value(self, value: Any) -> Any:
        return short_date(value) if isinstance(value, date) else value


class PercentField(forms.IntegerField):
    """A whole number from 0 to 100, with or without the sign."""

    def __init__(self, **kwargs: Any) -> None:
        message = "Write a whole number from 0 to 100."
        kwargs.setdefault(
            "error_messages", dict.fromkeys(("invalid", "min_value", "max_value"), message)
        )
        super().__init__(min_value=0, max_value=100, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.strip().removesuffix("%").strip()
            if value and not re.fullmatch(r"[0-9]{1,4}", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class NarrativeField(forms.CharField):
    """Plain text of several lines; line ends are one character whatever the browser sends."""

    def __init__(self, *, max_length: int = 4000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea)
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        if value not in self.empty_values:
            value = str(value).replace("\r\n", "\n").replace("\r", "\n")
        text = super().to_python(value) or ""
        # Half of a character pair: no database can hold it.
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise ValidationError("This text holds a character that cannot be kept.")
        return text


# What an amount may be typed in.
UNITS = {"thousands": THOUSAND, "pounds": Decimal(1)}


class MoneyField(forms.Field):
    """An amount as people type it, in a unit; pounds as :class:`~decimal.Decimal`, None where it is empty."""

    def __init__(self, *, unit: str = "pounds", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit = UNITS[unit]

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or not str(value).strip():
            return None
        try:
            return read_money(str(value), unit=self.unit)
        except NotMoney as problem:
            raise ValidationError(str(problem)) from None

    def prepare_value(self, value: Any) -> Any:
        return write_money(value, unit=self.unit) if isinstance(value, Decimal) else value
