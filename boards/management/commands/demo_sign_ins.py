"""Print how to sign in to the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from boards.demo.people import PASSWORD, SIGN_INS


class Command(BaseCommand):
    help = "Print the demonstration's sign-ins: one for each role, two for the office."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only the demonstration has sign-ins to show.")
        roles = max(len(entry.role) for entry in SIGN_INS)
        emails = max(len(entry.email) for entry in SIGN_INS)
        for entry in SIGN_INS:
            self.stdout.write(
                f"  {entry.role:<{roles}}  {entry.email:<{emails}}  opens {entry.opens}"
            )
        self.stdout.write(f"  The password of each: {PASSWORD}")
