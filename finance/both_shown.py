"""What is stored now, in words, for whoever saved second and chooses."""

from typing import Any

from django.forms import BaseForm, BoundField

NOTHING = "nothing"


def said_in(form: BaseForm) -> list[tuple[str, str]]:
    """Each field's label and what it holds: a choice by its words, an empty one as nothing."""
    return [(str(one.label), _words(one) or NOTHING) for one in form.visible_fields()]


def _words(one: BoundField) -> str:
    value: Any = one.value()
    choices = getattr(one.field, "choices", None)
    if choices is not None:
        return next((str(label) for key, label in choices if str(key) == str(value)), "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
