"""Forms: the one place where what people type is checked, for the pages and the API alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from django import forms

from icp.common.words import NotADate, british_date, parse_british_date
from programmes.models import Board, Place, Status
from programmes.rules.rag import Rag

TEXT_LIMIT = 4000


class BritishDateField(forms.CharField):
    """A date in any usual British form, or ISO; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return british_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_british_date(text)
        except NotADate as problem:
            raise forms.ValidationError(str(problem)) from None


class LongText(forms.CharField):
    """Several lines of plain text, up to 4,000 characters."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(
            **{"max_length": TEXT_LIMIT, "required": False, "widget": widget, **kwargs}
        )


class StatusForm(forms.Form):
    """What a lead says of one row. ``version`` is the one they were looking at (0: none yet).

    Incomplete is allowed here: rows are saved as they go, and judged when the return is submitted
    (``programmes.rules.submission``).
    """

    rag = forms.ChoiceField(label="RAG", required=False, choices=[("", "Choose"), *Rag.choices()])
    percent_complete = forms.IntegerField(
        label="% complete", required=False, min_value=0, max_value=100
    )
    forecast_finish = BritishDateField(label="Forecast finish")
    actual_finish = BritishDateField(label="Actual finish")
    reason = LongText(label="Reason")
    get_to_green = LongText(label="Get to green")
    decision_from = forms.ChoiceField(label="Decision needed from", required=False)
    decision_needed = LongText(label="What is to be decided", rows=2)
    need_to_know = forms.BooleanField(label="The board needs to know this", required=False)
    need_to_know_note = LongText(label="What it needs to know", rows=2)
    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        boards: Sequence[Board],
        status: Status | None = None,
        only: Sequence[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``boards`` are those of the place that take decisions; ``only`` names the fields of a partial update."""
        super().__init__(data, initial=self.initial_of(status), **kwargs)
        self.boards = {board.short_name: board for board in boards}
        self.fields["decision_from"].choices = [  # type: ignore[attr-defined]
            ("", "No decision needed"),
            *((name, name) for name in self.boards),
        ]
        if only is not None:
            for name in set(self.fields) - set(only):
                del self.fields[name]

    @classmethod
    def from_api(cls, data: Mapping[str, Any], *, place: Place) -> Self:
        """A partial update: only the fields that ``data`` names, None meaning empty."""
        return cls(
            {name: "" if value is None else value for name, value in data.items()},
            boards=decision_boards(place=place),
            only=list(data),
        )

    @staticmethod
    def initial_of(status: Status | None) -> dict[str, Any]:
        if status is None:
            return {"version": 0}
        return {
            "rag": status.rag or "",
            "percent_complete": status.percent_complete,
            "forecast_finish": status.forecast_finish,
            "actual_finish": status.actual_finish,
            "reason": status.reason,
            "get_to_green": status.get_to_green,
            "decision_from": status.decision_from.short_name if status.decision_from else "",
            "decision_needed": status.decision_needed,
            "need_to_know": status.need_to_know,
            "need_to_know_note": status.need_to_know_note,
            "version": status.version,
        }

    def clean_rag(self) -> Rag | None:
        return Rag(self.cleaned_data["rag"]) if self.cleaned_data["rag"] else None

    def clean_decision_from(self) -> Board | None:
        return self.boards.get(self.cleaned_data["decision_from"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision_needed") and "decision_from" in self.fields:
            if cleaned.get("decision_from") is None and "decision_from" not in self.errors:
                self.add_error("decision_from", "Choose the board that is to decide.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The cleaned fields, ready for ``services.record_status``. Call after ``is_valid``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def decision_boards(*, place: Place) -> list[Board]:
    """The boards of a place that a lead may ask for a decision. One query."""
    return list(Board.objects.filter(place=place, takes_decisions=True).order_by("order", "pk"))
