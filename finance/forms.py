"""What is typed into the month-end pages, read cell by cell."""

from typing import Any

from django import forms

from finance.rules.checks import NAMES
from icp.common.forms import UNITS, MoneyField, NarrativeField

UNIT_WORDS = {"thousands": "£000", "pounds": "£"}


def unit_of(word: str | None) -> str:
    """The unit that an address asks for: thousands where it asks for none that there is."""
    return word if word in UNITS else "thousands"


class LineForm(forms.Form):
    """One line of the grid. ``unit`` is what the figures are typed in."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    comment = NarrativeField(max_length=2000, required=False)
    corrects = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    correction = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, unit: str, closed: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FIGURE_LABELS.items():
            self.fields[name] = MoneyField(unit=unit, label=label, required=False)
        self.fields["corrects"].choices = [("", "No earlier month"), *closed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("corrects") and not cleaned.get("correction"):
            self.add_error("correction", "Say what of that month is put right.")
        if cleaned.get("correction") and not cleaned.get("corrects"):
            self.add_error("corrects", "Choose the closed month that is put right.")
        return cleaned


FIGURE_LABELS = {name: words.capitalize() for name, words in NAMES.items()}


class LedgerForm(forms.Form):
    """The totals of the partner's ledger, held against the lines."""

    prefix = "ledger"
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    answer = NarrativeField(
        max_length=2000,
        required=False,
        label="Answer",
        help_text="Where the lines and the ledger differ: why.",
    )

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FIGURE_LABELS.items():
            self.fields[name] = MoneyField(unit=unit, label=label, required=False)


class QueryForm(forms.Form):
    question = NarrativeField(
        max_length=2000,
        label="What do you ask?",
        error_messages={"required": "Say what you ask, so that the finance lead can answer."},
    )


class UploadForm(forms.Form):
    """A spreadsheet with a partner's figures."""

    file = forms.FileField(label="Excel or CSV file")
    unit = forms.ChoiceField(
        label="Its figures are in", choices=[("thousands", "£000"), ("pounds", "£")]
    )


class PasteForm(forms.Form):
    """A block copied from a spreadsheet, for browsers without script."""

    block = forms.CharField(
        label="Paste the block here",
        widget=forms.Textarea,
        strip=False,
        max_length=100_000,
        help_text="Rows in the order of the lines, columns in the order of the page.",
    )


class CommentaryForm(forms.Form):
    """A paragraph, and which version of it was looked at."""

    text = NarrativeField(max_length=4000, label="Paragraph")
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
