"""``manage.py export_risks``: the registers of a place as at a day, for programs and for keeping."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from icp.common import clock
from icp.common.words import british_date
from programmes.management.places import place_called
from risks.rules.content import register_content
from risks.selectors.lines import register_at


class Command(BaseCommand):
    help = (
        "Print the open risks and issues of a place as at a day: those before the boards, and all of them. "
        "The residual of a quarter in which there was none is null."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's short name in addresses")
        parser.add_argument("--as-at", required=True, help="a day: 2020-03-12")
        parser.add_argument("--format", default="json", choices=["json"])

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_called(options["place"])
        asked, today = _read(options["as_at"]), clock.today()
        note = None
        if asked > today:
            note = (
                f"{british_date(asked)} is still to come: this is the register as it is today, "
                f"{british_date(today)}."
            )
            self.stderr.write(note)
        lines = register_at(place=place, as_at=asked, today=today)
        head = {
            "place": place.name,
            "as_at": min(asked, today).isoformat(),
            "asked_for": asked.isoformat(),
            "note": note,
        }
        content = register_content(lines, head=head)
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))


def _read(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise CommandError(f"{text} is not a date. Write it as 2020-03-12.") from problem
