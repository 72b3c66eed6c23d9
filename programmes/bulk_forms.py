"""What is asked to change many rows of a plan at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from icp.common.forms import BritishDateField, NarrativeField
from programmes.edit_forms import (
    TBC,
    DateOrTbcField,
    demand_supplier,
    offer_posts,
    post_field,
    post_of,
)
from programmes.models import PlanItem, Post


class OwnerOfManyForm(forms.Form):
    """The post that is to own the ticked rows."""

    owner = post_field("Owner of the ticked rows")

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_posts(self, posts, "owner")

    def chosen(self) -> Post | None:
        """The post chosen. Only of a valid form; one query."""
        return post_of(self.cleaned_data["owner"])


class ShiftForm(forms.Form):
    """By how many working days the ticked rows move."""

    days = forms.IntegerField(
        label="Working days",
        min_value=-1000,
        max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="For example 10, or -5 for earlier",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Write a whole number of days, up to 1000."
        ),
    )


COLUMNS = {"name": "Names", "notes": "Notes", "start": "Start dates", "finish": "Finish dates"}


class PasteForm(forms.Form):
    """A column copied from a spreadsheet, one cell a line, for rows in their order."""

    column = forms.ChoiceField(label="What the column holds", choices=[*COLUMNS.items()])
    cells = forms.CharField(
        label="The column",
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="One line for each row below, in the same order. An empty line leaves its row as it is",
    )

    tbc_from = post_field(
        "Who will supply the dates that are tbc", help_text="Only where a line says tbc"
    )
    tbc_by = BritishDateField(label="By when they will supply them", required=False)

    def __init__(
        self,
        *args: Any,
        items: Iterable[PlanItem] = (),
        posts: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        self.items = list(items)
        self.read: dict[int, Any] = {}
        super().__init__(*args, **kwargs)
        offer_posts(self, posts, "tbc_from")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        awaited = {item.pk for item in self.items if item.start_tbc or item.finish_tbc}
        if any(cell == TBC and key not in awaited for key, cell in self.found_as_read().items()):
            demand_supplier(self, cleaned)
        return cleaned

    def clean_cells(self) -> str:
        text: str = self.cleaned_data["cells"]
        lines = cells_in(text)
        if len(lines) != len(self.items):
            raise ValidationError(
                f"There are {len(lines)} lines for {len(self.items)} rows: paste one line for each row."
            )
        column = self.cleaned_data.get("column", "")
        wrong = []
        for number, (item, line) in enumerate(zip(self.items, lines, strict=True), start=1):
            if not line.strip():
                continue
            try:
                self.read[item.pk] = FIELD_OF[column].clean(line) if column else None
            except ValidationError as problem:
                wrong.append(f"Line {number}, {item.reference}: {' '.join(problem.messages)}")
        if wrong:
            raise ValidationError(wrong)
        return text

    def found_as_read(self) -> dict[int, Any]:
        """The dates among them that were read; of names and notes nothing."""
        return self.read if self.cleaned_data.get("column") in ("start", "finish") else {}

    def found(self) -> dict[int, Any]:
        """The cells by the key of their row, None for a date that is tbc. Only of a valid form."""
        dates = self.found_as_read()
        return {
            key: None if key in dates and cell == TBC else cell for key, cell in self.read.items()
        }

    def supplied(self) -> dict[str, Any]:
        """Who supplies what is to be confirmed, by when. Only of a valid form; one query at most."""
        return {
            "tbc_from": post_of(self.cleaned_data["tbc_from"]),
            "tbc_by": self.cleaned_data["tbc_by"],
        }


FIELD_OF: dict[str, forms.Field] = {
    "name": forms.CharField(max_length=500),
    "notes": NarrativeField(),
    "start": DateOrTbcField(),
    "finish": DateOrTbcField(),
}


def cells_in(text: str) -> list[str]:
    """The cells of a pasted column: a cell with a line end in it comes in quotation marks, as spreadsheets copy it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    cells: list[str] = []
    inside = False
    for line in text.split("\n"):
        if inside:
            cells[-1] += "\n" + line
        else:
            cells.append(line)
            inside = line.startswith('"')
        if inside and cells[-1].count('"') % 2 == 0 and cells[-1].endswith('"'):
            cells[-1] = cells[-1][1:-1].replace('""', '"')
            inside = False
    return cells
