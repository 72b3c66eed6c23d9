"""What a reader or the office types into the pages of reports."""

from typing import Any

from django import forms

from boards.models import ReportKind, ReportState
from boards.rules.narrow import choices
from boards.rules.printed import Content

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
