"""Business cases for pooling, with the approval of each board, and ring-fenced money with what is committed of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern

from finance import access
from finance.models import Headroom, PoolingCase
from finance.pooling_forms import (
    ApprovalForm,
    CaseContributionForm,
    CaseFilter,
    CaseForm,
    CommitmentForm,
    HeadroomFilter,
    HeadroomForm,
)
from finance.rules.pooling import LifeCost, Quarter, balance_words, life_cost, quarters_of, standing
from finance.rules.years import year_name
from finance.views.keeping import Column, Keeping, Part, urls_of
from icp.common.money import in_pounds
from programmes.access import Roles
from programmes.models import Place

QUARTER_WORDS = {
    1: "April to June",
    2: "July to September",
    3: "October to December",
    4: "January to March",
}


def _cases(*, place: Place, roles: Roles) -> Any:
    found = access.cases_of(place=place, roles=roles).select_related("agreement")
    return found.prefetch_related("contributions__organisation", "approvals__board").order_by(
        "-year", "title", "pk"
    )


def _cost(one: PoolingCase) -> LifeCost:
    parts = {said.organisation.short_name: said.amount for said in one.contributions.all()}
    return life_cost(parts, years=one.years, options=one.options)


def _standing(one: PoolingCase) -> str:
    return standing([said.state for said in one.approvals.all()])


def _case_rows(found: Iterable[PoolingCase]) -> Iterator[tuple[list[str], list[Any]]]:
    for one in found:
        cost = _cost(one)
        first, stands = year_name(one.year), _standing(one)
        printed = [in_pounds(cost.a_year), in_pounds(cost.certain), in_pounds(cost.at_most)]
        yield (
            [one.title, first, *printed, stands],
            [one.title, first, cost.a_year, cost.certain, cost.at_most, stands],
        )


def _case_context(request: HttpRequest, one: PoolingCase) -> dict[str, Any]:
    cost = _cost(one)
    approvals = sorted(one.approvals.all(), key=lambda said: (said.board.order, said.board_id))
    return {
        "standing": _standing(one),
        "a_year": in_pounds(cost.a_year),
        "certain": in_pounds(cost.certain),
        "at_most": in_pounds(cost.at_most),
        "contributions": [
            {
                "key": said.pk,
                "name": said.organisation.short_name,
                "a_year": in_pounds(said.amount),
                "certain": in_pounds(said.amount * one.years),
                "at_most": in_pounds(said.amount * (one.years + one.options)),
            }
            for said in sorted(one.contributions.all(), key=lambda part: part.organisation_id)
        ],
        "by_year": [
            {"name": year_name(year), "cost": in_pounds(amount), "is_option": is_option}
            for year, amount, is_option in cost.by_year(one.year)
        ],
        "approvals": approvals,
    }


CASES = Keeping(
    name="case",
    plural="pooling-cases",
    folder="pooling",
    title="Business cases for pooling",
    words="a business case",
    empty="No business case is kept yet.",
    form=CaseForm,
    parts={
        "approval": Part(ApprovalForm, "a board’s approval"),
        "contribution": Part(CaseContributionForm, "a contribution"),
    },
    filter=CaseFilter,
    columns=(
        Column("Business case", "case"),
        Column("First year", "first_year"),
        Column("A year, £", "a_year", is_number=True),
        Column("For certain, £", "for_certain", is_number=True),
        Column("At most, £", "at_most", is_number=True),
        Column("Boards", "boards"),
    ),
    visible=_cases,
    rows=_case_rows,
    context=_case_context,
)


def _headrooms(*, place: Place, roles: Roles) -> Any:
    found = access.headrooms_of(place=place, roles=roles).prefetch_related("commitments")
    return found.order_by("-year", "name", "pk")


def _quarters(one: Headroom) -> list[Quarter]:
    return quarters_of(
        one.allocation, [(said.quarter, said.amount) for said in one.commitments.all()]
    )


def _headroom_rows(found: Iterable[Headroom]) -> Iterator[tuple[list[str], list[Any]]]:
    for one in found:
        quarters = _quarters(one)
        committed, balance = [said.committed for said in quarters], quarters[-1].balance
        year = year_name(one.year)
        yield (
            [
                one.name,
                year,
                in_pounds(one.allocation),
                *(in_pounds(amount) for amount in committed),
                in_pounds(balance),
            ],
            [one.name, year, one.allocation, *committed, balance],
        )


def _headroom_context(request: HttpRequest, one: Headroom) -> dict[str, Any]:
    quarters = _quarters(one)
    said = sorted(one.commitments.all(), key=lambda part: (part.quarter, part.pk))
    return {
        "year": year_name(one.year),
        "allocation": in_pounds(one.allocation),
        "balance": in_pounds(quarters[-1].balance),
        "is_overcommitted": quarters[-1].balance < 0,
        "in_short": balance_words(one.allocation, quarters[-1].balance),
        "quarters": [
            {
                "words": QUARTER_WORDS[quarter.number],
                "commitments": [
                    {"key": part.pk, "what": part.what, "amount": in_pounds(part.amount)}
                    for part in said
                    if part.quarter == quarter.number
                ],
                "committed": in_pounds(quarter.committed),
                "balance": in_pounds(quarter.balance),
            }
            for quarter in quarters
        ],
    }


HEADROOMS = Keeping(
    name="headroom",
    plural="headrooms",
    folder="headroom",
    title="Ring-fenced headroom",
    words="ring-fenced money",
    empty="No money is ring-fenced yet.",
    form=HeadroomForm,
    parts={"commitment": Part(CommitmentForm, "a commitment")},
    filter=HeadroomFilter,
    columns=(
        Column("Kept for", "kept_for"),
        Column("Year", "year"),
        Column("Allocation, £", "allocation", is_number=True),
        *(
            Column(f"Quarter {number}, £", f"quarter_{number}", is_number=True)
            for number in QUARTER_WORDS
        ),
        Column("Balance, £", "balance", is_number=True),
    ),
    visible=_headrooms,
    rows=_headroom_rows,
    context=_headroom_context,
)

urlpatterns: list[URLPattern] = [*urls_of(CASES), *urls_of(HEADROOMS)]
