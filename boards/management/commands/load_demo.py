"""Load the demonstration's place, plan and published month."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards.demo.loading import NotADemonstration, load_demo


class Command(BaseCommand):
    help = (
        "Load the demonstration: City & Hackney at 14 February 2020. Doing it twice does it once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            place = load_demo()
        except NotADemonstration as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"Loaded {place}: January 2020 is published, February is open."
            if place
            else "The demonstration is loaded already; nothing was changed."
        )
