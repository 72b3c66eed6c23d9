"""What is stored, in words: for whoever saved second and chooses, and for who only reads."""

from collections.abc import Collection, Iterable
from typing import Any

from django.forms import BaseForm, BoundField

from finance.forms import MoneyField
from icp.common.money import THOUSAND, UNKNOWN, in_pounds, in_thousands

NOTHING = "nothing"
TO_BE_CONFIRMED = "TBC"


def said_in(form: BaseForm) -> list[tuple[str, str]]:
    """Each field's label and what it holds: a choice by its words, an empty one as nothing."""
    return [(str(one.label), _words(one) or NOTHING) for one in form.visible_fields()]


def facts_in(
    fields: Iterable[BoundField],
    *,
    to_confirm: Collection[str] = (),
    optional: Collection[str] = (),
) -> list[tuple[str, str]]:
    """Each field's label and what is stored of it, as accounts print it; of those ``to_confirm`` what is not known is
    to be confirmed, and those ``optional`` are left out then.
    """
    said = [(one, _stored(one)) for one in fields]
    return [
        (str(one.label), words or (TO_BE_CONFIRMED if one.name in to_confirm else UNKNOWN))
        for one, words in said
        if words or one.name not in optional
    ]


def _stored(one: BoundField) -> str:
    if not isinstance(one.field, MoneyField):
        return _words(one)
    if one.initial is None:
        return ""
    return in_thousands(one.initial) if one.field.unit == THOUSAND else in_pounds(one.initial)


def _words(one: BoundField) -> str:
    value: Any = one.value()
    choices = getattr(one.field, "choices", None)
    if choices is not None:
        return next((str(label) for key, label in choices if str(key) == str(value)), "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
