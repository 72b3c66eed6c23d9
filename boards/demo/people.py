"""Who signs in to the demonstration: a person for each post, two for the office, a board, an auditor."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from icp.accounts.models import User
from programmes.models import (
    Board,
    BoardMember,
    FinanceLead,
    Membership,
    Organisation,
    Place,
    PlaceRole,
    Post,
)

# Shown on the screen by `make run`, which serves this machine only.
PASSWORD = "demonstration-2020"  # noqa: S105
DOMAIN = "cityandhackney.example"
# The partners whose money the place pools or aligns.
FINANCE_PARTNERS = ("CCG", "LBH", "CoLC")


@dataclass(frozen=True)
class SignIn:
    """One line of the table of sign-ins."""

    role: str
    email: str
    opens: str


SIGN_INS = (
    SignIn("Lead (IT Enabler)", f"it-enabler-lead@{DOMAIN}", "the monthly update"),
    SignIn("SRO (IT Enabler, Unplanned Care)", f"chief-executive-homerton@{DOMAIN}", "sign-off"),
    SignIn("Accountable officer", f"ccg-managing-director@{DOMAIN}", "sign-off"),
    SignIn("Programme office, first", f"ic-programme-director@{DOMAIN}", "the place"),
    SignIn("Programme office, second", f"ic-programme-manager@{DOMAIN}", "the place"),
    SignIn("Board member (both ICBs)", f"icb-member@{DOMAIN}", "the reports"),
    SignIn("Finance lead (CCG)", f"ccg-finance-lead@{DOMAIN}", "the money"),
    SignIn("Programme finance lead", f"programme-finance-lead@{DOMAIN}", "the money"),
    SignIn("Governance manager", f"governance-manager@{DOMAIN}", "the place"),
    SignIn("Risk owner", f"risk-owner@{DOMAIN}", "the registers of risks"),
    SignIn("Auditor", f"auditor@{DOMAIN}", "the place"),
    SignIn("Administrator", f"administrator@{DOMAIN}", "the place"),
)


def make_people(place: Place) -> dict[str, User]:
    """A user for every post of the place and for the roles over it, by name; made once."""
    password = make_password(PASSWORD)

    def person(name: str) -> User:
        user, _ = User.objects.get_or_create(
            email=f"{slugify(name)[:60]}@{DOMAIN}", defaults={"name": name, "password": password}
        )
        return user

    people = {}
    for post in Post.objects.filter(place=place, holder__isnull=True).order_by("pk"):
        post.holder = people[post.title] = person(post.title)
        post.save(update_fields=["holder"])
    for name, role in (
        ("IC Programme Director", PlaceRole.OFFICE),
        ("IC Programme Manager", PlaceRole.OFFICE),
        ("Programme Finance Lead", PlaceRole.FINANCE),
        ("Governance Manager", PlaceRole.GOVERNANCE),
        ("Risk Owner", PlaceRole.RISK_OWNER),
        ("Auditor", PlaceRole.AUDITOR),
        ("Administrator", PlaceRole.ADMINISTRATOR),
    ):
        people[name] = person(name)
        Membership.objects.get_or_create(place=place, user=people[name], role=role)
    for partner in Organisation.objects.filter(place=place, short_name__in=FINANCE_PARTNERS):
        name = f"{partner.short_name} Finance Lead"
        people[name] = person(name)
        FinanceLead.objects.get_or_create(organisation=partner, user=people[name])
    member = people["ICB Member"] = person("ICB Member")
    for board in Board.objects.filter(place=place, slug__in=("city-icb", "hackney-icb")):
        BoardMember.objects.get_or_create(board=board, user=member)
    return people
