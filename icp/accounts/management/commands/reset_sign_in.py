"""``manage.py reset_sign_in``: take away what somebody has lost, when they can no longer do it themselves."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from icp.accounts.models import EventKind, SignInEvent, User
from icp.accounts.notices import mail_factor_taken
from icp.accounts.recording import record
from icp.common import clock

# As long as the record keeps a reason.
WORDS = 200


class Command(BaseCommand):
    help = (
        "Take away somebody's second factors and recovery codes (--second-factor), or the link to their "
        "organisation's sign-in (--single-sign-on). For a second factor somebody who lets people in where they "
        "belong has made sure that it is they who ask, as when they were invited: say who, and how."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--second-factor", action="store_true")
        parser.add_argument("--single-sign-on", action="store_true")
        parser.add_argument(
            "--vouched-by",
            default="",
            help="the address of an administrator, or of the office, of a place that they belong to",
        )
        parser.add_argument("--because", default="", help="how that person knows that it is they")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {options['email']}.")
        if not (options["second_factor"] or options["single_sign_on"]):
            raise CommandError("Say what to take away: --second-factor, --single-sign-on or both.")
        if options["second_factor"]:
            self._take_factors(user, options["vouched_by"], options["because"].strip())
        if options["single_sign_on"]:
            self._take(user, SocialAccount.objects.filter(user=user), EventKind.SSO_UNLINKED)

    def _take_factors(self, user: User, address: str, because: str) -> None:
        """Recorded and mailed with who vouched, and how."""
        voucher = _voucher_for(user, address)
        if not because or len(because) > WORDS:
            raise CommandError(
                f"Say how {voucher} knows that it is they, with --because: at most {WORDS} characters."
            )
        count, _ = Authenticator.objects.filter(user=user).delete()
        if count:
            SignInEvent.objects.create(
                at=clock.now(),
                kind=EventKind.FACTOR_REMOVED,
                user=user,
                by=voucher,
                reason=because,
            )
            mail_factor_taken(user, by=voucher, reason=because, at=clock.now())
        self._say(EventKind.FACTOR_REMOVED, count, user)

    def _take(self, user: User, found: Any, kind: EventKind) -> None:
        count, _ = found.delete()
        if count:
            record(kind, request=None, user=user, how="from the command line")
        self._say(kind, count, user)

    def _say(self, kind: EventKind, count: int, user: User) -> None:
        self.stdout.write(f"{kind.label}: {count} taken away from {user.email}.")


def _voucher_for(user: User, address: str) -> User:
    """Who made sure that it is they: as much as is asked when somebody is let in."""
    voucher = User.objects.able_to_sign_in().filter(email=address.strip().lower()).first()
    may_vouch = import_string(settings.SECOND_FACTOR_VOUCHERS)
    if voucher is None or not may_vouch(voucher=voucher, person=user):
        raise CommandError(
            "Say with --vouched-by who made sure that it is they: the address of somebody else who is "
            "administrator, or of the programme office, in a place that they belong to."
        )
    return voucher
