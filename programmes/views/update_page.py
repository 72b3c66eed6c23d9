"""What the pages of one programme's monthly update share: who, which period, which rows, which addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse

from icp.common import clock
from icp.common.numbers import whole_number
from programmes import access, presenters, selectors
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.forms import decision_boards
from programmes.models import Board, Period, Place, PlanItem, Programme, Return, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.selectors import Progress, UpdateRow
from programmes.views.places import Asked, place_of, programme_of

ROWS_A_PAGE = 25
# Up to this many rows one simply sees them all.
FEW_ROWS = 15
AT_MOST_POSTED = 1000
TABS = {"attention": "Needs attention", "all": "All rows", "updated": "Updated"}


@dataclass
class UpdatePage(Asked):
    """One request for one programme's update. ``found`` is its return, None until something is saved."""

    request: HttpRequest
    place: Place
    roles: Roles
    programme: Programme
    live: list[Period]
    period: Any
    before: Period | None
    found: Return | None
    today: date
    # What the lead answers and cannot be kept as it is, and why.
    typed_answer: str | None = None
    answer_refused: str = ""

    @cached_property
    def boards(self) -> list[Board]:
        return decision_boards(place=self.place)

    @property
    def is_editable(self) -> bool:
        return self.period.is_live and (self.found is None or self.found.is_editable)

    @property
    def is_late(self) -> bool:
        return self.today > self.period.due_on

    @property
    def items(self) -> PlanItemQuerySet:
        return selectors.live_items(programme=self.programme, period=self.period)

    def rows(self, items: Iterable[PlanItem]) -> list[UpdateRow]:
        return selectors.update_rows(
            programme=self.programme,
            period=self.period,
            today=self.today,
            items=items,
            before=self.before,
        )

    def rows_again(self, rows: Iterable[UpdateRow]) -> list[UpdateRow]:
        """The rows judged by what is saved of them now, without asking for it again."""
        return selectors.rows_again(
            rows, programme=self.programme, period=self.period, today=self.today
        )

    def posted_items(self, ids: Iterable[str]) -> PlanItemQuerySet:
        """The rows of this programme that a form names; anything else it names is not there."""
        numbers = [whole_number(text) for text in list(ids)[:AT_MOST_POSTED]]
        return self.items.filter(pk__in=[number for number in numbers if number is not None])

    def progress(self) -> Progress:
        return selectors.progress_of(
            programme=self.programme, period=self.period, today=self.today, before=self.before
        )

    # --- Which rows --------------------------------------------------------------
    def tab(self, progress: Progress) -> str:
        """The tab of this address; without one, what needs attention when there are many rows."""
        asked = self.request.GET.get("show", "")
        if asked in TABS:
            return asked
        return "attention" if progress.total > FEW_ROWS and progress.attention else "all"

    def items_of_tab(self, tab: str, progress: Progress) -> PlanItemQuerySet:
        words = self.request.GET.get("words", "").strip()[:100]
        if words:
            return self.items.filter(name__icontains=words)
        if tab == "attention":
            wanted = selectors.wants_attention(
                self.period,
                programme=self.programme,
                before=self.before,
                lacking=progress.lacking,
            )
            return self.items.filter(wanted)
        if tab == "updated":
            said = Status.objects.filter(period=self.period).saying_something()
            return self.items.filter(pk__in=said.values("item_id"))
        return self.items

    def list_of_rows(self, progress: Progress) -> Page:
        tab = self.tab(progress)
        paginator = Paginator(self.items_of_tab(tab, progress), ROWS_A_PAGE)
        if not self.request.GET.get("words"):
            counts = {"attention": progress.attention, "updated": progress.updated}
            # Counted already, with the rest.
            paginator.count = counts.get(tab, progress.total)  # type: ignore[misc]
        return paginator.get_page(self.request.GET.get("page"))

    def tabs(self, progress: Progress) -> list[dict[str, Any]]:
        counts = {
            "attention": progress.attention,
            "all": progress.total,
            "updated": progress.updated,
        }
        searching = self.request.GET.get("words")
        return [
            {
                "text": text,
                "count": counts[name],
                "href": self.address("update", show=name),
                "current": name == self.tab(progress) and not searching,
            }
            for name, text in TABS.items()
        ]

    # --- Addresses -------------------------------------------------------------------
    def address(self, name: str, item: int | None = None, **query: Any) -> str:
        """A page of this update, of the same period."""
        kwargs = {"place": self.place.slug, "code": self.programme.code}
        if item is not None:
            kwargs["item"] = str(item)
        if self.period and self.live and self.period != self.live[0]:
            query["period"] = self.period.key
        return reverse(name, kwargs=kwargs) + (f"?{urlencode(query)}" if query else "")

    def same_list(self) -> str:
        """The page one is on: same tab, same page of it."""
        kept: dict[str, Any] = {
            k: v for k in ("show", "page", "words") if (v := self.request.GET.get(k))
        }
        return self.address("update", **kept)

    def address_of_row(
        self, item: PlanItem, *, progress: Progress | None = None, part: str = "rag"
    ) -> str:
        """The page of the grid that holds the row, at one of its fields."""
        progress = progress or self.progress()
        tab = self.tab(progress)
        before = self._place_in(tab, item, progress)
        if before is None:
            tab, before = "all", self.items.filter(position__lt=item.position).count()
        page = before // ROWS_A_PAGE + 1
        query: dict[str, Any] = {"show": tab} | ({"page": page} if page > 1 else {})
        return f"{self.address('update', **query)}#id_r{item.pk}-{part}"

    def _place_in(self, tab: str, item: PlanItem, progress: Progress) -> int | None:
        items = self.items_of_tab(tab, progress)
        if self.request.GET.get("words") or not items.filter(pk=item.pk).exists():
            return None
        return items.filter(position__lt=item.position).count()

    @property
    def update_address(self) -> str:
        return self.address("update")

    @property
    def nil_address(self) -> str:
        return self.address("update-nil")

    @property
    def all_address(self) -> str:
        return self.address("update", show="all")

    def _questions(self) -> dict[str, Any]:
        """The question to answer now, and those that were asked before. One query."""
        if self.found is None:
            return {}
        every = list(selectors.questions_in_order().filter(asked_of=self.found))
        asked = every[-1] if every and self.found.is_editable else None
        return {
            "asked": asked,
            "questions": [one for one in every if one != asked],
            "typed_answer": self.typed_answer,
            "answer_refused": self.answer_refused,
        }

    def context(
        self, *, progress: Progress | None = None, is_whole: bool = True, **more: Any
    ) -> dict[str, Any]:
        """What the templates of the update read; of one row by itself, unless ``is_whole``, no questions."""
        if progress:
            more["progress"] = progress
            more["progress_words"] = presenters.progress_words(progress)
            more["copy_words"] = presenters.copy_words(progress, before=self.before)
            more["step"] = presenters.next_step(
                period=self.period, found=self.found, progress=progress, today=self.today
            )
        return {
            "page": self,
            "place": self.place,
            "programme": self.programme,
            "period": self.period,
            "return": self.found,
            **(self._questions() if is_whole else {}),
            **more,
        }


def load_page(request: HttpRequest, *, code: str) -> UpdatePage:
    """The programme's update in the period asked for, else in the earliest that is not closed.

    Raises:
        NotAllowed: the person does not update this programme.
    """
    place, roles = place_of(request)
    programme = programme_of(request, place=place, code=code)
    if not access.may_update(roles=roles, programme_id=programme.pk):
        raise NotAllowed(
            f"{programme.name} is updated by its leads and the programme office. You may read its plan."
        )
    live = selectors.live_periods(place=place)
    period = _period_asked_for(request, place=place, live=live)
    if period:
        period.place = place
    return UpdatePage(
        request=request,
        place=place,
        roles=roles,
        programme=programme,
        live=live,
        period=period,
        before=selectors.period_before(period) if period else None,
        found=Return.objects.filter(programme=programme, period=period)
        .select_related("submitted_by", "signed_off_by")
        .first(),
        today=clock.today(),
    )


def _period_asked_for(request: HttpRequest, *, place: Place, live: list[Period]) -> Period | None:
    key = request.POST.get("period") or request.GET.get("period")
    found = next((period for period in live if period.key == key), None)
    # The database takes no NUL, not even to look for one.
    if found is None and request.method == "POST" and key and "\x00" not in key:
        # Closed while the page was open: what was typed is refused in words, and stays on the page.
        found = Period.objects.filter(place=place, key=key).first()
    return found or next(iter(live), None)
