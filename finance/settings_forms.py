"""What is typed to set the money's rules, gates and notes."""

from datetime import date
from typing import Any

from django import forms

from finance.forms import MoneyField
from finance.models import FinanceRules
from finance.rules.checks import MAY_BE_WALLS, Ask
from finance.selectors.people import enterers_in
from icp.accounts.models import User
from icp.common.forms import BritishDateField, NarrativeField
from programmes.models import Place

WALL_WORDS = {
    Ask.BEYOND_ANNUAL: "The budget or the actual to date is beyond the annual budget",
    Ask.BELOW_ACTUAL: "The forecast outturn is below the actual to date",
    Ask.SIGN: "A sign looks wrong: income above nought, or spending below it",
    Ask.BUDGET: "The annual budget is not the opening budget and the approved virements",
    Ask.LEDGER: "The lines and the ledger’s total differ",
}
FIELDS = (
    "comment_above",
    "comment_above_percent",
    "walls",
    "due_working_days",
    "board_above",
    "across_partners",
)


class VersionForm(forms.Form):
    """An edit form: which version was looked at."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class NotNegative(MoneyField):
    """An amount of nought or more, which must be given."""

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        if amount is not None and amount < 0:
            raise forms.ValidationError("Type nought or more.")
        return amount


class RulesForm(VersionForm):
    """Thresholds and walls of a place."""

    comment_above = NotNegative(
        label="Variance or movement that needs a comment, £",
        help_text="One of this much, of any line, is asked for.",
    )
    comment_above_percent = forms.DecimalField(
        label="Or this share of the annual budget, %",
        min_value=0,
        max_value=999,
        decimal_places=2,
        error_messages={"invalid": "Type a percentage in figures, such as 5."},
    )
    walls = forms.MultipleChoiceField(
        label="What stops a partner from handing in until the figures are changed",
        help_text="What is not ticked is asked, and a comment answers it. A missing figure always stops.",
        required=False,
        choices=[(ask.value, WALL_WORDS[ask]) for ask in MAY_BE_WALLS],
        widget=forms.CheckboxSelectMultiple,
    )
    due_working_days = forms.IntegerField(
        label="Figures are due on this working day after the month’s end",
        min_value=1,
        max_value=20,
    )
    board_above = NotNegative(label="Virement that needs a board, £")
    across_partners = forms.BooleanField(
        label="The agreement lets budget move between partners", required=False
    )

    def values(self) -> dict[str, Any]:
        """What the service keeps."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def initial_of(rules: FinanceRules) -> dict[str, Any]:
    said = {name: getattr(rules, name) for name in FIELDS}
    return said | {"version": rules.version if rules.pk else 0}


class LockDateForm(VersionForm):
    """From which day on finance leads no longer enter."""

    locks_on = BritishDateField(
        label="Closes to finance leads on",
        help_text="From this day on. 10 February 2020, or 10/2/2020.",
    )


class LetInForm(forms.Form):
    """A person, until a day, and why."""

    user = forms.ModelChoiceField(
        queryset=User.objects.none(), label="Finance lead", empty_label="Choose a person"
    )
    until = BritishDateField(label="Until the end of")
    reason = NarrativeField(label="Why", max_length=300)

    def __init__(self, *args: Any, place: Place, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = enterers_in(place=place, on=on)  # type: ignore[attr-defined]


class BasisForm(VersionForm):
    """The note of one partner."""

    text = NarrativeField(label="On what basis the figures are prepared", max_length=2000)
