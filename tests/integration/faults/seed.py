"""Fills the database in the environment with places in mid month, and prints how to act in each as JSON."""

import json
import sys
from datetime import date

import django

django.setup()

from boards.models import Report  # noqa: E402
from icp.common.models import DemoClock  # noqa: E402
from tests.integration.cycle.conftest import make_world  # noqa: E402

# February has ended, so it may be closed.
TODAY = date(2020, 3, 2)


def seed(slug: str, *, with_reports: bool) -> dict[str, object]:
    """January is closed by ``office``; February waits; each person is signed in."""
    world = make_world(slug=slug)
    if not with_reports:
        Report.objects.filter(period=world.january).delete()
    people = {name: getattr(world, name) for name in ("lead", "office", "office_too")}
    return {
        "slug": slug,
        "code": world.programme.code,
        "place": world.place.pk,
        "february": world.february.pk,
        "january": world.january.pk,
        "items": [item.pk for item in world.items],
        "sessions": {
            name: world.client(user).cookies["sessionid"].value for name, user in people.items()
        },
        "email": world.lead.email,
    }


if __name__ == "__main__":
    # Reports of January are built for the last place only: a test asks for it by that.
    *most, last = sys.argv[1:]
    places = [seed(slug, with_reports=False) for slug in most] + [seed(last, with_reports=True)]
    DemoClock.objects.update_or_create(only=True, defaults={"today": TODAY})
    print(json.dumps(places))  # noqa: T201
