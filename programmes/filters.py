"""What lists of rows can be asked for. A filter is part of the address, so that a list can be shared."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q

from programmes.forms import BritishDateField
from programmes.models import Period, Place, PlanItem, Post, Programme, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import Rag

NO_RAG = "none"
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class BritishDateFilter(filters.Filter):
    field_class = BritishDateField


class FilterInWords(filters.FilterSet):
    """A set of filters that can say which of them are in use."""

    # What a list can be asked for besides: it leaves nothing out.
    no_filters: tuple[str, ...] = ()

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
    """Filters over the tasks and milestones of one place, as at ``today``, in ``period``."""

    no_filters = ("sort",)

    q = filters.CharFilter(
        method="by_words", label="Words in the name, or a number such as IT 11", max_length=100
    )
    programme = filters.ChoiceFilter(field_name="programme__code", empty_label="All programmes")
    rag = filters.ChoiceFilter(
        method="by_rag",
        label="RAG this period",
        choices=[*Rag.choices(), (NO_RAG, "None declared")],
        empty_label="Any",
    )
    last_rag = filters.ChoiceFilter(
        method="by_last_rag",
        label="RAG last period",
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
    sort = filters.ChoiceFilter(
        method="by_sort",
        label="Order",
        choices=[("finish", "By agreed finish")],
        empty_label="As in the plan",
    )

    class Meta:
        model = PlanItem
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        place: Place,
        period: Period | None,
        last: Period | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        """``period`` is the one now reported, ``last`` the last closed one."""
        super().__init__(*args, **kwargs)
        self.period, self.last, self.today = period, last, today
        programmes = Programme.objects.in_place(place).in_order().values_list("code", "name")
        self.filters["programme"].extra["choices"] = list(programmes)
        owners = Post.objects.filter(place=place, items__isnull=False).distinct().order_by("title")
        self.filters["owner"].extra["choices"] = [
            (str(pk), title) for pk, title in owners.values_list("pk", "title")
        ]

    def by_words(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        words = value.split()
        found = Q(name__icontains=value)
        if len(words) == 2:
            found |= Q(programme__code__iexact=words[0], plan_id__iexact=words[1])
        return rows.filter(found)

    def by_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        said = Status.objects.filter(period=self.period, rag__isnull=False)
        if value == NO_RAG:
            return rows.exclude(pk__in=said.values("item_id"))
        return rows.filter(pk__in=said.filter(rag=value).values("item_id"))

    def by_last_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        said = Status.objects.filter(period=self.last, rag=value)
        return rows.filter(pk__in=said.values("item_id"))

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

    def by_sort(self, rows: PlanItemQuerySet, name: str, value: str) -> PlanItemQuerySet:
        return rows.order_by("baseline_finish", "programme__order", "programme_id", "position")
