"""``manage.py invite``: a new link for somebody, when nobody can sign in to send one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from icp.accounts.models import User
from icp.common import clock
from programmes.errors import Refused
from programmes.management import setting_up as reading
from programmes.management.describing import invited_lines
from programmes.management.places import place_called
from programmes.models import Place, PlaceRole
from programmes.selectors.people import belongs
from programmes.services.inviting import Invited, invite_again, invite_person
from programmes.services.offers import Holding
from programmes.services.people import give


class Command(BaseCommand):
    help = (
        "Invite somebody to a place and print their link, or give somebody who was invited a new one. "
        "Administrators do this in the browser; this is for when no administrator can sign in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "email", type=reading.option(reading.read_email), help="their e-mail address"
        )
        parser.add_argument("--place", required=True, help="the place's short name in addresses")
        parser.add_argument(
            "--name",
            type=reading.option(reading.read_words),
            help="what colleagues see, for a new account",
        )
        parser.add_argument(
            "--role",
            dest="roles",
            action="append",
            default=[],
            choices=PlaceRole.values,
            help="a role over the place to give them; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_called(options["place"])
        try:
            invited = _invite(place, options)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("\n".join(invited_lines(invited, settings.PUBLIC_ADDRESS)))


@transaction.atomic
def _invite(place: Place, options: dict[str, Any]) -> Invited:
    """Somebody new is invited; somebody who is here is given the roles, and a new link if they need one."""
    at = clock.now()
    holding = Holding(roles=tuple(PlaceRole(role) for role in options["roles"]))
    email, name = options["email"], options["name"]
    person = User.objects.filter(email=email).first()
    if person is None or not belongs(person=person, place=place):
        if person is None and name is None:
            raise CommandError(f"Nobody has the address {email} yet: give --name too.")
        return invite_person(
            place=place, email=email, name=name or "", holding=holding, by=None, at=at
        )
    give(place=place, person=person, holding=holding, expected_holder=None, by=None, at=at)
    if person.can_sign_in:
        return Invited(person, None)
    return invite_again(place=place, person=person, by=None, at=at)
