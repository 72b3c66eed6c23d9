"""What is typed of actions, controls and links."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from icp.common.forms import BritishDateField, NarrativeField, PercentField
from icp.common.words import short_date
from programmes.access import Roles, items_of
from programmes.models import ChangeRequest, Organisation, Place, PlanItem, Post, Programme
from risks.lines_of_money import lines_of_money
from risks.models import ControlLine, Mitigation


class MitigationForm(forms.Form):
    """An action: ``mitigation`` as stored, None for a new one."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    what = NarrativeField(label="What is done", max_length=2000)
    owner = forms.TypedChoiceField(label="Owner", required=False, coerce=int, empty_value=None)
    due_on = BritishDateField(label="Due", required=False)
    percent = PercentField(label="How far it has come, %", required=False)
    progress = NarrativeField(label="Progress in words", max_length=2000, required=False)
    effect = forms.CharField(
        label="Expected effect",
        max_length=300,
        required=False,
        help_text="What it is expected to do to likelihood or impact",
    )
    done = forms.BooleanField(label="It is done", required=False)

    def __init__(
        self, data: Any = None, *, posts: Mapping[int, Post], mitigation: Mitigation | None = None
    ) -> None:
        super().__init__(data, initial=initial_of(mitigation) if mitigation else {"percent": 0})
        self.posts = posts
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "Nobody"),
            *((pk, one.title) for pk, one in posts.items()),
        ]
        for name in ("what", "progress"):
            self.fields[name].widget.attrs["rows"] = 2

    def values(self) -> dict[str, Any]:
        """What to store, without the day it was done. Only of a valid form."""
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in ("what", "due_on", "progress", "effect")},
            "percent": cleaned["percent"] or 0,
            "owner": self.posts[cleaned["owner"]] if cleaned["owner"] else None,
        }


def initial_of(found: Mitigation) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in ("version", "what", "percent", "progress")},
        "effect": found.effect,
        "owner": found.owner_id,
        "due_on": short_date(found.due_on) if found.due_on else "",
        "done": found.done_on is not None,
    }


class ControlForm(forms.Form):
    """A control, or a line of assurance."""

    line = forms.ChoiceField(label="Kind", choices=ControlLine.choices)
    what = NarrativeField(label="What it is", max_length=2000)
    gap = NarrativeField(label="What is missing of it", max_length=2000, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("what", "gap"):
            self.fields[name].widget.attrs["rows"] = 2


# What a link is tied to, besides a plan's row and a line of the money.
LINKED = ("change", "organisation", "workstream", "indicator", "indicator_set", "words")


class LinkForm(forms.Form):
    """One thing that a risk hangs together with."""

    row = forms.CharField(
        label="A row of a plan", max_length=40, required=False, help_text="Its number: IT 11"
    )
    change = forms.IntegerField(
        label="A change request", min_value=1, max_value=2**31 - 1, required=False
    )
    line = forms.TypedChoiceField(
        label="A line of the money", required=False, coerce=int, empty_value=None
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Or all the money of a partner",
        required=False,
        empty_label="None",
    )
    workstream = forms.ModelChoiceField(
        queryset=Programme.objects.none(),
        label="of the workstream",
        required=False,
        empty_label="Every workstream",
    )
    indicator = forms.CharField(
        label="An indicator",
        max_length=200,
        required=False,
        help_text="By its name: Delayed transfers of care",
    )
    indicator_set = forms.CharField(
        label="of the set or source",
        max_length=100,
        required=False,
        help_text="As in BCF metrics",
    )
    words = forms.CharField(label="Anything else, or more about it", max_length=200, required=False)

    def __init__(self, data: Any = None, *, place: Place, roles: Roles, on: date) -> None:
        super().__init__(data)
        self.place, self.roles = place, roles
        self.lines = {one.key: one for one in lines_of_money(place=place, roles=roles, on=on)}
        offered = [("", "None"), *((key, one.words) for key, one in self.lines.items())]
        self.fields["line"].choices = offered  # type: ignore[attr-defined]
        if not self.lines:
            # Who does not read the money is not told which lines it has.
            del self.fields["line"]
        partners = Organisation.objects.filter(place=place).order_by("name")
        programmes = Programme.objects.filter(place=place).in_order()
        self.fields["organisation"].queryset = partners  # type: ignore[attr-defined]
        self.fields["workstream"].queryset = programmes  # type: ignore[attr-defined]

    def clean_row(self) -> PlanItem | None:
        text = self.cleaned_data["row"].strip()
        if not text:
            return None
        rows = items_of(place=self.place, roles=self.roles).select_related("programme")
        found: PlanItem | None = rows.numbered(text).first()
        if found is None:
            raise forms.ValidationError(f"No plan of this place has a row {text}.")
        return found

    def clean_change(self) -> ChangeRequest | None:
        number = self.cleaned_data["change"]
        if number is None:
            return None
        found = ChangeRequest.objects.filter(place=self.place, number=number).first()
        if found is None:
            raise forms.ValidationError(f"There is no change request {number} in this place.")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("line") and (cleaned.get("organisation") or cleaned.get("workstream")):
            self.add_error("line", "Choose a line, or a partner and a workstream: not both.")
        if cleaned.get("indicator_set") and not cleaned.get("indicator"):
            self.add_error("indicator", "Name the indicator of this set.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What to tie it to. Only of a valid form."""
        cleaned = self.cleaned_data
        return {
            "item": cleaned["row"],
            **{name: cleaned[name] for name in LINKED},
            **self._line(),
        }

    def _line(self) -> dict[str, Any]:
        key = self.cleaned_data.get("line")
        if not key:
            return {}
        partner, fund, workstream, name = self.lines[key].identity
        return {
            "organisation": Organisation.objects.get(pk=partner),
            "fund": fund,
            "workstream": Programme.objects.get(pk=workstream) if workstream else None,
            "line_name": name,
        }
