"""What a register can be asked for. A filter is part of the address, so that a view of it can be shared."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, Func, Q, TextField, Value

from icp.common.clock import start_of
from icp.common.months import month_start
from programmes.filters import BritishDateFilter, FilterInWords
from programmes.models import Place
from risks.models import Ground, Risk, RiskKind, RiskState
from risks.models.risk import RiskQuerySet
from risks.rules.flags import Flag
from risks.rules.heat import moves
from risks.rules.scores import Band, Lines, Standing
from risks.selectors.asked import (
    after_the_close,
    flagged,
    in_band,
    on_square,
    open_grounds,
    standing_so,
)
from risks.selectors.choices import FilterChoices, filter_choices
from risks.selectors.movement import moved_since, squares_between
from risks.services.registers import WHOLE
from risks.squares import CELL, MOVE, Move, MoveFilter, SquareFilter

# What those without a score, an owner, a delegate, an organisation or a category are asked for by.
NONE = "none"
# What words are looked for in.
TEXTS = ("title", "cause", "event", "consequence")
BANDS = [("red", "Red"), ("amber", "Amber"), ("green", "Green"), (NONE, "Not scored")]
MOVEMENTS = [("up", "Up"), ("down", "Down"), ("same", "Unchanged"), ("new", "New")]
ESCALATED = [
    ("yes", "Before the boards"),
    ("next", "New since the last month was closed: for the next board"),
    ("request", "Before the boards by request"),
    ("proposed", "De-escalation proposed"),
    ("no", "Not before the boards"),
]
FLAGS = {
    "printed": Flag.PRINTED,
    "no-owner": Flag.NO_OWNER,
    "no-mitigation": Flag.NO_MITIGATION,
    "mitigation-overdue": Flag.MITIGATION_OVERDUE,
    "review-overdue": Flag.REVIEW_OVERDUE,
    "no-score": Flag.NO_SCORE,
}
STANDINGS = {
    "above-tolerance": Standing.ABOVE_TOLERANCE,
    "above-appetite": Standing.ABOVE_APPETITE,
    "within-appetite": Standing.WITHIN_APPETITE,
}
SORTS = [("register", "By register"), ("review", "By review date"), ("owner", "By owner")]


class RiskFilter(FilterInWords):
    """Filters over the risks of one place, as at ``today``. Without ``state`` the open ones are shown."""

    no_filters: tuple[str, ...] = ("sort",)

    q = filters.CharFilter(method="by_words", label="Words, or a reference", max_length=100)
    register = filters.ChoiceFilter(
        field_name="register__code", label="Register", empty_label="All registers"
    )
    state = filters.ChoiceFilter(
        label="State", choices=RiskState.choices, empty_label="Any", method="by_state"
    )
    kind = filters.ChoiceFilter(choices=RiskKind.choices, label="Kind", empty_label="Both")
    owner = filters.ChoiceFilter(method="by_key", label="Owner", empty_label="Anyone")
    delegate = filters.ChoiceFilter(method="by_key", label="Delegate", empty_label="Anyone")
    organisation = filters.ChoiceFilter(method="by_key", label="Organisation", empty_label="Any")
    category = filters.ChoiceFilter(method="by_key", label="Category", empty_label="Any")
    band = filters.ChoiceFilter(
        method="by_band", label="Current score", choices=BANDS, empty_label="Any"
    )
    standing = filters.ChoiceFilter(
        method="by_standing",
        label="Accepted of its category",
        choices=[(name, one.value.capitalize()) for name, one in STANDINGS.items()],
        empty_label="Any",
    )
    movement = filters.ChoiceFilter(
        method="by_movement", label="Moved this month", choices=MOVEMENTS, empty_label="Any"
    )
    escalated = filters.ChoiceFilter(
        method="by_escalation", label="Boards", choices=ESCALATED, empty_label="Any"
    )
    flag = filters.ChoiceFilter(
        method="by_flag",
        label="Flag",
        choices=[(name, flag.value.capitalize()) for name, flag in FLAGS.items()],
        empty_label="Any",
    )
    # A square of the heat map, which links here: which score, likelihood, impact; "beside" has no square.
    cell = SquareFilter(
        method="by_cell",
        label="On the map",
        regex=CELL,
        widget=forms.HiddenInput,
        error_messages={"invalid": "This is no square of the map."},
    )
    move = MoveFilter(
        method="by_move",
        label="Moved on the map",
        regex=MOVE,
        widget=forms.HiddenInput,
        error_messages={"invalid": "This is no move on the map."},
    )
    mine = filters.BooleanFilter(method="by_mine", label="Mine only", widget=forms.CheckboxInput)
    sort = filters.ChoiceFilter(
        method="by_sort", label="Order", choices=SORTS, empty_label="Highest score first"
    )

    class Meta:
        model = Risk
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        place: Place,
        lines: Lines,
        today: date,
        held: Callable[[], Collection[int]] = tuple,
        **kwargs: Any,
    ) -> None:
        if data is not None and "state" not in data:
            data = data.copy()
            data["state"] = RiskState.OPEN.value
        super().__init__(data, *args, **kwargs)
        self.place, self.lines, self.today, self.held = place, lines, today, held
        self._offer(filter_choices(place=place))

    def chosen(self) -> list[dict[str, str]]:
        """As any filter's; that closed risks are left out is how a register is read, and is no choice."""
        chosen = {one["name"]: one for one in super().chosen()}
        if chosen and self.form.cleaned_data["state"] == RiskState.OPEN:
            chosen.pop("state", None)
        if "move" in chosen:
            chosen["move"]["text"] = f"Moved {self.form.cleaned_data['move'].words}"
        return list(chosen.values())

    @property
    def looks_through_all(self) -> bool:
        """Whether something is asked for that no index finds."""
        return bool({"q", "movement"} & {one["name"] for one in self.chosen()})

    def _offer(self, choices: FilterChoices) -> None:
        """Of registers every programme's, also where it holds no risk yet, after that of the whole."""
        registers = [(WHOLE, "The whole programme"), *choices.programmes]
        offered = {
            "register": [(code, f"{code}: {name}") for code, name in registers],
            "owner": [(NONE, "Nobody"), *choices.owners],
            "delegate": [(NONE, "Nobody"), *choices.delegates],
            "organisation": [(NONE, "None said"), *choices.organisations],
            "category": [(NONE, "None said"), *choices.categories],
        }
        for name, words in offered.items():
            self.filters[name].extra["choices"] = words

    def by_words(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        # One text of all, in capitals once: four texts, or the nested pairs of Django's Concat, take twice as long.
        texts = Func(Value("\n"), *TEXTS, function="CONCAT_WS", output_field=TextField())
        is_it = Q(ref__iexact=value.replace(" ", ""))
        return rows.alias(texts=texts).filter(is_it | Q(texts__icontains=value))

    def by_state(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        # A move is of what stood open on its two days, whatever became of it since.
        if value == RiskState.OPEN and self.form.cleaned_data["move"]:
            return rows
        return rows.filter(state=value)

    def by_key(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        return rows.filter(**{f"{name}_id": None if value == NONE else value})

    def by_mine(self, rows: RiskQuerySet, name: str, value: bool) -> RiskQuerySet:
        """Those that the person's posts (``held``, asked for only here) own or act for."""
        if not value:
            return rows
        posts = self.held()
        return rows.filter(Q(owner__in=posts) | Q(delegate__in=posts))

    def by_band(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        return rows.filter(in_band(None if value == NONE else Band(value), self.lines))

    def by_standing(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        return rows.filter(standing_so(STANDINGS[value]))

    def by_movement(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        since = start_of(month_start(self.today))
        return rows.filter(pk__in=moved_since(rows, movement=value, since=since))

    def by_escalation(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        grounds = open_grounds()
        if value == "request":
            grounds = grounds.exclude(ground=Ground.SCORE)
        if value == "next":
            grounds = after_the_close(grounds, self.place)
        if value == "proposed":
            grounds = grounds.filter(proposed_on__isnull=False)
        return rows.filter(~Exists(grounds) if value == "no" else Exists(grounds))

    def by_flag(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        return flagged(rows, FLAGS[value], today=self.today)

    def by_cell(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        which, likelihood, *impact = value.split("-")
        return rows.filter(on_square(which, likelihood, *impact))

    def by_move(self, rows: RiskQuerySet, name: str, value: Move) -> RiskQuerySet:
        found = moves(squares_between(rows, after=value.after, until=value.until))
        asked = (one.risks for one in found if (one.start, one.end) == (value.start, value.end))
        return rows.filter(ref__in=next(asked, ()))

    def by_sort(self, rows: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        if value == "register":
            return rows.in_order()
        if value == "review":
            return rows.order_by(F("review_on").asc(nulls_last=True), "ref", "pk")
        return rows.order_by(F("owner__title").asc(nulls_first=True), "ref", "pk")


class MovementInOrder(forms.Form):
    """Movement goes from the earlier day to the later."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("moved_from"), cleaned.get("moved_to")
        if first and last and last < first:
            self.add_error(
                "moved_to", "This is before the day movement begins: turn the two round."
            )
        return cleaned


class MapFilter(RiskFilter):
    """A map besides: of which score, and between which days it shows movement."""

    no_filters = ("sort", "which", "moved_from", "moved_to")

    which = filters.ChoiceFilter(
        method="as_they_are",
        label="Map of",
        choices=[("inherent", "Inherent scores"), ("target", "Target scores")],
        empty_label="Current scores",
    )
    moved_from = BritishDateFilter(method="as_they_are", label="Movement from")
    moved_to = BritishDateFilter(method="as_they_are", label="Movement to")

    class Meta(RiskFilter.Meta):
        form = MovementInOrder

    def as_they_are(self, rows: RiskQuerySet, name: str, value: Any) -> RiskQuerySet:
        return rows

    def rows_then(self) -> Any:
        """As :meth:`rows`, of who stood open on other days: whether a risk is open today is not asked."""
        rows = self.queryset if self.form.is_valid() else self.queryset.none()
        for name, value in self.form.cleaned_data.items():
            if (name, value) != ("state", RiskState.OPEN.value):
                rows = self.filters[name].filter(rows, value)
        return rows
