"""The one place where what a person types of a status is read and checked: for the pages and the API."""

from collections.abc import Iterable, Mapping
from functools import partial as with_first
from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from icp.common.forms import BritishDateField, NarrativeField, PercentField
from programmes.models import Board, Place, PlanItem, Post, Rag, Status
from programmes.selectors.posts import titles_by_key
from programmes.services.statuses import FIELDS

# The design system's class for each kind of box.
CLASSES: dict[type[forms.Widget], str] = {
    forms.TextInput: "nhsuk-input",
    forms.NumberInput: "nhsuk-input",
    forms.Select: "nhsuk-select",
    forms.Textarea: "nhsuk-textarea",
    forms.CheckboxInput: "upd-check",
    forms.HiddenInput: "",
}
ATTRIBUTES = {
    "percent_complete": {"inputmode": "numeric", "autocomplete": "off"},
    "forecast_finish": {"autocomplete": "off"},
    "actual_finish": {"autocomplete": "off"},
    "reason": {"rows": 3},
    "get_to_green": {"rows": 3},
    "decision_needed": {"rows": 2},
    "need_to_know_note": {"rows": 2},
    "correction_note": {"rows": 2},
}


# What can only be read of a row that is known: its place has the boards, its closed returns are corrected.
OF_A_PLACE = ("decision_from", "decision_needed", "correction_note")


def decision_boards(*, place: Place) -> list[Board]:
    """The boards of a place that a lead may ask for a decision, in its order. One query."""
    return list(
        Board.objects.filter(place=place, takes_decisions=True).order_by("order", "name", "pk")
    )


class StatusForm(forms.Form):
    """A row's status as typed.

    ``boards`` are those that may be asked to decide (:func:`decision_boards`), named by their short name.
    ``status`` is what is stored, ``last`` what was last said before it. With ``partial`` only the fields that
    ``data`` names are read and the rest stay as stored: the API's PATCH. ``values()`` is for ``record_status``.
    """

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    rag = forms.ChoiceField(
        label="RAG",
        required=False,
        choices=[("", "Choose"), *Rag.choices()],
        error_messages={"invalid_choice": "Choose a RAG from the list."},
    )
    percent_complete = PercentField(widget=forms.TextInput, label="% done", required=False)
    forecast_finish = BritishDateField(label="Forecast finish", required=False)
    actual_finish = BritishDateField(label="Actual finish", required=False)
    reason = NarrativeField(label="Reason", required=False)
    get_to_green = NarrativeField(label="Get to green", required=False)
    decision_from = forms.TypedChoiceField(
        label="Decision needed from",
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a board of this place that takes decisions."},
    )
    decision_needed = NarrativeField(label="What it is asked to decide", required=False)
    need_to_know = forms.BooleanField(label="The board needs to know of this", required=False)
    need_to_know_note = NarrativeField(label="What the board needs to know", required=False)
    correction_note = NarrativeField(label="What this corrects in an earlier month", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        boards: Iterable[Board],
        status: Status | None = None,
        last: Status | None = None,
        partial: bool = False,
        prefix: str | None = None,
    ) -> None:
        self.status, self.last = status, last
        # What is wrong with fields that others need and that were not sent.
        self._unsent: dict[str, list[str]] = {}
        super().__init__(data, prefix=prefix, initial=_as_typed(status or Status()))
        self.use_required_attribute = False
        by_name = {board.short_name: board for board in boards}
        if status and status.decision_from:
            # A board that no longer takes decisions stays where it was asked.
            by_name.setdefault(status.decision_from.short_name, status.decision_from)
        self.fields["decision_from"].choices = [  # type: ignore[attr-defined]
            ("", "No decision needed"),
            *((name, name) for name in by_name),
        ]
        for name, shown in self.fields.items():
            shown.widget.attrs["class"] = CLASSES[type(shown.widget)]
            shown.widget.attrs.update(ATTRIBUTES.get(name, {}))
        self.fields["decision_from"].coerce = with_first(_named, by_name)  # type: ignore[attr-defined]
        if partial:
            for name in set(self.fields) - set(data or {}):
                del self.fields[name]
        self._name_the_corrected_month()

    @classmethod
    def from_api(
        cls,
        data: Mapping[str, Any],
        *,
        place: Place | None,
        status: Status | None = None,
        last: Status | None = None,
    ) -> Self:
        """A partial update: only the fields that ``data`` names, None meaning empty.

        Where the row is not known there is no ``place``, and what depends on it is not read.
        """
        return cls(
            {
                name: "" if value is None else value
                for name, value in data.items()
                if place or name not in OF_A_PLACE
            },
            boards=decision_boards(place=place) if place else [],
            status=status,
            last=last,
            partial=True,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._now("decision_needed") and not self._now("decision_from"):
            self._refuse("decision_from", "Choose the board that is asked to decide.")
        if cleaned.get("correction_note") and not self._correctable():
            self._refuse("correction_note", "There is no closed return of this row to correct.")
        return cleaned

    def said(self) -> dict[str, list[str]]:
        """What is wrong, by field: also of a field that was not sent, where another needs it."""
        found = {name: [str(one) for one in errors] for name, errors in self.errors.items()}
        found.pop(NON_FIELD_ERRORS, None)
        return found | self._unsent

    def values(self) -> dict[str, Any]:
        """What to store, by field, for ``services.record_status``. Only of a valid form."""
        found = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if "rag" in found:
            found["rag"] = found["rag"] or None
        if "correction_note" in self.cleaned_data:
            note = self.cleaned_data["correction_note"]
            found["correction_note"] = note
            found["corrects"] = self._corrected() if note else None
        return found

    @property
    def expected_version(self) -> int:
        """The version the person was looking at; 0 where there was no status."""
        return self.cleaned_data.get("version") or 0

    def _now(self, name: str) -> Any:
        """What the field will hold: as typed, else as stored."""
        if name in self.fields:
            return self.cleaned_data.get(name)
        return getattr(self.status, name, None)

    def _refuse(self, name: str, sentence: str) -> None:
        if name not in self.fields:
            self._unsent[name] = [sentence]
            self.add_error(None, sentence)
        elif name not in self.errors:
            self.add_error(name, sentence)

    def _name_the_corrected_month(self) -> None:
        field = self.fields.get("correction_note")
        corrected = self._corrected() if field else None
        if field and corrected:
            field.label = f"What this corrects in {corrected.period.name}’s return"

    def _corrected(self) -> Status | None:
        # What was once said to be corrected stays so while its words are edited.
        return (self.status and self.status.corrects) or self.last

    def _correctable(self) -> bool:
        corrected = self._corrected()
        return corrected is not None and corrected.period.is_frozen


def _named(boards: Mapping[str, Board], name: str) -> Board:
    if name not in boards:
        raise ValueError(name)
    return boards[name]


def _as_typed(status: Status) -> dict[str, Any]:
    known = {name: getattr(status, name) for name in (*FIELDS, "correction_note")}
    board = known["decision_from"]
    return {
        **known,
        "rag": status.rag or "",
        "decision_from": board.short_name if board else "",
        "version": status.version if status.pk else 0,
    }


class AnswerForm(forms.Form):
    """What a lead answers to the question that a return was sent back with. ``seen`` is the answer it showed."""

    answer = NarrativeField(required=False)
    seen = NarrativeField(required=False)


class OwnerForm(forms.Form):
    """The post that owns a row. ``seen`` is the key of the one it showed, 0 for nobody."""

    owner = forms.TypedChoiceField(
        label="Owner",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a post of this place."},
    )
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        place: Place,
        row: PlanItem | None = None,
        wanted: Post | None = None,
    ) -> None:
        """``wanted`` is what the person chose, where that is not what ``row`` holds."""
        shown = row.owner_id if row else None
        chosen = wanted.pk if wanted else shown
        super().__init__(data, initial={"owner": chosen, "seen": shown or 0})
        self.fields["owner"].choices = [("", "Nobody"), *titles_by_key(place=place)]  # type: ignore[attr-defined]

    def chosen(self) -> Post | None:
        """The post chosen. Only of a valid form; one query."""
        key = self.cleaned_data["owner"]
        return Post.objects.get(pk=key) if key else None
