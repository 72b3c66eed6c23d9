"""What is asked when a row of a plan is put somewhere, removed or split."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from icp.common.forms import NarrativeField
from programmes.edit_forms import TBC, WHEN, DateOrTbcField, as_typed
from programmes.models import PlanItem, Programme
from programmes.rules.row_dates import CannotTell, RowDates, filled_in
from programmes.services.editing import dates_of, values_of
from programmes.services.rows import NewRow


class PlaceForm(forms.Form):
    """Where a row goes: the number of the heading it comes under, and whether it is the first there or the last."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, headings: list[tuple[str, str]], **more: Any
    ) -> None:
        """``headings`` are the rows it may stand under: number and name."""
        super().__init__(data, **more)
        self.fields["under"] = forms.ChoiceField(
            label="Under which heading",
            required=False,
            choices=[("", "None: at the top level"), *headings],
            error_messages={"invalid_choice": "Choose a heading of this plan."},
        )
        self.fields["where"] = forms.ChoiceField(
            label="Where under it",
            required=False,
            choices=[("last", "As the last row"), ("first", "As the first row")],
            initial="last",
            widget=forms.RadioSelect,
        )

    def heading(self, programme: Programme) -> PlanItem | None:
        """The heading chosen; None at the top. Only of a valid form."""
        number = self.cleaned_data["under"]
        return PlanItem.objects.get(programme=programme, plan_id=number) if number else None

    def row_before(
        self, programme: Programme, heading: PlanItem | None, *, without: PlanItem | None = None
    ) -> PlanItem | None:
        """The last row under the heading, but for the row itself; None where that shall be the first.

        Only of a valid form.
        """
        if self.cleaned_data["where"] == "first":
            return None
        rows = PlanItem.objects.present().filter(programme=programme, parent=heading)
        if without:
            rows = rows.exclude(pk=without.pk)
        return rows.order_by("-position").first()


class MoveForm(PlaceForm):
    """Where a row that is in the plan goes, as it was looked at."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class NewNumberForm(forms.Form):
    """The number of a new row, proposed and still one's own to choose."""

    plan_id = forms.RegexField(
        r"\A[0-9A-Za-z.-]{1,20}\Z",
        label="Number",
        max_length=20,
        help_text="People will quote it. It never changes, and is never used again",
        error_messages={"invalid": "Use up to 20 letters, digits, full stops and hyphens."},
    )


class RemoveForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    because = NarrativeField(
        label="Why is it removed?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The row stays in the history, with this reason",
    )


class SplitForm(forms.Form):
    """What remains of a row, and the new row that comes after it."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    first_name = forms.CharField(label="What remains of it", max_length=500)
    first_finish = DateOrTbcField(label="It finishes", required=False, help_text=WHEN)
    plan_id = forms.RegexField(
        NewNumberForm.base_fields["plan_id"].regex,  # type: ignore[attr-defined]
        label="Number of the new row",
        max_length=20,
        error_messages={"invalid": "Use up to 20 letters, digits, full stops and hyphens."},
    )
    second_name = forms.CharField(label="What the new row is", max_length=500)
    second_start = DateOrTbcField(label="It starts", required=False, help_text=WHEN)
    second_finish = DateOrTbcField(label="It finishes", required=False, help_text=WHEN)
    because = NarrativeField(
        label="Why", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        item: PlanItem,
        number: str,
        holidays: frozenset[date],
    ) -> None:
        self.item, self.holidays = item, holidays
        held = as_typed(dates_of(item))
        initial = {
            "version": item.version,
            "first_name": item.name,
            "first_finish": held["finish"],
            "plan_id": number,
            "second_finish": held["finish"],
        }
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        before = dates_of(self.item)
        first = (before.start or (TBC if before.start_tbc else None), cleaned.get("first_finish"))
        second = (cleaned.get("second_start"), cleaned.get("second_finish"))
        self.first = self._dates("first_finish", *first, before)
        self.second = self._dates("second_finish", *second, RowDates())
        return cleaned

    def _dates(self, field: str, start: Any, finish: Any, before: RowDates) -> RowDates | None:
        typed = RowDates(
            start=start if isinstance(start, date) else None,
            start_tbc=start == TBC,
            finish=finish if isinstance(finish, date) else None,
            finish_tbc=finish == TBC,
            duration=before.duration,
        )
        try:
            return filled_in(typed, before=before, kind=self.item.kind, holidays=self.holidays)
        except CannotTell as problem:
            self.add_error(field, str(problem))
            return None

    def first_values(self) -> dict[str, Any]:
        """What the row says from now on. Only of a valid form."""
        assert self.first is not None
        return {"name": self.cleaned_data["first_name"], **values_of(self.first)}

    def second_row(self, *, today: date) -> NewRow:
        """The new row. Only of a valid form."""
        assert self.second is not None
        return NewRow(
            name=self.cleaned_data["second_name"],
            plan_id=self.cleaned_data["plan_id"],
            kind=self.item.kind,
            owner=self.item.owner,
            split_from=self.item,
            tbc_since=today if self.second.is_awaited else None,
            **values_of(self.second),
        )
