"""What every page of the registers begins with: the place, the risk, and what this person may do with it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import register_converter

from icp.common import clock
from icp.common.numbers import whole_number
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.models import Place
from programmes.views.places import Asked, place_of
from risks import access
from risks.forms import Choices
from risks.models import FormerReference, Risk, RiskRules
from risks.rules.scores import Lines
from risks.selectors import lines_of, rules_of

RISKS = "places/<slug:place>/risks/"
RISK = f"{RISKS}<riskref:ref>/"
BESIDE = (
    "register__programme",
    "owner__holder",
    "delegate__holder",
    "category",
    "organisation",
    "merged_into",
    "came_from",
    "reviewed_by",
)


class ReferenceConverter:
    """A reference: the code of a register and a number. Every other page of the registers is in small letters."""

    regex = r"[A-Z][A-Z0-9&]{0,23}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PartConverter:
    """What can be taken away from a risk."""

    regex = "controls|links|files"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "riskref")
register_converter(PartConverter, "part")


@dataclass
class RegisterPage(Asked):
    """One request for the registers of a place."""

    request: HttpRequest
    place: Place
    roles: Roles

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def rules(self) -> RiskRules:
        return rules_of(self.place)

    @cached_property
    def lines(self) -> Lines:
        return lines_of(self.rules)

    @cached_property
    def choices(self) -> Choices:
        return Choices.of(self.place, self.rules)

    @cached_property
    def held(self) -> frozenset[int]:
        return access.posts_held(user=self.user, place=self.place, on=self.today)

    def may_change(self, risk: Risk) -> bool:
        return access.may_change(roles=self.roles, risk=risk, held=self.held)

    def may_keep(self, risk: Risk) -> bool:
        programme = risk.register.programme_id
        return access.may_keep_register(roles=self.roles, programme_id=programme)

    def to_risk(self, risk: Risk) -> HttpResponse:
        return redirect("risk", place=self.place.slug, ref=risk.ref)


@dataclass
class RiskPage(RegisterPage):
    """One request for one risk. ``seen`` is the version one looked at, where the request says so."""

    risk: Risk
    seen: int | None = None

    def changer(self) -> None:
        """Refuse who may read the risk and not change it.

        Raises:
            NotAllowed: with the sentence that the page shows.
        """
        if not self.may_change(self.risk):
            raise NotAllowed(
                "You may read this risk. Its owner and delegate, the leads of its programme and the office change it."
            )


def load_register(request: HttpRequest) -> RegisterPage:
    place, roles = place_of(request)
    return RegisterPage(request, place, roles)


def load_risk(request: HttpRequest, ref: str) -> RiskPage:
    """The risk of this address, by what it is called now or was called before.

    Raises:
        Http404: there is none, or this person has no role in the place.
    """
    place, roles = place_of(request)
    found = find_risk(place=place, roles=roles, ref=ref)
    found.place = place
    return RiskPage(request, place, roles, found)


def seen_in(data: QueryDict) -> int:
    """The version that a form or an address says was shown; 0, which no row has, where it says none."""
    return whole_number(data.get("version")) or 0


def find_risk(*, place: Place, roles: Roles, ref: str) -> Risk:
    rows = access.risks_of(place=place, roles=roles).select_related(*BESIDE)
    found = rows.filter(ref=ref).first()
    if found is None:
        former: Any = FormerReference.objects.filter(place=place, ref=ref).values("risk_id")
        found = rows.filter(pk__in=former).first()
    if found is None:
        raise Http404("There is no such risk here.")
    return found
