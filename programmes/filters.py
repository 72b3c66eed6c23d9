"""What lists of rows can be asked for. A filter is part of the address, so that a list can be shared."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from icp.common.prepared import prepared
from programmes.forms import BritishDateField
from programmes.models import (
    Leadership,
    LeadershipRole,
    Period,
    Place,
    PlanItem,
    Post,
    Programme,
    Status,
)
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import Rag
from programmes.selectors.declared import declared_in, undeclared_in
from programmes.selectors.last_said import rows_last_said

NO_RAG = "none"
RAGS = [
    (rag.value, "Complete, declared or before" if rag == Rag.COMPLETE else rag.label) for rag in Rag
] + [(NO_RAG, "None declared, not complete")]
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class BritishDateFilter(filters.Filter):
    field_class = BritishDateField


class DatesInOrder(forms.Form):
    """A filter form whose range of dates must not end before it begins."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("due_from"), cleaned.get("due_to")
        if first and last and last < first:
            self.add_error("due_to", "This is before the first day asked for: turn the two round.")
        return cleaned


class FilterInWords(filters.FilterSet):
    """A set of filters that can say which of them are in use."""

    # What a list can be asked for besides: it leaves nothing out.
    no_filters: tuple[str, ...] = ()

    def rows(self) -> Any:
        """The rows asked for. A filter that cannot be read gives none: never a list that looks filtered."""
        return self.qs if self.form.is_valid() else self.queryset.none()

    def chosen(self) -> list[dict[str, str]]:
        """The filters in use, in words, each with the name of its parameter, to take one off."""
        if not self.form.is_valid():
            return []
        words = []
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", False) or name in self.no_filters:
                continue
            label = self.form.fields[name].label
            shown = self.form[name].value()
            choices = dict(getattr(self.form.fields[name], "choices", []))
            text = label if value is True else f"{label}: {choices.get(shown, shown)}"
            words.append({"name": name, "text": str(text)})
        return words


class RowFilter(FilterInWords):
    """Filters over the tasks and milestones of one place, as at ``today``, in ``period``.

    A list takes off those that make no sense on it by ``without``: the programme on one programme's page.
    """

    no_filters = ("sort",)

    q = filters.CharFilter(
        method="by_words", label="Words in the name, or a number such as IT 11", max_length=100
    )
    programme = filters.ChoiceFilter(field_name="programme__code", empty_label="All programmes")
    rag = filters.ChoiceFilter(
        method="by_rag", label="RAG this period", choices=RAGS, empty_label="Any"
    )
    last_rag = filters.ChoiceFilter(
        method="by_last_rag",
        label="RAG last reported",
        choices=Rag.choices(),
        empty_label="Any",
    )
    due_from = BritishDateFilter(method="by_due", label="Finish from")
    due_to = BritishDateFilter(method="by_due", label="Finish to")
    owner = filters.ChoiceFilter(field_name="owner_id", label="Owner", empty_label="Anyone")
    changed_since = BritishDateFilter(method="by_change", label="Changed since")
    late = filters.BooleanFilter(method="by_late", label="Overdue only", widget=forms.CheckboxInput)
    undated = filters.BooleanFilter(
        method="by_undated", label="Without a finish only", widget=forms.CheckboxInput
    )
    open = filters.BooleanFilter(
        method="by_open", label="Not complete only", widget=forms.CheckboxInput
    )
    promoted = filters.BooleanFilter(
        method="by_promoted", label="Shown to the place only", widget=forms.CheckboxInput
    )
    sort = filters.ChoiceFilter(
        method="by_sort",
        label="Order",
        choices=[("finish", "By agreed finish")],
        empty_label="As in the plan",
    )

    class Meta:
        model = PlanItem
        fields: tuple[str, ...] = ()
        form = DatesInOrder

    def __init__(
        self,
        *args: Any,
        place: Place,
        period: Period | None,
        last: Period | None,
        today: date,
        without: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        """``period`` is the one now reported, ``last`` the last closed one."""
        super().__init__(*args, **kwargs)
        self.place, self.period, self.last, self.today = place, period, last, today
        for name in without:
            del self.filters[name]
        if "programme" in self.filters:
            self.filters["programme"].extra["choices"] = self.programmes()
        self.filters["owner"].extra["choices"] = self.owners()

    def programmes(self) -> list[tuple[str, str]]:
        """The programmes to choose from, by code."""
        found = Programme.objects.in_place(self.place).in_order()
        return list(found.values_list("code", "name"))

    def owners(self) -> list[tuple[str, str]]:
        """The posts that own a row of the place, by key."""
        return [(str(pk), title) for pk, title in _owners(place=self.place.pk)]

    @property
    def is_used(self) -> bool:
        """Whether anything was asked for, readable or not."""
        return bool(self.form.errors or self.chosen())

    def by_words(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        return rows.saying(value)

    def by_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        """As declared in the period; what was complete before it stays so, until a lead says otherwise."""
        if value == NO_RAG:
            return undeclared_in(rows, period=self.period)
        return declared_in(rows, period=self.period, rag=value)

    def by_last_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        return rows.filter(pk__in=rows_last_said(rag=value, up_to=self.last))

    def by_due(self, rows: PlanItemQuerySet, name: str, value: date) -> PlanItemQuerySet:
        asked = self.form.cleaned_data
        return rows.due_between(asked["due_from"] or EARLIEST, asked["due_to"] or LATEST)

    def by_change(self, rows: PlanItemQuerySet, name: str, value: date) -> PlanItemQuerySet:
        said = Status.objects.filter(updated_at__date__gte=value)
        return rows.filter(Q(changed_at__date__gte=value) | Q(pk__in=said.values("item_id")))

    def by_late(self, rows: PlanItemQuerySet, name: str, value: bool) -> PlanItemQuerySet:
        return rows.overdue(on=self.today) if value else rows

    def by_undated(self, rows: PlanItemQuerySet, name: str, value: bool) -> PlanItemQuerySet:
        return rows.undated() if value else rows

    def by_open(self, rows: PlanItemQuerySet, name: str, value: bool) -> PlanItemQuerySet:
        return rows.still_open() if value else rows

    def by_promoted(self, rows: PlanItemQuerySet, name: str, value: bool) -> PlanItemQuerySet:
        return rows.promoted() if value else rows

    def by_sort(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        return rows.order_by("baseline_finish", "programme__order", "programme_id", "position")


class AheadFilter(RowFilter):
    """Over what is coming and what is overdue: also the programmes of one SRO."""

    sro = filters.ChoiceFilter(method="by_sro", label="SRO or chair", empty_label="All")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The two lists hold open rows with a date only, and the overdue ones stand by themselves.
        super().__init__(*args, without=("late", "undated", "open", "sort"), **kwargs)
        titles = (
            Leadership.objects.filter(programme__place=self.place, role=LeadershipRole.SRO)
            .order_by("post__title")
            .values_list("post__title", flat=True)
            .distinct()
        )
        self.filters["sro"].extra["choices"] = [(title, title) for title in titles]

    def by_sro(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        duties = Leadership.objects.filter(role=LeadershipRole.SRO, post__title=value)
        return rows.filter(programme__in=duties.values("programme_id"))


class TroubleFilter(RowFilter):
    """Over rows that are late or off track (annotated ``declared``), in the programmes a person signs off."""

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        self.mine = [(programme.code, programme.name) for programme in programmes]
        super().__init__(*args, without=("last_rag", "open", "sort"), **kwargs)
        self.filters["rag"].label = "RAG, this period or last"

    def programmes(self) -> list[tuple[str, str]]:
        return self.mine

    def by_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        if value == NO_RAG:
            return rows.filter(Q(("declared", None)))
        return rows.filter(Q(("declared", value)))


@prepared
def _owners(*, place: int) -> Any:
    owns = Exists(PlanItem.objects.filter(owner=OuterRef("pk")))
    return Post.objects.filter(owns, place=place).order_by("title").values_list("pk", "title")
