"""Opening the next financial year: what goes on, what joins what, what is new; shown before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import services
from finance.line_forms import (
    NEW_ROWS,
    FreshForm,
    WantedForm,
    partners_of,
    programmes_of,
    wanted_initial,
)
from finance.models import BudgetLine, Fund
from finance.rules.lines import Division, NewLine, OldLine, YearPlan, plan_year, proposed
from finance.rules.positions import NOUGHT
from finance.rules.years import MONTHS, read_year, year_name
from finance.selectors import budgets_of
from finance.views.pages import MONEY, money_place, runner
from icp.common.checksums import checksum
from icp.common.money import in_pounds
from programmes.errors import Refused
from programmes.models import Organisation, Place
from programmes.views.places import signed_in


@dataclass
class YearPage:
    """One request to open a year."""

    place: Place
    year: int
    old: list[OldLine]
    forms: list[WantedForm]
    fresh: list[FreshForm]
    plan: YearPlan | None = None

    @property
    def keys(self) -> list[int]:
        return [one.key for one in self.old]

    def is_valid(self) -> bool:
        """Whether everything typed can be read, and the lines that it makes can be; says at each row what is wrong."""
        # Every form is read, so that everything that is wrong is said at once.
        if [form for form in [*self.forms, *self.fresh] if not form.is_valid()]:
            return False
        wanted = {
            old.key: form.wanted(self.keys) for old, form in zip(self.old, self.forms, strict=True)
        }
        new = [line for form in self.fresh if (line := form.new_line())]
        self.plan = plan_year(self.old, wanted, new)
        for key, why in self.plan.wrong.items():
            form = self.forms[self.keys.index(key)] if key else self.fresh[0]
            form.add_error(None, why)
        return not self.plan.wrong

    @property
    def seal(self) -> str:
        """Tells what was previewed from anything else: of the lines that end and of those that begin."""
        made = self.plan.lines if self.plan else []
        return checksum(
            {"ends": [str(one) for one in self.old], "begins": [str(one) for one in made]}
        )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def year_open(request: HttpRequest, place: str, year: str) -> HttpResponse:
    """Propose the lines of a year from those of the year before; preview, then write all of them or none."""
    found, roles = money_place(request)
    runner(roles)
    page = _load(request, found, _start(year))
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if page.is_valid() and page.plan:
            if request.POST.get("do") == "open" and request.POST.get("seen") == page.seal:
                try:
                    made = services.open_year(place=found, year=page.year, lines=page.plan.lines)
                    messages.success(request, f"{year_name(page.year)} has {len(made)} lines.")
                    return redirect("money-lines", place=place)
                except Refused as problem:
                    refused = str(problem)
            else:
                status = 200
    context = {
        "place": found,
        "page": page,
        "year": year_name(page.year),
        "before": year_name(page.year - 1),
        "rows": [
            {"number": number, "old": old, "form": form, "closing": in_pounds(old.closing)}
            for number, (old, form) in enumerate(zip(page.old, page.forms, strict=True), start=1)
        ],
        "preview": _preview(page) if status == 200 and page.plan else None,
        "has_changed": request.POST.get("do") == "open" and status == 200,
        "refused": refused,
        "there": BudgetLine.objects.filter(organisation__place=found, year=page.year).count(),
    }
    return render(request, "finance/year_open.html", context, status=status)


def _start(year: str) -> int:
    try:
        return read_year(year)
    except ValueError:
        raise Http404 from None


def _load(request: HttpRequest, place: Place, year: int) -> YearPage:
    old = _closing(place, year - 1)
    said = proposed(old)
    data = request.POST if request.method == "POST" else None
    shared: dict[str, Any] = {"place": place, "workstreams": programmes_of(place)}
    forms = [
        WantedForm(data, prefix=f"l{one.key}", initial=wanted_initial(one, said[one.key]), **shared)
        for one in old
    ]
    partners = partners_of(place)
    fresh = [
        FreshForm(data, prefix=f"n{number}", partners=partners, **shared) for number in NEW_ROWS
    ]
    return YearPage(place, year, old, forms, fresh)


def _closing(place: Place, year: int) -> list[OldLine]:
    """The lines that stand at the year's end, with their annual budgets then. Two queries."""
    lines = list(
        BudgetLine.objects.filter(organisation__place=place, year=year, to_month=MONTHS)
        .select_related("organisation", "workstream")
        .in_order()
    )
    budgets = budgets_of(lines=lines, number=MONTHS)
    return [
        OldLine(
            key=one.pk,
            organisation=one.organisation_id,
            fund=one.fund,
            workstream=one.workstream_id,
            name=one.name,
            label=str(one),
            closing=budgets[one.pk],
            is_income=one.is_income,
            division=Division(one.pooled_budget, one.aligned_budget),
        )
        for one in lines
    ]


def _preview(page: YearPage) -> dict[str, Any]:
    """The lines as they would be, and each partner's budget beside last year's."""
    made: Sequence[NewLine] = page.plan.lines if page.plan else []
    labels = {one.key: one.label for one in page.old}
    concerned = {one.organisation for one in page.old} | {one.organisation for one in made}
    partners = Organisation.objects.filter(place=page.place).in_bulk()
    streams = dict(programmes_of(page.place))
    return {
        "seal": page.seal,
        "lines": [
            {
                "partner": partners[one.organisation].short_name,
                "fund": Fund(one.fund).label,
                "label": streams.get(one.workstream or 0, one.name),
                "opening": in_pounds(one.opening),
                "division": _division_words(one.division),
                "continues": [labels[key] for key in one.continues],
            }
            for one in made
        ],
        "ended": [
            one.label for one in page.old if not any(one.key in new.continues for new in made)
        ],
        "totals": [
            {
                "partner": partner.short_name,
                "closing": in_pounds(_sum(page.old, "closing", key)),
                "opening": in_pounds(_sum(made, "opening", key)),
            }
            for key, partner in sorted(partners.items())
            if key in concerned
        ],
    }


def _division_words(one: Division) -> str:
    """Pooled 400.00, aligned 600.00; nothing where it is not known."""
    if one.pooled is None or one.aligned is None:
        return ""
    return f"pooled {in_pounds(one.pooled)}, aligned {in_pounds(one.aligned)}"


def _sum(lines: Sequence[Any], name: str, partner: int) -> Decimal:
    return sum((getattr(one, name) for one in lines if one.organisation == partner), NOUGHT)


urlpatterns: list[URLPattern] = [
    path(f"{MONEY}<str:year>/open/", year_open, name="money-year-open"),
]
