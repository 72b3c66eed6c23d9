"""The one place where what a person types of a plan's row is read and checked: for the pages and the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from icp.common.forms import BritishDateField, NarrativeField
from icp.common.words import short_date
from programmes.models import Board, ItemKind, Level, Place, PlanItem, Post
from programmes.rules.durations import UnknownDuration, read_duration
from programmes.rules.row_dates import CannotTell, RowDates, filled_in
from programmes.selectors.posts import titles_by_key
from programmes.services.editing import dates_of, values_of
from programmes.services.rows import NewRow

TBC = "tbc"
WHEN = "For example 28 Feb 20 or 28/2/2020, or tbc while it is awaited"


class DateOrTbcField(BritishDateField):
    """A date in any usual British form, or *tbc*: then :data:`TBC`. Nothing typed is None."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip().casefold().rstrip(".") == TBC:
            return TBC
        return super().to_python(value)


class DurationField(forms.CharField):
    """43 days, 43, 43 days? (an estimate) or tbc, as a ``DeclaredDuration``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)
        self.text_validators, self.validators = self.validators, []

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").lower()
        for check in self.text_validators:
            check(text)
        number, mark = text.rstrip("? "), "?" if text.endswith("?") else ""
        if number.isascii() and number.isdigit():
            text = f"{int(number[:7])} {'day' if int(number[:7]) == 1 else 'days'}{mark}"
        try:
            return read_duration(text)
        except UnknownDuration as problem:
            raise ValidationError(str(problem)) from None


@dataclass(frozen=True)
class Choices:
    """What the selects of a place's rows offer. Two queries."""

    posts: list[tuple[int, str]]
    boards: list[Board]

    @classmethod
    def of(cls, place: Place) -> "Choices":
        boards = Board.objects.filter(place=place).order_by("order", "name", "pk")
        return cls(titles_by_key(place=place), list(boards))


def post_field(label: str, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a post of this place."},
        **kwargs,
    )


class DatesForm(forms.Form):
    """When a row starts and finishes and how long it takes: each gives the other."""

    start = DateOrTbcField(label="Start", required=False, help_text=WHEN)
    finish = DateOrTbcField(
        label="Finish",
        required=False,
        help_text="Leave it empty and give a duration to have it worked out",
    )
    duration = DurationField(
        label="Duration in working days",
        help_text="For example 43, or 43 days? for an estimate. New dates work it out",
    )

    def dates(self, kind: str, *, before: RowDates, holidays: frozenset[date]) -> RowDates | None:
        """What was typed with what follows from it; None where it is refused, at its field."""
        cleaned = self.cleaned_data
        if not {"start", "finish", "duration"} <= cleaned.keys():
            return None
        typed = RowDates(
            start=None if cleaned["start"] == TBC else cleaned["start"],
            start_tbc=cleaned["start"] == TBC,
            finish=None if cleaned["finish"] == TBC else cleaned["finish"],
            finish_tbc=cleaned["finish"] == TBC,
            duration=cleaned["duration"],
        )
        try:
            return filled_in(typed, before=before, kind=kind, holidays=holidays)
        except CannotTell as problem:
            self.add_error(problem.field, str(problem))
            return None


def unsaid_supplier(said: Mapping[str, Any]) -> dict[str, str]:
    """What a date that is to be confirmed has to come with and does not, each with what to do: who supplies it, by when
    (domain section 2).
    """
    demanded = {
        "tbc_from": "Say who will supply the date that is to be confirmed.",
        "tbc_by": "Say by when the date will be supplied.",
    }
    return {name: sentence for name, sentence in demanded.items() if not said.get(name)}


def demand_supplier(form: forms.Form, cleaned: Mapping[str, Any]) -> None:
    """Refuse what is :func:`unsaid_supplier`."""
    for name, sentence in unsaid_supplier(cleaned).items():
        if name not in form.errors:
            form.add_error(name, sentence)


def offer_posts(form: forms.Form, posts: Iterable[tuple[int, str]], *names: str) -> None:
    """Have these fields of a form offer the posts of a place, and nobody."""
    choices = [("", "Nobody"), *posts]
    for name in names:
        form.fields[name].choices = choices  # type: ignore[attr-defined]


def as_typed(dates: RowDates) -> dict[str, str]:
    """As the boxes of a form show them."""
    return {
        "start": TBC if dates.start_tbc else short_date(dates.start) if dates.start else "",
        "finish": TBC if dates.finish_tbc else short_date(dates.finish) if dates.finish else "",
        "duration": dates.duration.text,
    }


class RowForm(DatesForm):
    """All that is written of a row. ``item`` is the row as stored, None for a new one."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    name = forms.CharField(label="What it is", max_length=500)
    kind = forms.ChoiceField(label="Kind", choices=ItemKind.choices)
    tbc_from = post_field("Who will supply a date that is tbc")
    tbc_by = BritishDateField(label="By when they will supply it", required=False)
    owner = post_field("Owner")
    notes = NarrativeField(label="Notes", required=False)
    is_placeholder = forms.BooleanField(
        label="A placeholder: it stands for rows still to come", required=False
    )
    tolerance_months = forms.IntegerField(
        label="Tolerance in months",
        min_value=0,
        max_value=24,
        required=False,
        help_text="Only where this row’s is tighter than its programme’s.",
    )
    level = forms.ChoiceField(label="Shown to", choices=Level.choices)
    boards = forms.MultipleChoiceField(
        label="Boards it goes to",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose boards of this place."},
    )
    because = NarrativeField(
        label="Why", max_length=1000, required=False, help_text="Kept with the history of the row"
    )

    field_order = ("name", "kind", "start", "finish", "duration", "tbc_from", "tbc_by", "owner")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Choices,
        holidays: frozenset[date],
        item: PlanItem | None = None,
    ) -> None:
        self.item, self.holidays = item, holidays
        self.found: RowDates | None = None
        super().__init__(data, initial=initial_of(item) if item else {"kind": ItemKind.TASK})
        offer_posts(self, choices.posts, "owner", "tbc_from")
        self.by_key = {str(board.pk): board for board in choices.boards}
        self.fields["boards"].choices = [  # type: ignore[attr-defined]
            (key, board.name) for key, board in self.by_key.items()
        ]
        for name, rows in (("notes", 3), ("because", 2)):
            self.fields[name].widget.attrs["rows"] = rows
        if item is None:
            # What is asked for as a new row says what it is; how closely it is watched is said of a row.
            del self.fields["tolerance_months"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        before = dates_of(self.item) if self.item else RowDates()
        self.found = self.dates(cleaned.get("kind", ""), before=before, holidays=self.holidays)
        if self.found and self.found.is_awaited and not before.is_awaited:
            demand_supplier(self, cleaned)
        without = "boards" not in self.errors and not cleaned.get("boards")
        if cleaned.get("level") == Level.BOARD and without:
            self.add_error("boards", "Tick the boards that the row is shown to.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What to store, by field of the row. Only of a valid form; two queries at most."""
        assert self.found is not None
        cleaned = self.cleaned_data
        return {
            **{
                name: cleaned[name] for name in ("name", "kind", "notes", "is_placeholder", "level")
            },
            **values_of(self.found),
            "owner": post_of(cleaned["owner"]),
            "tbc_from": post_of(cleaned["tbc_from"]),
            "tbc_by": cleaned["tbc_by"],
            **(
                {"tolerance_months": cleaned["tolerance_months"]}
                if "tolerance_months" in self.fields
                else {}
            ),
        }

    def chosen_boards(self) -> list[Board]:
        return [self.by_key[key] for key in self.cleaned_data["boards"]]

    def new_row(self, *, today: date, plan_id: str = "") -> NewRow:
        """What was typed as a row to put in. Only of a valid form."""
        values = self.values()
        level = values.pop("level")
        awaited = self.found is not None and self.found.is_awaited
        return NewRow(plan_id=plan_id, level=level, tbc_since=today if awaited else None, **values)


def initial_of(item: PlanItem) -> dict[str, Any]:
    """The row as the form shows it."""
    boards = [str(one.board_id) for one in item.goes_to.all()] if item.pk else []
    return {
        "version": item.version,
        "tolerance_months": item.tolerance_months,
        **{name: getattr(item, name) for name in ("name", "kind", "notes", "is_placeholder")},
        **as_typed(dates_of(item)),
        "level": item.level,
        "tbc_from": item.tbc_from_id or "",
        "tbc_by": short_date(item.tbc_by) if item.tbc_by else "",
        "owner": item.owner_id or "",
        "boards": boards,
    }


def post_of(key: int | None) -> Post | None:
    return Post.objects.get(pk=key) if key else None
