"""One request for one partner's month: who asks, what is stored, what was typed, and what it has to answer."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from finance import access, selectors
from finance.access import Entrant
from finance.forms import LineForm, unit_of
from finance.grid import GridLine, initial_of
from finance.models import FinanceMonth, FinanceRules, Position, Submission
from finance.rules.checks import Question, ledger_questions, questions_of
from finance.selectors.positions import budgeted_in, entered, rules_of, thresholds_in
from finance.views.entering import entrant_of
from finance.views.pages import month_address, month_at, partner_at
from icp.common import clock
from programmes.access import Roles
from programmes.models import Organisation
from programmes.views.places import Asked

# The header that the page's own script sends: it wants figures back, not the page.
BY_SCRIPT = "X-Cells"


@dataclass
class MonthEndPage(Asked):
    """One request for one partner's month."""

    request: HttpRequest
    month: FinanceMonth
    organisation: Organisation
    roles: Roles
    unit: str
    problems: list[dict[str, str]] = field(default_factory=list)
    ledger_theirs: Submission | None = None

    @property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def submission(self) -> Submission | None:
        found = Submission.objects.filter(month=self.month, organisation=self.organisation)
        return found.select_related("submitted_by", "accepted_by").first()

    @cached_property
    def entrant(self) -> Entrant:
        return entrant_of(self.request, self.roles)

    @cached_property
    def gate(self) -> str:
        """Why this person enters nothing now, as far as the page knows; a save asks again."""
        return access.gate(month=self.month, entrant=self.entrant)

    @cached_property
    def may_enter(self) -> bool:
        return access.may_enter_for(roles=self.roles, organisation=self.organisation)

    @cached_property
    def is_read(self) -> bool:
        """Whether this person reads the figures, or only how the month stands."""
        if self.may_enter:
            return True
        return self.organisation.pk in access.readable_partners(month=self.month, roles=self.roles)

    @property
    def is_editable(self) -> bool:
        return (
            self.may_enter
            and not self.gate
            and (self.submission is None or self.submission.is_editable)
        )

    @property
    def by_script(self) -> bool:
        """Whether lines are saved by the page's script."""
        asked = self.request.headers.get(BY_SCRIPT) and self.request.method == "POST"
        return bool(asked) and self.request.POST.get("do", "save") == "save"

    @cached_property
    def closed(self) -> dict[int, FinanceMonth]:
        """The closed months that late figures may correct, the newest first. Where only figures go back they are
        looked for if one is named.
        """
        named = (value for name, value in self.request.POST.items() if name.endswith("-corrects"))
        if self.by_script and not any(named):
            return {}
        found = FinanceMonth.objects.closed().filter(place=self.month.place).newest_first()
        return {one.pk: one for one in found[:12] if one.month < self.month.month}

    @cached_property
    def address(self) -> str:
        words = month_address(self.month) | {"partner": self.organisation.pk}
        return f"{reverse('month-end', kwargs=words)}?unit={self.unit}"

    @cached_property
    def rules(self) -> FinanceRules:
        return rules_of(place=self.month.place)

    @cached_property
    def stored(self) -> dict[int, Position]:
        found = Position.objects.filter(month=self.month, line__organisation=self.organisation)
        return {one.line_id: one for one in found.select_related("entered_by")}

    def read_again(self) -> None:
        """What was read before a save is no longer what is stored."""
        for name in ("stored", "submission"):
            self.__dict__.pop(name, None)

    def lines(self, data: Any = None, posted: frozenset[int] = frozenset()) -> list[GridLine]:
        """The grid; lines that were ``posted`` as they were typed. Nothing for who does not read it."""
        if not self.is_read:
            return []
        lines = budgeted_in(month=self.month, organisation=self.organisation)
        prior = selectors.prior_variances(month=self.month, lines=[one.line for one in lines])
        closed = [(pk, str(one)) for pk, one in self.closed.items()]
        grid = []
        for said in lines:
            line = said.line
            # The script is told what is stored after the save; it has what was stored before.
            position = None if self.by_script else self.stored.get(line.pk)
            form = LineForm(
                data if line.pk in posted else None,
                prefix=f"l{line.pk}",
                unit=self.unit,
                closed=closed,
                initial=initial_of(position, said.budget, said.phased),
            )
            grid.append(
                GridLine(
                    line=line,
                    position=position,
                    form=form,
                    unit=self.unit,
                    budget=said.budget,
                    prior=prior.get(line.pk),
                    phased=said.phased,
                )
            )
        return grid

    def ask(self, grid: list[GridLine]) -> list[Question]:
        """Put to each line what it has to answer; returns what the ledger's totals ask."""
        limits = thresholds_in(self.rules)
        said = []
        for one in grid:
            read = entered(
                one.line, one.position, budget=one.budget, prior=one.prior, phased=one.phased
            )
            one.questions = questions_of(read, limits, number=self.month.number)
            said.append(read)
        return ledger_questions(
            said,
            selectors.ledger_totals(self.submission),
            answer=self.submission.answer if self.submission else "",
            walls=limits.walls,
        )


def load(request: HttpRequest, *, year: str, number: int, partner: int) -> MonthEndPage:
    month, roles = month_at(request, year=year, number=number)
    return MonthEndPage(
        request=request,
        month=month,
        organisation=partner_at(month, partner),
        roles=roles,
        unit=unit_of(request.GET.get("unit")),
    )
