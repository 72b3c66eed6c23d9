"""Choosing two states of a plan and what to see of their difference. All of it is part of the address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from icp.audit.moments import NotAMoment, read_moment
from programmes.as_at_form import MomentBox
from programmes.models import Place, Programme
from programmes.rules.compare import ChangeOf
from programmes.selectors.compare import Comparison
from programmes.selectors.compare_sql import AGREED, EXPECTED
from programmes.selectors.points import FIRST, NOW, Point, point_at, points_of

DATES = [(EXPECTED, "Expected: the forecast, else the agreed"), (AGREED, "Agreed dates only")]
KINDS = [(kind.value, kind.label) for kind in ChangeOf]
LONGEST = 80


class CompareForm(forms.Form):
    """``before`` and ``after`` are states to choose from; a day and time beside them counts instead.

    Whatever the address does not say is the usual: from the last period's end, or the first plan, to now.
    """

    programme = forms.ChoiceField(required=False)
    before = forms.ChoiceField(label="From")
    before_at = forms.CharField(
        label="Or from a day and time", max_length=LONGEST, required=False, widget=MomentBox
    )
    after = forms.ChoiceField(label="To")
    after_at = forms.CharField(
        label="Or to a day and time", max_length=LONGEST, required=False, widget=MomentBox
    )
    dates = forms.ChoiceField(label="Dates compared", choices=DATES)
    kind = forms.ChoiceField(
        label="Kind of change", choices=[("", "Any change"), *KINDS], required=False
    )
    every = forms.BooleanField(label="Unchanged rows too", required=False)

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        place: Place,
        programmes: list[Programme],
        now: datetime,
    ) -> None:
        self.programmes = {one.code: one for one in programmes}
        self.now = now
        programme = self.programmes.get(str(asked.get("programme", "")))
        points = points_of(place=place, programme=programme, today=timezone.localtime(now).date())
        self.points = {point.token: point for point in points}
        super().__init__({**self._usual(), **{name: asked[name] for name in asked}})
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", "All programmes"),
            *((one.code, one.name) for one in programmes),
        ]
        for name in ("before", "after"):
            choices = [(point.token, point.words) for point in points]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _usual(self) -> dict[str, str]:
        period = next((token for token in self.points if token.startswith("period-")), None)
        before = period or (FIRST if FIRST in self.points else NOW)
        return {"before": before, "after": NOW, "dates": EXPECTED}

    def clean_before_at(self) -> Point | None:
        return self._moment("before_at")

    def clean_after_at(self) -> Point | None:
        return self._moment("after_at")

    def _moment(self, name: str) -> Point | None:
        text = self.cleaned_data[name].strip()
        try:
            return point_at(read_moment(text, now=self.now)) if text else None
        except NotAMoment as problem:
            raise forms.ValidationError(str(problem)) from None

    def comparison(self) -> Comparison:
        """What was asked for; only once the form is valid."""
        given = self.cleaned_data
        one = self.programmes.get(given["programme"])
        return Comparison(
            programmes=tuple(
                programme.pk for programme in ([one] if one else self.programmes.values())
            ),
            before=given["before_at"] or self.points[given["before"]],
            after=given["after_at"] or self.points[given["after"]],
            dates=given["dates"],
            kind=ChangeOf(given["kind"]) if given["kind"] else None,
            unchanged=given["every"],
        )

    @property
    def one_programme(self) -> Programme | None:
        """The one programme that was asked for."""
        return self.programmes.get(self.cleaned_data["programme"]) if self.is_valid() else None

    def chosen(self) -> list[dict[str, str]]:
        """What narrows the list, in words, each with the name of its parameter."""
        if not self.is_valid():
            return []
        given = self.cleaned_data
        words = {
            "programme": self.one_programme and f"Programme: {self.one_programme.name}",
            "dates": given["dates"] == AGREED and dict(DATES)[AGREED],
            "kind": given["kind"] and f"Kind of change: {ChangeOf(given['kind']).label}",
            "every": given["every"] and "Unchanged rows too",
        }
        return [{"name": name, "text": str(text)} for name, text in words.items() if text]
