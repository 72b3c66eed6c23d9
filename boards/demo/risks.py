"""The demonstration's registers: the nine escalated risks of March 2020, with the quarters of 2019/20.

References, titles, owners and scores are as published; what is said of them and done about them is our own.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from finance.models import BudgetLine
from icp.accounts.models import User
from programmes.models import Board, Organisation, Place, Post, Programme
from risks.models import (
    Control,
    ControlLine,
    Ground,
    Link,
    Mitigation,
    Residual,
    Risk,
    RiskCategory,
    RiskRules,
)
from risks.services import ask_to_see, raise_risk, review_unchanged

FILE = Path(__file__).parent / "data" / "risks_2020_03.csv"
YEAR = 2019
# What of each kind of risk the place lives with, and what it does not bear.
CATEGORIES = (
    ("Quality and safety", 8, 12),
    ("Finance", 9, 15),
    ("Workforce", 9, 15),
    ("Delivery", 10, 15),
)
# The boards meet in common, and read one register.
BOARDS = ("city-icb", "hackney-icb")


@dataclass(frozen=True)
class Told:
    """``doing``: what is done, by when, and how far it has come in percent. Target as likelihood and impact."""

    category: str
    organisation: str
    cause: str
    event: str
    consequence: str
    target: tuple[int, int]
    doing: tuple[tuple[str, date, int, str], ...]
    control: str
    indicator: str = ""
    indicator_set: str = ""


TOLD = {
    "IC23": Told(
        "Workforce",
        "CCG",
        "New ways of working ask for skills that are scarce across the partners.",
        "Posts stay open, or are filled by people who need longer to grow into them.",
        "Plans start late, and services lean on agency staff.",
        (3, 3),
        (
            (
                "Hold one workforce plan for all partners, with the skills each programme needs.",
                date(2020, 3, 31),
                60,
                "Likelihood falls to 3 once gaps are known a year ahead.",
            ),
            (
                "Offer joint training places for care navigators and care coordinators.",
                date(2020, 6, 30),
                20,
                "Two posts in three are filled from within.",
            ),
        ),
        "The workforce enabler group sees vacancies of every partner each month.",
    ),
    "IC24": Told(
        "Finance",
        "LBH",
        "Grants for social care are settled one year at a time.",
        "The grant for the coming year is smaller, or comes with other conditions.",
        "Packages of care are cut, and people stay longer in hospital.",
        (3, 4),
        (
            (
                "Set out which services end first, and what each would cost the hospital.",
                date(2020, 4, 30),
                40,
                "Impact falls to 3 where an alternative is agreed.",
            ),
        ),
        "The three finance leads forecast the year ahead together each quarter.",
    ),
    "P16": Told(
        "Delivery",
        "LBH",
        "Practices refer fewer people since the service moved to a new provider.",
        "Fewer people set a date to stop smoking than the contract expects.",
        "The gap in healthy life expectancy between neighbourhoods stays.",
        (3, 3),
        (
            (
                "Put the referral form into the practices' record system.",
                date(2020, 3, 31),
                70,
                "Referrals return to the level of the year before.",
            ),
        ),
        "The contract is reviewed with the provider each month.",
    ),
    "P13": Told(
        "Quality and safety",
        "CoLC",
        "Housing, health and outreach for people who sleep rough are paid for by many bodies.",
        "Somebody falls between two services.",
        "People die younger than they need to, and come to hospital late.",
        (3, 4),
        (
            (
                "Agree one pathway with the partners, and who pays for each step of it.",
                date(2020, 5, 29),
                35,
                "Likelihood falls to 3.",
            ),
        ),
        "A multi-agency meeting goes through every person known to sleep rough.",
    ),
    "PC1": Told(
        "Finance",
        "LBH",
        "More adults with learning disabilities need more care than the budget was set for.",
        "Packages cost more than the pooled budget holds.",
        "The overspend falls on the partners at the year's end.",
        (3, 4),
        (
            (
                "Review the fifty costliest packages with the person and their family.",
                date(2020, 3, 31),
                55,
                "Impact falls to 4.",
            ),
            (
                "Agree how a forecast overspend is shared before the year ends.",
                date(2020, 3, 20),
                80,
                "What is left is shared as agreed.",
            ),
        ),
        "A panel agrees every package above its limit.",
    ),
    "PC2": Told(
        "Finance",
        "CCG",
        "Referrals for planned surgery grow faster than the plan.",
        "The hospital treats more people than was agreed.",
        "The forecast overspends, and there is less for other services.",
        (2, 4),
        (
            (
                "Offer advice and guidance to practices before they refer.",
                date(2020, 3, 31),
                75,
                "Likelihood falls to 2.",
            ),
        ),
        "Activity is compared with the plan each month, specialty by specialty.",
    ),
    "PC12": Told(
        "Finance",
        "LBH",
        "The pilot of Housing First was paid for by a grant that ends.",
        "No partner has a budget for the tenancies that go on.",
        "People lose their support, and may lose their home.",
        (2, 4),
        (
            (
                "Bring a case for joint funding to the boards.",
                date(2020, 4, 30),
                30,
                "Likelihood falls to 2 once it is agreed.",
            ),
        ),
        "The council keeps the tenancies while the case is considered.",
    ),
    "UPC9": Told(
        "Quality and safety",
        "Homerton",
        "Assessments, medicines and transport of one discharge are arranged one after another.",
        "People who are well enough to leave wait in a hospital bed.",
        "Wards are full in winter, and people lose strength while they wait.",
        (3, 3),
        (
            (
                "Begin the plan for leaving on the day somebody comes in.",
                date(2020, 3, 31),
                50,
                "Likelihood falls to 4.",
            ),
        ),
        "Delayed discharges are gone through by name each morning.",
        indicator="Delayed transfers of care",
        indicator_set="BCF metrics",
    ),
    "CYPMF8": Told(
        "Quality and safety",
        "CCG",
        "Some families do not come for their children's immunisations.",
        "Coverage stays below what protects a community.",
        "An outbreak of measles reaches children and those who care for them.",
        (1, 5),
        (
            (
                "Hold evening and Sunday clinics with the community's own organisations.",
                date(2020, 6, 30),
                60,
                "Likelihood stays at 2 or below.",
            ),
        ),
        "Coverage is reported by neighbourhood each quarter.",
    ),
}


def rows() -> list[dict[str, str]]:
    with FILE.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def load_risks(place: Place, *, by: User, at: datetime) -> None:
    """The nine as they came into the portal, with the quarters that the paper prints."""
    RiskRules.objects.create(place=place)
    categories = {
        name: RiskCategory.objects.create(
            place=place, name=name, appetite=appetite, tolerance=tolerance, order=order
        )
        for order, (name, appetite, tolerance) in enumerate(CATEGORIES, start=1)
    }
    partners = {one.short_name: one for one in Organisation.objects.filter(place=place)}
    programmes = {one.code: one for one in Programme.objects.filter(place=place)}
    posts = {one.title: one for one in Post.objects.filter(place=place)}
    for row in rows():
        told = TOLD[row["ref"]]
        risk = raise_risk(
            place=place,
            programme=programmes.get(row["programme"]),
            number=int("".join(letter for letter in row["ref"] if letter.isdigit())),
            values=_values(row, told)
            | {
                "owner": posts[row["owner_post"]],
                "category": categories[told.category],
                "organisation": partners[told.organisation],
            },
            by=by,
            at=at,
            today=at.date(),
            because="As the register of escalated risks prints it.",
            tell=False,
        )
        _hang_on(risk, row, told, by=by, at=at)


def review_risks(place: Place, *, at: datetime) -> None:
    """Every owner looks at their risks, and changes nothing."""
    owned = Risk.objects.filter(place=place).select_related("owner__holder").in_order()
    for risk in owned:
        assert risk.owner is not None
        assert risk.owner.holder is not None
        review_unchanged(risk=risk, by=risk.owner.holder, at=at, today=at.date())


def _values(row: dict[str, str], told: Told) -> dict[str, Any]:
    return {
        "kind": row["type"],
        "title": row["title"],
        "cause": told.cause,
        "event": told.event,
        "consequence": told.consequence,
        "inherent": int(row["inherent_score"]),
        "likelihood": int(row["likelihood"]),
        "impact": int(row["impact"]),
        "target_likelihood": told.target[0],
        "target_impact": told.target[1],
        "printed_current": row["printed_current"],
    }


def _hang_on(risk: Risk, row: dict[str, str], told: Told, *, by: User, at: datetime) -> None:
    # The fourth quarter is in progress: it follows the current score.
    quarters = row["residual_2019_20"].split(";")[:3]
    Residual.objects.bulk_create(
        Residual(risk=risk, year=YEAR, quarter=quarter, score=int(text), recorded_at=at)
        for quarter, text in enumerate(quarters, start=1)
        if text != "N/A"
    )
    Mitigation.objects.bulk_create(
        Mitigation(
            risk=risk,
            what=what,
            owner=risk.owner,
            due_on=due,
            percent=percent,
            effect=effect,
            order=order,
        )
        for order, (what, due, percent, effect) in enumerate(told.doing, start=1)
    )
    Control.objects.create(risk=risk, line=ControlLine.CONTROL, what=told.control)
    if told.indicator:
        Link.objects.create(risk=risk, indicator=told.indicator, indicator_set=told.indicator_set)
    if told.category == "Finance":
        programme = risk.register.programme
        line = BudgetLine.objects.filter(organisation=risk.organisation, workstream=programme)
        first = line.in_order().first() if programme else None
        Link.objects.create(
            risk=risk,
            organisation=risk.organisation,
            workstream=programme,
            fund=first.fund if first else "",
        )
    if row["reported_to_board_by_request"] == "yes":
        for board in Board.objects.filter(place=risk.place, slug__in=BOARDS).order_by("order"):
            ask_to_see(
                risk=risk,
                ground=Ground.BOARD,
                board=board,
                by=by,
                at=at,
                today=at.date(),
                tell=False,
            )
