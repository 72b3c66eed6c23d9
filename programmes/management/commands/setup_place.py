"""``manage.py setup_place``: a place and its first administrator, from nothing."""

import sys
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from icp.common import clock
from icp.common.words import plural
from programmes.errors import CannotSetUp, PlaceIsThere, Refused
from programmes.management import setting_up as reading
from programmes.management.describing import describe, invited_lines
from programmes.models import Place
from programmes.services.setup import SetUp, Wanted, set_up_place

REQUIRED = {"name": "--place", "system": "--system", "administrator_email": "--administrator"}
NOTHING = "Nothing was set up."


# Name, what it sets, how it is read, what stands for its value in the help, and what it is.
OPTIONS = (
    ("--place", "name", reading.read_words, "NAME", "the place's name: City & Hackney"),
    (
        "--slug",
        "slug",
        reading.read_slug,
        "WORD",
        "its short name in addresses; else from its name",
    ),
    ("--system", "system", reading.read_words, "NAME", "the system it belongs to"),
    ("--administrator", "administrator_email", reading.read_email, "EMAIL", "the first one's"),
    ("--administrator-name", "administrator_name", reading.read_words, "NAME", "as others see it"),
    ("--tolerance-months", "tolerance_months", reading.read_tolerance, "N", "red beyond: 2"),
    ("--holidays", "holidays", reading.read_holidays, "WHICH", "england (else none)"),
    ("--due-days", "return_due_working_days", reading.read_due_days, "N", "after a month ends: 1"),
    ("--reminder-days", "reminder_days", reading.read_reminder_days, "N,N", "5,2,0; or none"),
    (
        "--first-period",
        "first_month",
        reading.read_month,
        "MONTH",
        "the first to report on: 2026-12",
    ),
    ("--programmes", "programmes", reading.read_file, "FILE", "programmes, .csv or .xlsx"),
    ("--plan", "plan", reading.read_file, "FILE", "their plan, .csv or .xlsx"),
    ("--people", "people", reading.read_file, "FILE", "people to invite, .csv or .xlsx"),
)
SEVERAL = (
    ("--organisation", "organisations", "a partner; may be repeated"),
    ("--board", "boards", "a board; may be repeated"),
    ("--reading-board", "reading_boards", "one that is never asked to decide; may be repeated"),
)


class Command(BaseCommand):
    help = (
        "Make a place from nothing: its settings, its first administrator with an invitation, and, where "
        "given, organisations, boards, programmes, plan, people and the first month. All of it or nothing. "
        "Without options, on a terminal, it asks. Doing it twice says what is there and changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, sets, read, value, what in OPTIONS:
            parser.add_argument(
                name, dest=sets, type=reading.option(read), metavar=value, help=what
            )
        body = reading.option(reading.read_body)
        for name, sets, what in SEVERAL:
            parser.add_argument(
                name, dest=sets, action="append", type=body, metavar="SHORT=NAME", help=what
            )
        parser.add_argument(
            "--not-office",
            dest="not_office",
            action="store_true",
            default=None,
            help="the first administrator is not the programme office",
        )
        parser.add_argument("--dry-run", action="store_true", help="try everything, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        given = self._given(options)
        try:
            wanted = self._from_options(given) if given else self._by_asking()
            made = set_up_place(wanted=wanted, at=clock.now(), dry_run=options["dry_run"])
        except PlaceIsThere as there:
            self._say_what_is_there(there.place, given.get("name"))
        except CannotSetUp as refused:
            for error in refused.errors:
                self.stderr.write(str(error))
            count = plural(len(refused.errors), "cell needs", "cells need")
            more = f" {count} to be put right." if refused.errors else ""
            raise CommandError(f"{NOTHING} {refused}{more}") from None
        except Refused as refused:
            raise CommandError(f"{NOTHING} {refused}") from None
        except (EOFError, KeyboardInterrupt):
            raise CommandError(f"Stopped. {NOTHING}") from None
        else:
            self._say_what_was_made(made, dry_run=options["dry_run"])

    def _given(self, options: dict[str, Any]) -> dict[str, Any]:
        names = [sets for _, sets, *_ in (*OPTIONS, *SEVERAL)]
        return {name: options[name] for name in (*names, "not_office") if options[name] is not None}

    def _from_options(self, given: dict[str, Any]) -> Wanted:
        missing = [flag for name, flag in REQUIRED.items() if name not in given]
        if missing:
            raise CommandError(f"{NOTHING} Give {', '.join(missing)} too.")
        slug = given.pop("slug", None) or reading.slug_of(given["name"])
        if not slug:
            raise CommandError(
                f"{NOTHING} Give --slug too: the name holds no letter for an address."
            )
        boards = given.pop("boards", [])
        boards += [replace(one, takes_decisions=False) for one in given.pop("reading_boards", [])]
        organisations = given.pop("organisations", [])
        return Wanted(
            slug=slug,
            administrator_is_office=not given.pop("not_office", False),
            boards=tuple(boards),
            organisations=tuple(organisations),
            **given,
        )

    def _by_asking(self) -> Wanted:
        if not sys.stdin.isatty():
            raise CommandError(
                f"{NOTHING} Without a terminal to ask on, give at least {', '.join(REQUIRED.values())}."
            )
        self._ask("A new place. Press Enter for what stands in brackets; Ctrl-C stops.\n\n")
        questions = reading.Questions(self._ask, input)
        name, slug = reading.ask_place(questions)
        found = Place.objects.filter(slug=slug).first()
        if found:
            raise PlaceIsThere(found)
        wanted = reading.ask_the_rest(questions, name=name, slug=slug)
        self._ask("\n" + "\n".join(reading.in_words(wanted)) + "\n\n")
        if not questions.ask("Set this up?", reading.read_yes, "yes"):
            raise EOFError
        return wanted

    def _ask(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()

    def _say_what_is_there(self, place: Place, name: str | None) -> None:
        if name and name != place.name:
            raise CommandError(
                f"{NOTHING} The short name {place.slug} belongs to {place.name} already. Choose another: --slug."
            )
        self.stdout.write(f"{place.name} is set up already. Nothing was changed. It has:")
        self.stdout.write("\n".join(f"  {line}" for line in describe(place, at=clock.now())))
        self.stdout.write("A new link for somebody who has none: manage.py invite")

    def _say_what_was_made(self, made: SetUp, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write("All of this can be set up. Nothing was written: this was a dry run.")
            return
        self.stdout.write(f"{made.place.name} is set up:")
        self.stdout.write("\n".join(f"  {line}" for line in describe(made.place, at=clock.now())))
        if made.people:
            count = plural(len(made.people), "person is", "people are")
            self.stdout.write(f"{count} invited by e-mail besides the administrator.")
        self.stdout.write("\n".join(invited_lines(made.administrator, settings.PUBLIC_ADDRESS)))
