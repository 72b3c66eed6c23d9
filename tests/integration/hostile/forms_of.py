"""The forms of a page, as a browser would send them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTS = {"text", "search", "email", "number", "date", "tel", "url", "password", "hidden", ""}


@dataclass
class Field:
    """``kind`` is the input's type, or textarea, select, button; ``value`` what the page gave it."""

    name: str
    kind: str
    value: str = ""


@dataclass
class Form:
    """One form. ``fields`` in the order of the page, fields outside it that belong to it included.

    ``unchecked`` are the boxes that nobody ticked: a browser leaves them out, and somebody else may not.
    """

    action: str
    method: str
    name: str
    fields: list[Field] = field(default_factory=list)
    unchecked: list[Field] = field(default_factory=list)

    @property
    def buttons(self) -> list[Field]:
        return [one for one in self.fields if one.kind == "button" and one.name]

    def add(self, one: Field) -> None:
        (self.unchecked if one.kind == "unchecked" else self.fields).append(one)

    def shape(self) -> tuple[str, ...]:
        """What tells this form from another of the same page."""
        return (self.action, *sorted({one.name for one in self.fields}))

    def values(self) -> list[tuple[str, str]]:
        """What an untouched form sends, without a button."""
        sent = []
        for one in self.fields:
            if one.kind in ("button", "file") or not one.name:
                continue
            sent.append((one.name, one.value))
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.select: Field | None = None
        self.textarea: Field | None = None
        self.loose: list[tuple[str, Field]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(
                action=had.get("action", ""),
                method=had.get("method", "get").lower(),
                name=had.get("id", ""),
            )
            self.forms.append(self.inside)
            self.by_id[self.inside.name] = self.inside
        elif tag == "input":
            self._input(had)
        elif tag == "button":
            self._add(had, Field(had.get("name", ""), "button", had.get("value", "")))
        elif tag == "select":
            self.select = Field(had.get("name", ""), "select")
            self._add(had, self.select)
        elif tag == "option" and self.select is not None:
            if "selected" in had or not self.select.value:
                self.select.value = had.get("value", "")
        elif tag == "textarea":
            self.textarea = Field(had.get("name", ""), "textarea")
            self._add(had, self.textarea)

    def _input(self, had: dict[str, str]) -> None:
        kind = had.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in had:
            self._add(had, Field(had.get("name", ""), "unchecked"))
            return
        if kind in ("submit", "image"):
            kind = "button"
        self._add(had, Field(had.get("name", ""), kind, had.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.textarea.value += data

    def _add(self, had: dict[str, str], one: Field) -> None:
        if "form" in had:
            self.loose.append((had["form"], one))
        elif self.inside is not None:
            self.inside.add(one)


def forms_of(page: str) -> Iterator[Form]:
    """Every form of the page that changes something."""
    reader = _Reader()
    reader.feed(page)
    for name, one in reader.loose:
        if name in reader.by_id:
            reader.by_id[name].add(one)
    yield from (form for form in reader.forms if form.method == "post")
