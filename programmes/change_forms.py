"""What people type of a change request: its words, the dates of its rows, and one more row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from icp.common.forms import BritishDateField, NarrativeField
from icp.common.words import short_date
from programmes.edit_forms import demand_supplier, offer_posts, post_field, post_of
from programmes.models import (
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    ItemKind,
    PlanItem,
    Programme,
)
from programmes.selectors.posts import titles_by_key
from programmes.services.asked_lines import DraftLine
from programmes.services.changes import TITLE_LIMIT, WORDS

TBC = "tbc"
OR_NONE = "Needed before it is proposed; “None” will do."
DATE_HINT = "Such as 28/2/2020, or tbc"


@dataclass(frozen=True)
class Day:
    """A date, or that it is to be confirmed, or neither."""

    day: date | None = None
    tbc: bool = False


class DayOrTbcField(BritishDateField):
    """A date in any usual British form, tbc, or nothing; as a :class:`Day`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=DATE_HINT, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "class": "nhsuk-input--width-10"}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip().lower() == TBC:
            return Day(tbc=True)
        return Day(super().to_python(value))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Day):
            return TBC if value.tbc else short_date(value.day) if value.day else ""
        return super().prepare_value(value)


class DatesForm(forms.Form):
    """A start and a finish, and who supplies one that is to be confirmed; subclasses say of what."""

    start = DayOrTbcField(label="Start")
    finish = DayOrTbcField(label="Finish")
    tbc_from = post_field("Who will supply a date that is tbc")
    tbc_by = BritishDateField(label="By when they will supply it", required=False)
    # Whether a date is awaited already: who supplies it was asked then.
    awaited_before = False

    def __init__(self, *args: Any, posts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_posts(self, posts, "tbc_from")
        self.fields["tbc_by"].widget.attrs |= {"class": "nhsuk-input--width-10"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, finish = cleaned.get("start", Day()), cleaned.get("finish", Day())
        if start.day and finish.day and finish.day < start.day:
            self.add_error("finish", "It would finish before it starts: correct one of the dates.")
        if (start.tbc or finish.tbc) and not self.awaited_before:
            demand_supplier(self, cleaned)
        return cleaned

    def dates(self) -> dict[str, Any]:
        """The dates as lines hold them, and who supplies one by when. Only of a valid form; one query at most."""
        start, finish = self.cleaned_data["start"], self.cleaned_data["finish"]
        tbc = start.tbc or finish.tbc
        return {
            "start": start.day,
            "start_tbc": start.tbc,
            "finish": finish.day,
            "finish_tbc": finish.tbc,
            "tbc_from": post_of(self.cleaned_data["tbc_from"]) if tbc else None,
            "tbc_by": self.cleaned_data["tbc_by"] if tbc else None,
        }


class LineForm(DatesForm):
    """One line of a request that is there: its dates, and whether it stays."""

    take_out = forms.BooleanField(label="Take this row out of the request", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        line: ChangeLine,
        posts: Sequence[tuple[int, str]],
    ) -> None:
        self.line = line
        supplied = line if line.tbc_from_id or line.item is None else line.item
        known = {
            "start": Day(line.start, line.start_tbc),
            "finish": Day(line.finish, line.finish_tbc),
            "tbc_from": supplied.tbc_from_id or "",
            "tbc_by": short_date(supplied.tbc_by) if supplied.tbc_by else "",
        }
        self.awaited_before = line.start_tbc or line.finish_tbc
        prefix = f"line-{line.pk}"
        # A line that somebody added meanwhile was not on the page that was sent: it stays as it is.
        sent = (
            data
            if data is not None and any(name.startswith(f"{prefix}-") for name in data)
            else None
        )
        super().__init__(sent, prefix=prefix, initial=known, posts=posts)
        if line.kind not in (ChangeLineKind.ADD, ChangeLineKind.REDATE):
            # A row that goes, or comes back as it was, is given no dates.
            for name in ("start", "finish", "tbc_from", "tbc_by"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        return super().clean() if "start" in self.fields else self.cleaned_data

    def asked(self) -> DraftLine:
        """The line with the dates that were typed. Only of a valid form."""
        kept = self.line
        return DraftLine(
            kind=ChangeLineKind(kept.kind),
            item=kept.item,
            plan_id=kept.plan_id,
            name=kept.name,
            item_kind=kept.item_kind,
            declared_duration=kept.declared_duration,
            parent=kept.parent,
            after=kept.after,
            new_parent=kept.new_parent,
            dates_of=None if kept.item else kept.pk,
            **(self.dates() if "start" in self.fields else {}),
        )


class WordsForm(forms.Form):
    """What a request says beside its rows."""

    title = forms.CharField(label="What is to change", max_length=TITLE_LIMIT)
    why = NarrativeField(label="Why", required=False, help_text="Needed before it is proposed.")
    effect_on_rows = NarrativeField(label="Effect on other rows", required=False, help_text=OR_NONE)
    effect_on_risks = NarrativeField(label="Effect on risks", required=False, help_text=OR_NONE)
    effect_on_money = NarrativeField(label="Effect on money", required=False, help_text=OR_NONE)
    effect_on_outcomes = NarrativeField(
        label="Effect on outcomes", required=False, help_text=OR_NONE
    )
    consulted = NarrativeField(label="Who was consulted", required=False, help_text=OR_NONE)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, request: ChangeRequest) -> None:
        known = {name: getattr(request, name) for name in (*WORDS, "version")}
        super().__init__(data, initial=known)
        for name in WORDS[1:]:
            self.fields[name].widget.attrs["rows"] = 3

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}


class RowForm(DatesForm):
    """One more row of the plan: other dates for it, out of the plan, or back into it."""

    row = forms.CharField(label="Row", max_length=40, help_text="As people quote it, such as IT 11")
    kind = forms.ChoiceField(
        label="What is asked",
        choices=[
            (ChangeLineKind.REDATE, "Other agreed dates, as below"),
            (ChangeLineKind.REMOVE, "Remove it from the plan"),
            (ChangeLineKind.RESTORE, "Restore it: it was removed"),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("row", "kind", "start", "finish", "tbc_from", "tbc_by")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, posts=titles_by_key(place=programme.place), **kwargs)
        self.programme = programme
        for name in ("start", "finish"):
            self.fields[name].help_text = f"{DATE_HINT}. Left empty it stays as agreed"

    def clean(self) -> dict[str, Any]:
        item = self.cleaned_data.get("row")
        for name in ("start", "finish"):
            if item is not None and self.cleaned_data.get(name) == Day():
                self.cleaned_data[name] = agreed_day(item, name)
        asks_dates = self.cleaned_data.get("kind") == ChangeLineKind.REDATE
        self.awaited_before = not asks_dates or bool(item and (item.start_tbc or item.finish_tbc))
        return super().clean()

    def clean_row(self) -> PlanItem:
        return row_called(self.programme, self.cleaned_data["row"])

    def asked(self) -> DraftLine:
        kind = ChangeLineKind(self.cleaned_data["kind"])
        dates = self.dates() if kind == ChangeLineKind.REDATE else {}
        return DraftLine(kind=kind, item=self.cleaned_data["row"], **dates)


class NewRowForm(DatesForm):
    """A row that is to come into the plan."""

    name = forms.CharField(label="What is to be done or decided", max_length=500)
    item_kind = forms.ChoiceField(
        label="Kind",
        choices=[
            (ItemKind.TASK, "Task"),
            (ItemKind.MILESTONE, "Milestone"),
            (ItemKind.SUMMARY, "Summary: a heading"),
        ],
        initial=ItemKind.TASK,
        widget=forms.RadioSelect,
    )
    under = forms.CharField(
        label="Under the heading",
        required=False,
        max_length=40,
        help_text="Its number, such as IT 2; nothing for the top of the plan",
    )
    field_order = ("name", "item_kind", "under", "start", "finish", "tbc_from", "tbc_by")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, posts=titles_by_key(place=programme.place), **kwargs)
        self.programme = programme

    def clean_under(self) -> PlanItem | None:
        words = self.cleaned_data["under"]
        return row_called(self.programme, words) if words else None

    def asked(self) -> DraftLine:
        parent = self.cleaned_data["under"]
        return DraftLine(
            kind=ChangeLineKind.ADD,
            name=self.cleaned_data["name"],
            item_kind=self.cleaned_data["item_kind"],
            parent=parent,
            after=_last_under(self.programme, parent),
            **self.dates(),
        )


def agreed_day(item: PlanItem, name: str) -> Day:
    """A row's agreed start or finish; what is to be confirmed has none."""
    day = getattr(item, f"baseline_{name}")
    return Day(day, day is None and getattr(item, f"{name}_tbc"))


def row_called(programme: Programme, words: str) -> PlanItem:
    """The programme's row of that number, removed or not.

    Raises:
        ValidationError: it has none.
    """
    rows = PlanItem.objects.filter(programme=programme).select_related("programme")
    reference = words if words.upper().startswith(programme.code) else f"{programme.code} {words}"
    found = rows.numbered(reference).first()
    if found is None:
        raise forms.ValidationError(f"{programme.name} has no row of this number.")
    return found


def _last_under(programme: Programme, parent: PlanItem | None) -> PlanItem | None:
    rows = PlanItem.objects.present().filter(programme=programme, parent=parent)
    return rows.order_by("-position").first()
