"""What is typed to propose and to decide a virement, and what the list of them can be asked for."""

from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms

from finance.models import BudgetLine, Virement, VirementState
from icp.common.forms import BritishDateField, MoneyField, NarrativeField
from programmes.filters import FilterInWords
from programmes.models import Board

# So many lines may be named in one virement on the page; the API takes more.
ROWS = range(1, 7)


class VirementForm(forms.Form):
    """Lines that give and take, from a month on, and why. ``amounts`` are pounds by line."""

    from_month = forms.IntegerField(
        label="Counts from month", min_value=1, max_value=12, help_text="1 is April."
    )
    reason = NarrativeField(label="Why the budget moves", max_length=2000)

    def __init__(self, *args: Any, lines: list[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a line"), *((line.pk, str(line)) for line in lines)]
        for number in ROWS:
            self.fields[f"line{number}"] = forms.TypedChoiceField(
                label=f"Line {number}",
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"amount{number}"] = MoneyField(
                label=f"£, line {number}", required=False, help_text="In brackets if it gives."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in ROWS:
            line, amount = cleaned.get(f"line{number}"), cleaned.get(f"amount{number}")
            if f"amount{number}" in self.errors or f"line{number}" in self.errors:
                continue
            if line and amount is None:
                self.add_error(f"amount{number}", "Say how much this line gives or takes.")
            if amount is not None and not line:
                self.add_error(f"line{number}", "Choose whose budget this is.")
        lines = [cleaned.get(f"line{number}") for number in ROWS if cleaned.get(f"line{number}")]
        if len(lines) > len(set(lines)):
            self.add_error(None, "Name each line once.")
        return cleaned

    def amounts(self) -> dict[int, Decimal]:
        """What each named line gives or takes."""
        cleaned = self.cleaned_data
        return {
            cleaned[f"line{number}"]: cleaned[f"amount{number}"]
            for number in ROWS
            if cleaned.get(f"line{number}")
        }

    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of each line, for the page."""
        return [(self[f"line{number}"], self[f"amount{number}"]) for number in ROWS]


class DecisionForm(forms.Form):
    """Approval, with the board where one is needed, or refusal with its reason."""

    decision = NarrativeField(
        label="What is said", max_length=2000, required=False, help_text="Needed to refuse."
    )
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(),
        required=False,
        empty_label="No board",
        label="Board that agreed",
    )
    board_decided_on = BritishDateField(label="On", required=False)

    def __init__(self, *args: Any, boards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards  # type: ignore[attr-defined]


class VirementFilter(FilterInWords):
    """Filters over the virements of one place."""

    state = filters.ChoiceFilter(choices=VirementState.choices, label="State", empty_label="Any")
    year = filters.NumberFilter(label="Year it begins in", min_value=2000, max_value=2100)

    class Meta:
        model = Virement
        fields: tuple[str, ...] = ()
