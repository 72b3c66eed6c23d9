"""A place, and an invitation, in lines for a terminal."""

from datetime import datetime

from django.db.models import Q

from icp.common.presenters import long_date
from icp.common.words import plural, sentence_list
from programmes.models import (
    Board,
    Membership,
    Offer,
    Organisation,
    Period,
    Place,
    PlaceRole,
    PlanItem,
    Programme,
)
from programmes.selectors.people import PersonState, holding_anything, people_of
from programmes.services.inviting import Invited


def describe(place: Place, *, at: datetime) -> list[str]:
    """What a place has, a line each."""
    organisations = Organisation.objects.filter(place=place).order_by("pk")
    boards = Board.objects.filter(place=place).order_by("order", "pk")
    periods = Period.objects.filter(place=place).order_by("starts_on")
    rows = PlanItem.objects.filter(programme__place=place, removed_at__isnull=True).count()
    people = people_of(place=place, at=at).filter(holding_anything(place=place) | Q(awaited=True))
    administrator = {"place": place, "role": PlaceRole.ADMINISTRATOR}
    administrators = people.filter(
        Q(pk__in=Membership.objects.filter(**administrator).values("user_id"))
        | Q(pk__in=Offer.objects.filter(**administrator).values("user_id"))
    )
    return [
        f"short name {place.slug}, in {place.system.name}",
        f"red beyond {plural(place.tolerance_months, 'month')}, "
        f"{place.get_holidays_display().lower()}, "
        f"returns due after {plural(place.return_due_working_days, 'working day')}",
        *(
            f"administrator {one.shown} ({one.email}): {_state_words(one.state)}"  # type: ignore[attr-defined]
            for one in administrators
        ),
        plural(people.count(), "person", "people"),
        _counted("organisation", list(organisations.values_list("short_name", flat=True))),
        _counted("board", list(boards.values_list("short_name", flat=True))),
        f"{plural(Programme.objects.in_place(place).count(), 'programme')}, {plural(rows, 'plan row')}",
        _counted("period", list(periods.values_list("name", flat=True)))
        if periods
        else "no periods yet: the office opens the first under Periods",
    ]


def _state_words(state: str) -> str:
    return PersonState(state).label.lower()


def _counted(noun: str, names: list[str]) -> str:
    """2 boards: AOG and ICB; no boards"""
    if not names:
        return f"no {noun}s"
    return f"{plural(len(names), noun)}: {sentence_list(names)}"


def invited_lines(invited: Invited, address: str) -> list[str]:
    """How the person comes in: by a link that is shown here and nowhere else, or as they do already."""
    person, issued = invited.person, invited.issued
    if issued is None and invited.asked:
        return [
            f"{person.email} has an account already. They hold nothing here until they sign in at {address}/ and accept."
        ]
    if issued is None:
        return [f"{person.email} has an account already and signs in at {address}/ as before."]
    until = long_date(issued.invitation.expires_at)
    return [
        "",
        f"{person.email} chooses a password here (once, until the end of {until}):",
        f"  {issued.link}",
        "Whoever opens it first signs in as this person: give it to nobody else.",
        "The same link is on its way by e-mail; it works before mail does.",
    ]
