"""Django form fields in the markup of the NHS design system."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString, mark_safe

from icp.common import nhsuk
from icp.common.nhsuk_dates import DateBox, DayMonthYearWidget

Params = dict[str, Any]


# What a macro takes as a parameter of its own rather than as an attribute.
OWN_PARAMETERS = {
    "input": {
        "type",
        "inputmode",
        "autocomplete",
        "pattern",
        "spellcheck",
        "autocapitalize",
    },
    "textarea": {"rows", "autocomplete", "spellcheck"},
    "password-input": {"autocomplete"},
}


def render_field(field: BoundField, *, mark_optional: bool = True, **extra: Any) -> SafeString:
    """A form field with its label, hint, error and the links between them.

    ``extra`` goes to the component: ``label__size="m"``, ``width=10``, ``hint="..."``.
    """
    if field.is_hidden:
        return mark_safe(str(field))  # noqa: S308 # nosec B308 B703 - Django escaped it
    name, params = describe(field, mark_optional=mark_optional)
    merge(params, nhsuk.nested(extra))
    return nhsuk.render(name, **params)


def merge(params: Params, extra: Params) -> None:
    """Put ``extra`` over ``params``, folder by folder; a label may be given as plain text."""
    for name, value in extra.items():
        if isinstance(value, dict) and isinstance(params.get(name), dict):
            merge(params[name], value)
        elif name == "label" and isinstance(value, str):
            replace_label(params, value)
        else:
            params[name] = value


def replace_label(params: Params, text: str) -> None:
    """The label's text, wherever the component keeps it: a legend, a lone tick box or a label."""
    if "fieldset" in params:
        params["fieldset"]["legend"]["text"] = text
    elif "items" in params and "idPrefix" in params:
        params["items"][0]["text"] = text
    else:
        params["label"] = {**params.get("label", {}), "text": text}


def describe(field: BoundField, *, mark_optional: bool) -> tuple[str, Params]:
    """The component a field is drawn with, and its parameters."""
    widget = field.field.widget
    describer = next(
        (found for kind, found in DESCRIBERS if isinstance(widget, kind)),
        describe_input,
    )
    name, params = describer(field)
    label = field.label
    if mark_optional and not field.field.required and not isinstance(widget, forms.CheckboxInput):
        label = f"{label} (optional)"
    if "fieldset" in params:
        params["fieldset"] = {"legend": {"text": label}}
    elif not isinstance(widget, forms.CheckboxInput):
        params["label"] = {"text": label}
    if field.help_text:
        help_text = str(field.help_text)
        params["hint"] = {"html" if isinstance(help_text, SafeString) else "text": help_text}
    if field.errors:
        params["errorMessage"] = {"text": " ".join(error_words(field))}
    return name, params


def error_words(field: BoundField) -> list[str]:
    """The field's errors. "This field is required." says nothing in a summary, so it names the field."""
    unsaid = str(forms.Field.default_error_messages["required"])
    return [f"{field.label} is missing." if str(e) == unsaid else str(e) for e in field.errors]


def basics(field: BoundField, name: str) -> Params:
    """Id, name and the widget's attributes, split as the component ``name`` takes them.

    A placeholder is left out: the design system has none, and a hint does not vanish while one types.
    """
    attrs = dict(field.field.widget.attrs)
    for unused in ("id", "placeholder"):
        attrs.pop(unused, None)
    params: Params = {"id": field.id_for_label, "name": field.html_name}
    if classes := attrs.pop("class", None):
        params["classes"] = classes
    for key in OWN_PARAMETERS.get(name, set()) & attrs.keys():
        params[key] = attrs.pop(key)
    if field.field.disabled:
        params["disabled"] = True
    if attrs:
        params["attributes"] = {key: attribute(value) for key, value in attrs.items()}
    return params


def attribute(value: Any) -> Any:
    """A true or false attribute is printed by its name alone, or not at all."""
    return {"value": value, "optional": True} if isinstance(value, bool) else value


def describe_input(field: BoundField) -> tuple[str, Params]:
    widget = field.field.widget
    params = basics(field, "input")
    params.setdefault("type", getattr(widget, "input_type", "text"))
    value = widget.format_value(field.value())
    if value is not None:
        params["value"] = str(value)
    if isinstance(widget, DateBox):
        params["width"] = 10
    return "input", params


def describe_password(field: BoundField) -> tuple[str, Params]:
    return "password-input", basics(field, "password-input")


def describe_textarea(field: BoundField) -> tuple[str, Params]:
    params = basics(field, "textarea")
    params.get("attributes", {}).pop("cols", None)
    params["value"] = str(field.value() or "")
    # Django's own "10" is nobody's choice, and too tall for a reason of two sentences.
    params["rows"] = 5 if params.get("rows") in (None, "10") else params["rows"]
    return "textarea", params


def describe_file(field: BoundField) -> tuple[str, Params]:
    return "file-upload", basics(field, "file-upload")


def options(field: BoundField) -> Iterator[Params]:
    """The choices of a field, each with its text, value and whether it is chosen."""
    widget: Any = field.field.widget
    value = widget.format_value(field.value())
    for _, group, _ in widget.optgroups(field.html_name, value or []):
        for choice in group:
            yield {
                "value": str(choice["value"]),
                "text": str(choice["label"]),
                "chosen": choice["selected"],
            }


def describe_select(field: BoundField) -> tuple[str, Params]:
    params = basics(field, "select")
    params["items"] = [
        {"value": o["value"], "text": o["text"], "selected": o["chosen"]} for o in options(field)
    ]
    if getattr(field.field.widget, "allow_multiple_selected", False):
        params.setdefault("attributes", {})["multiple"] = {
            "value": True,
            "optional": True,
        }
    return "select", params


def describe_choices(field: BoundField) -> tuple[str, Params]:
    # Django's tick boxes are a kind of its radio buttons.
    ticks = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    name = "checkboxes" if ticks else "radios"
    params: Params = {
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "fieldset": {},
        "items": [
            {"value": o["value"], "text": o["text"], "checked": o["chosen"]}
            for o in options(field)
            if ticks or o["value"]
        ],
    }
    if classes := field.field.widget.attrs.get("class"):
        params["classes"] = classes
    return name, params


def describe_tick(field: BoundField) -> tuple[str, Params]:
    item: Params = {"value": "on", "text": field.label, "checked": bool(field.value())}
    if field.field.disabled:
        item["disabled"] = True
    if attrs := {k: v for k, v in field.field.widget.attrs.items() if k not in {"id", "class"}}:
        item["attributes"] = attrs
    return "checkboxes", {
        "idPrefix": field.id_for_label,
        "name": field.html_name,
        "items": [item],
    }


def describe_date(field: BoundField) -> tuple[str, Params]:
    widget: Any = field.field.widget
    value = field.value()
    parts = value if isinstance(value, list | tuple) else widget.decompress(value)
    items = [
        {
            "id": f"{field.auto_id}_{part}",
            "name": f"{field.html_name}_{part}",
            "label": part.capitalize(),
            "value": "" if number is None else str(number),
            "width": 4 if part == "year" else 2,
        }
        for part, number in zip(("day", "month", "year"), parts, strict=True)
    ]
    return "date-input", {"id": field.auto_id, "fieldset": {}, "items": items}


Describer = Callable[[BoundField], tuple[str, Params]]
DESCRIBERS: list[tuple[type[forms.Widget], Describer]] = [
    (DayMonthYearWidget, describe_date),
    (forms.RadioSelect, describe_choices),
    (forms.CheckboxSelectMultiple, describe_choices),
    (forms.CheckboxInput, describe_tick),
    (forms.Select, describe_select),
    (forms.Textarea, describe_textarea),
    (forms.FileInput, describe_file),
    (forms.PasswordInput, describe_password),
]


def render_form(form: BaseForm, *, mark_optional: bool = True) -> SafeString:
    """Every field of ``form`` in its order, with the errors of the form as a whole before them."""
    parts: list[str] = []
    for position, error in enumerate(form.non_field_errors()):
        parts.append(
            nhsuk.render("error-message", text=str(error), id=form_error_id(form, position))
        )
    parts += [render_field(field, mark_optional=mark_optional) for field in form]
    return mark_safe("\n".join(parts))  # noqa: S308 # nosec B308 B703 - each part is safe


def form_error_id(form: BaseForm, position: int) -> str:
    return f"{form.prefix or 'form'}-error-{position + 1}"


def first_box(field: BoundField) -> str:
    """The id that a link in the error summary leads to."""
    if isinstance(field.field.widget, DayMonthYearWidget):
        return f"{field.auto_id}_day"
    return field.id_for_label or field.auto_id


def render_error_summary(*all_forms: BaseForm, title: str = "There is a problem") -> SafeString:
    """The errors of the forms, each a link to its field; nothing when there are none."""
    errors = [error for form in all_forms if form.is_bound for error in linked_errors(form)]
    if not errors:
        return SafeString("")
    return nhsuk.render("error-summary", title_text=title, error_list=errors)


def linked_errors(form: BaseForm) -> Iterator[Params]:
    for position, error in enumerate(form.non_field_errors()):
        yield {"text": str(error), "href": f"#{form_error_id(form, position)}"}
    for field in form:
        for words in error_words(field):
            yield {"text": words, "href": f"#{first_box(field)}"}
