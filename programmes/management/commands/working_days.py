"""Say which days a place's working days leave out: bank holidays, days it is closed, bank holidays it works on."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.words import NotADate, british_date, parse_british_date
from programmes.errors import CannotSave
from programmes.management.places import place_called
from programmes.models import Place
from programmes.services.working_days import set_calendar


class Command(BaseCommand):
    help = "Say which days a place's working days leave out beside week-ends, or print them. No date of a plan moves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's slug")
        parser.add_argument(
            "--holidays", choices=Place.Holidays.values, help="which bank holidays count"
        )
        parser.add_argument(
            "--closed",
            default="",
            metavar="DAYS",
            help="days on which nobody works besides, with commas between",
        )
        parser.add_argument(
            "--worked", default="", metavar="DAYS", help="bank holidays on which people work"
        )
        parser.add_argument(
            "--usual", default="", metavar="DAYS", help="such days that are as usual again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_called(options["place"])
        days = {name: _days(options[name]) for name in ("closed", "worked", "usual")}
        if options["holidays"] or any(days.values()):
            try:
                with recorded(way=Way.COMMAND):
                    place = set_calendar(place=place, holidays=options["holidays"], **days)
            except CannotSave as refused:
                raise CommandError(str(refused)) from None
        self.stdout.write(f"{place.name}: {place.get_holidays_display()}.")
        self._list("Closed besides", place.closed_days)
        self._list("Worked all the same", place.worked_holidays)

    def _list(self, what: str, days: list[date]) -> None:
        if days:
            self.stdout.write(f"{what}: {', '.join(british_date(day) for day in days)}.")


def _days(text: str) -> list[date]:
    """
    Raises:
        CommandError: one is no date; says how to write it.
    """
    try:
        return [parse_british_date(one.strip()) for one in text.split(",") if one.strip()]
    except NotADate as problem:
        raise CommandError(str(problem)) from None
