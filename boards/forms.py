"""What a reader or the office types into the pages of reports."""

from typing import Any

from django import forms

from boards.models import ReportKind, ReportState
from boards.rules.kept import Kept, Outcome
from boards.rules.narrow import choices
from boards.rules.printed import Content
from boards.selectors.kept import Month
from programmes.models import Programme

LONGEST_NARRATIVE = 20_000


class NarrowForm(forms.Form):
    """The report for one programme, one SRO or one board, by address."""

    programme = forms.ChoiceField(required=False)
    sro = forms.ChoiceField(required=False, label="SRO or chair")
    board = forms.ChoiceField(required=False, label="Board that is to decide")

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = choices(content)
        programmes = [(p["code"], f"{p['name']} ({p['code']})") for p in content["programmes"]]
        self.fields["programme"].choices = [("", "All programmes"), *programmes]  # type: ignore[attr-defined]
        self.fields["sro"].choices = [("", "All SROs"), *((s, s) for s in known["sros"])]  # type: ignore[attr-defined]
        self.fields["board"].choices = [("", "All boards"), *((b, b) for b in known["boards"])]  # type: ignore[attr-defined]
        if not known["boards"]:
            del self.fields["board"]


class ListForm(forms.Form):
    """Which reports the list shows."""

    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *ReportKind.choices])
    state = forms.ChoiceField(required=False, choices=[("", "All states"), *ReportState.choices])

    def __init__(self, *args: Any, office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not office:
            del self.fields["state"]


class NarrativeForm(forms.Form):
    """The office's words at the head of a draft. ``version`` is what the writer was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    narrative = forms.CharField(
        required=False,
        max_length=LONGEST_NARRATIVE,
        help_text=(
            "What the boards should take from this month: what changed, what was agreed, what is asked "
            "of them. Leave an empty line between paragraphs."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class KeptForm(forms.Form):
    """Which month, and which of its rows."""

    month = forms.ChoiceField(required=False)
    programme = forms.ChoiceField(required=False)
    outcome = forms.ChoiceField(
        required=False, choices=[("", "Any"), *((one.value, one.label) for one in Outcome)]
    )

    def __init__(self, *args: Any, months: list[Month], programmes: list[Programme]) -> None:
        super().__init__(*args)
        self.months = {month.span.key: month for month in months}
        self._offer("month", [(key, month.span.name) for key, month in self.months.items()])
        named = [(one.code, one.name) for one in programmes]
        self._offer("programme", [("", "All programmes"), *named])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def month_asked(self) -> Month | None:
        """The month that was asked for, else the newest."""
        key = self.cleaned_data["month"] if self.is_valid() else ""
        return self.months.get(key) or next(iter(self.months.values()), None)

    def of_programme(self) -> list[Kept]:
        month = self.month_asked
        if month is None or not self.is_valid():
            return []
        code = self.cleaned_data["programme"]
        return [one for one in month.kept if not code or one.promise.programme == code]

    def rows(self) -> list[Kept]:
        """What was missed first, then in the order of the look-ahead."""
        wanted = self.cleaned_data["outcome"] if self.is_valid() else ""
        order = list(Outcome)
        found = [one for one in self.of_programme() if not wanted or one.outcome == wanted]
        return sorted(found, key=lambda one: order.index(one.outcome))

    def chosen(self) -> list[dict[str, str]]:
        if not self.is_valid():
            return []
        return [
            {"name": name, "text": f"{name.capitalize()}: {label}"}
            for name, value in self.cleaned_data.items()
            if value and (label := dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]
        ]
