"""``manage.py reset_sign_in``: take away what somebody has lost, when they can no longer do it themselves."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from icp.accounts.models import EventKind, User
from icp.accounts.recording import record


class Command(BaseCommand):
    help = (
        "Take away somebody's second factors and recovery codes (--second-factor), or the link to their "
        "organisation's sign-in (--single-sign-on). Make sure, by a way you know, that it is they who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--second-factor", action="store_true")
        parser.add_argument("--single-sign-on", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {options['email']}.")
        if not (options["second_factor"] or options["single_sign_on"]):
            raise CommandError("Say what to take away: --second-factor, --single-sign-on or both.")
        if options["second_factor"]:
            self._take(user, Authenticator.objects.filter(user=user), EventKind.FACTOR_REMOVED)
        if options["single_sign_on"]:
            self._take(user, SocialAccount.objects.filter(user=user), EventKind.SSO_UNLINKED)

    def _take(self, user: User, found: Any, kind: EventKind) -> None:
        count, _ = found.delete()
        if count:
            record(kind, request=None, user=user, how="from the command line")
        self.stdout.write(f"{kind.label}: {count} taken away from {user.email}.")
