"""``manage.py erase_person``: replace who somebody was by a pseudonym, everywhere but in what is frozen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from icp.accounts.models import User
from programmes.personal.erasing import CannotErase, acts_of, erase


class Command(BaseCommand):
    help = (
        "Erase a person who has left: pseudonym in account and history, sign-in data removed, account closed. "
        "Run it as the owner of the database (ICP_DATABASE_ROLE=owner), first with --dry-run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="their e-mail address")
        parser.add_argument("--reason", default="", help="why; it is kept in the history")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("Nobody has this address. Look under People for the one they use.")
        with transaction.atomic():
            try:
                steps = erase(person=person, reason=options["reason"])
            except CannotErase as refused:
                raise CommandError(str(refused)) from None
            if options["dry_run"]:
                transaction.set_rollback(True)
        self.stdout.write("Would change:" if options["dry_run"] else "Changed:")
        for step in steps:
            self.stdout.write(f"  {step}")
        self.stdout.write(
            f"What they did keeps its author by number ({acts_of(person)} rows). Published reports and closed "
            "periods are never changed: the name stays where they print it. Copies (backups) hold what they held."
        )
