"""What the pages that edit one programme's plan share: who, where, and which row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from icp.common import clock
from programmes import access, selectors
from programmes.agreement_words import asked_words
from programmes.edit_forms import Choices
from programmes.errors import NotAllowed
from programmes.models import ChangeRequest, ItemKind, Place, PlanItem, Programme
from programmes.services.agreement import is_agreed
from programmes.services.editing import Done
from programmes.views.places import Asked, place_of, programme_of

ROWS_A_PAGE = 50


@dataclass
class EditPage(Asked):
    """One request for the plan of a programme, by somebody who may change it."""

    request: HttpRequest
    place: Place
    programme: Programme

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def holidays(self) -> frozenset[date]:
        return selectors.holidays_of(self.place)

    @cached_property
    def choices(self) -> Choices:
        return Choices.of(self.place)

    @cached_property
    def is_agreed(self) -> bool:
        """Rows come, go and get other dates by agreement only."""
        return is_agreed(programme=self.programme)

    def row(self, plan_id: str) -> PlanItem:
        """A row of the plan, removed ones too. One query."""
        rows = PlanItem.objects.filter(programme=self.programme)
        found = get_object_or_404(
            rows.select_related("owner", "tbc_from", "parent"), plan_id=plan_id
        )
        found.programme = self.programme
        return found

    def headings(self, *, without: PlanItem | None = None) -> list[tuple[str, str]]:
        """The headings of the plan, by number, as deep as they stand. One query."""
        rows = PlanItem.objects.filter(programme=self.programme, kind=ItemKind.SUMMARY).present()
        if without:
            rows = rows.exclude(pk=without.pk)
        return [
            (plan_id, f"{'– ' * (level - 1)}{self.programme.code} {plan_id} {name}"[:90])
            for plan_id, level, name in rows.order_by("position").values_list(
                "plan_id", "outline_level", "name"
            )
        ]

    def address(self, name: str, plan_id: str = "") -> str:
        kwargs = {"place": self.place.slug, "code": self.programme.code}
        return reverse(name, kwargs={**kwargs, "plan_id": plan_id} if plan_id else kwargs)

    def to_row(self, item: PlanItem) -> HttpResponse:
        return redirect(self.address("item", item.plan_id))

    def to_list(self, item: PlanItem | None = None) -> HttpResponse:
        """The list of the plan, at the row."""
        if item is None or item.removed_at:
            return redirect(self.address("plan-edit"))
        rows = PlanItem.objects.filter(programme=self.programme).present()
        page = rows.filter(position__lt=item.position).count() // ROWS_A_PAGE + 1
        where = f"?page={page}#row-{item.plan_id}" if page > 1 else f"#row-{item.plan_id}"
        return redirect(self.address("plan-edit") + where)

    def after(self, done: Done, saved: str, otherwise: HttpResponse) -> HttpResponse:
        """What came of an edit in a sentence, on the page where it goes on: the request that asks for it."""
        if done.request:
            return self.to_request(done.request, saved=done.saved)
        messages.success(self.request, saved)
        return otherwise

    def to_request(self, asked: ChangeRequest, *, saved: Sequence[str] = ()) -> HttpResponse:
        """The change request that asks for what was edited, to say there why, and to propose it."""
        messages.info(self.request, asked_words(asked, saved=saved))
        return redirect("change", place=self.place.slug, change=asked.number)

    def context(self, **more: Any) -> dict[str, Any]:
        return {
            "page": self,
            "place": self.place,
            "programme": self.programme,
            "is_agreed": self.is_agreed,
            "plan_address": self.address("plan-edit"),
            **more,
        }


def load_edit(request: HttpRequest, code: str) -> EditPage:
    """The plan to edit.

    Raises:
        NotAllowed: the person neither leads the programme nor is of the office.
    """
    place, roles = place_of(request)
    programme = programme_of(request, place=place, code=code)
    programme.place = place
    if not access.may_update(roles=roles, programme_id=programme.pk):
        raise NotAllowed(
            f"The plan of {programme.name} is changed by its leads and the programme office."
            " You may read it."
        )
    return EditPage(request, place, programme)
