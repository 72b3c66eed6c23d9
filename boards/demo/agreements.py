"""The demonstration's agreement, business case and ring-fenced money.

Known of the source: options of two further years that are decided a month before the end, six months' notice, and a
pooled service of 208,000 and 79,000 pounds a year for three years and two more. Terms, days and the rest are our own.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from boards.demo.words import AGREEMENT_SCHEDULE
from finance.models import (
    Agreement,
    AgreementClause,
    AgreementOption,
    AgreementParty,
    BudgetLine,
    CaseApproval,
    CaseContribution,
    Commitment,
    Contribution,
    Fund,
    Headroom,
    PoolingCase,
)
from finance.services.documents import attach_document
from icp.accounts.models import User
from programmes.models import Board, Organisation, Place

YEAR = 2019
CASE = {"CCG": Decimal(208_000), "LBH": Decimal(79_000)}
# Board, and on which day it agreed; who has no day has not met on it yet.
APPROVALS = {"AOG": date(2020, 2, 5), "Governing Body": None, "City ICB": None, "Hackney ICB": None}
COMMITMENTS = ((3, "Beds over the winter", 240_000), (4, "Discharge at weekends", 65_000))


def load_agreements(place: Place, *, keeper: User) -> Agreement:
    """One agreement with its parties, options, contributions and documents, and what is pooled by it."""
    partners = {one.short_name: one for one in Organisation.objects.filter(place=place)}
    made = Agreement.objects.create(
        place=place,
        title="Section 75 agreement for integrated commissioning, CCG and LBH",
        starts_on=date(2017, 4, 1),
        ends_on=date(2020, 3, 31),
        notice_months=6,
        decide_months=1,
        notes="The dates and schedules of the demonstration are made up; options and notice are as published.",
    )
    for name in CASE:
        AgreementParty.objects.create(
            agreement=made, organisation=partners[name], is_host=name == "CCG"
        )
    for year in (2021, 2022):
        AgreementOption.objects.create(agreement=made, extends_to=date(year, 3, 31))
    for name in CASE:
        Contribution.objects.create(
            agreement=made, organisation=partners[name], year=YEAR, amount=_pooled(partners[name])
        )
    AgreementClause.objects.create(
        agreement=made, kind="schedule", title="Services in the pool", text=AGREEMENT_SCHEDULE
    )
    AgreementClause.objects.create(
        agreement=made,
        kind="variation",
        title="Joint funding of learning disability packages",
        counts_from=date(2020, 4, 1),
        text="How packages for adults with learning disabilities are funded together from the new year.",
    )
    attach_document(
        agreement=made,
        name="schedule-of-services.txt",
        content=AGREEMENT_SCHEDULE.encode(),
        by=keeper,
        at=datetime(2020, 2, 10, 10, tzinfo=UTC),
    )
    _load_case(place, made, partners)
    _load_headroom(place)
    return made


def _pooled(partner: Organisation) -> Decimal:
    """What of the partner's budgets of the year is pooled, as its lines say."""
    lines = BudgetLine.objects.filter(organisation=partner, year=YEAR)
    found = Decimal(0)
    for one in lines:
        found += one.opening_budget if one.fund == Fund.POOLED else one.pooled_budget or Decimal(0)
    return found


def _load_case(place: Place, agreement: Agreement, partners: dict[str, Organisation]) -> None:
    case = PoolingCase.objects.create(
        place=place,
        agreement=agreement,
        title="A jointly commissioned service, pooled",
        purpose="One service for both boroughs’ residents, bought once from one pooled budget.",
        year=YEAR + 1,
        years=3,
        options=2,
    )
    for name, amount in CASE.items():
        CaseContribution.objects.create(case=case, organisation=partners[name], amount=amount)
    for board in Board.objects.filter(place=place, short_name__in=APPROVALS).order_by("order"):
        day = APPROVALS[board.short_name]
        CaseApproval.objects.create(
            case=case, board=board, state="approved" if day else "waiting", decided_on=day
        )


def _load_headroom(place: Place) -> None:
    headroom = Headroom.objects.create(
        place=place, year=YEAR, name="Winter pressures", allocation=Decimal(400_000)
    )
    for quarter, what, amount in COMMITMENTS:
        Commitment.objects.create(
            headroom=headroom, quarter=quarter, what=what, amount=Decimal(amount)
        )
