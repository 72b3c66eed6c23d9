"""Choosing the moment at which a row is read: ``?as-at=2020-02-03T14:00``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from icp.audit.moments import NotAMoment, read_moment


class MomentBox(forms.TextInput):
    """One box with the browser's own calendar and clock; words do where it has none."""

    input_type = "datetime-local"


class AsAtForm(forms.Form):
    """A moment up to ``now``, by the portal's clock, at which ``what`` is read."""

    prefix = "as"  # Its field is "as-at" in the address.

    at = forms.CharField(
        max_length=80,
        widget=MomentBox,
        error_messages={"required": "Choose a day and a time."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, now: datetime, what: str = "row"
    ) -> None:
        stands_at = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
        super().__init__(data, initial={"at": stands_at})
        self.now = now
        self.fields["at"].label = f"Show this {what} as it stood on this day, at this time"
        self.fields["at"].widget.attrs["max"] = stands_at

    def clean_at(self) -> datetime:
        try:
            return read_moment(self.cleaned_data["at"], now=self.now)
        except NotAMoment as problem:
            raise forms.ValidationError(str(problem)) from None

    @property
    def moment(self) -> datetime:
        """The moment that was chosen; only once the form is valid."""
        found: datetime = self.cleaned_data["at"]
        return found
