"""Time a register of 10,000 risks: its list, its filters and its map against the bare page; the simulation.

python -m bench.risks 1       prints figures as JSON
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median

import django

from bench import databases
from bench.figures import Figure

RISKS, LIMIT, QUERIES = 10_000, 2.5, 25
LINES, SECONDS = 1_000, 1
CHUNK = 2_000
RAISED_AT = datetime(2020, 1, 15, 10, tzinfo=UTC)
SCORED_AT = datetime(2020, 2, 10, 10, tzinfo=UTC)


def main(times: int) -> list[Figure]:
    """The registers of the demonstration's place, filled up; left in the bench's base."""
    _fill()
    return [*_pages(f"{RISKS:,} risks"), _simulation()]


def _fill() -> None:
    """Ten thousand risks in the programmes' registers; every third moved this month, every fifth is escalated."""
    from django.db import connection

    from boards.demo.loading import SLUG
    from programmes.models import Place, Post, Programme
    from risks.models import Escalation, Mitigation, Risk, Score
    from risks.services.registers import register_of

    place = Place.objects.get(slug=SLUG)
    if Risk.objects.filter(place=place).count() >= RISKS:
        return
    programmes = list(Programme.objects.filter(place=place).in_order())
    registers = [register_of(place=place, programme=one) for one in programmes]
    posts = list(Post.objects.filter(place=place))
    made: list[Risk] = []
    for number in range(RISKS):
        register = registers[number % len(registers)]
        register.last_number = 1000 + number
        made.append(
            Risk(
                place=place,
                register=register,
                number=1000 + number,
                ref=f"{register.code}{1000 + number}",
                title=f"Risk number {number} of a large register",
                cause="A cause.",
                event="An event that may happen.",
                consequence="A consequence.",
                owner=posts[number % len(posts)],
                likelihood=1 + number % 5,
                impact=1 + number // 5 % 5,
                inherent=20,
                created_at=RAISED_AT,
            )
        )
    Risk.objects.bulk_create(made, batch_size=CHUNK)
    for register in registers:
        register.save()
    Score.objects.bulk_create(_scores(made), batch_size=CHUNK)
    Mitigation.objects.bulk_create(
        (Mitigation(risk=one, what="An action.", owner=one.owner) for one in made),
        batch_size=CHUNK,
    )
    Escalation.objects.bulk_create(
        (
            Escalation(risk=one, ground="score", because="By its score.", began_on=RAISED_AT.date())
            for one in made[::5]
        ),
        batch_size=CHUNK,
    )
    # The application's role, which this runs as, may not.
    databases.tidy(str(connection.settings_dict["NAME"]))


def _scores(made: list) -> Iterator:
    from risks.models import Score, Which

    for number, one in enumerate(made):
        steps = {"likelihood": one.likelihood, "impact": one.impact}
        moments = [(RAISED_AT, 3)] if number % 3 == 0 else []
        for at, likelihood in [*moments, (SCORED_AT if moments else RAISED_AT, one.likelihood)]:
            yield Score(
                risk=one,
                which=Which.CURRENT,
                **(steps | {"likelihood": likelihood}),
                score=likelihood * one.impact,
                given_at=at,
            )


def _pages(at: str) -> list[Figure]:
    from django.urls import reverse

    from bench.browser import Browser
    from bench.pages import OFFICE, compare, ratio
    from boards.demo.loading import SLUG

    browser = Browser(OFFICE)
    place = {"place": SLUG}
    register, heat = reverse("risks", kwargs=place), reverse("risk-map", kwargs=place)
    pages = {
        "register, listed": register,
        "register, the last page": f"{register}?page=200",
        "register, filtered by movement and band": f"{register}?movement=up&band=red",
        "register, filtered by words": f"{register}?q=number+77",
        "register, filtered by a flag": f"{register}?flag=review-overdue",
        "heat map": heat,
        "heat map with movement": f"{heat}?moved_from=2020-01-31",
    }
    figures = []
    browser.get(reverse("bare", kwargs={**place, "rows": 1}))
    for name, address in pages.items():
        answer = browser.count(address)
        figures.append(Figure(f"queries: {name}", at, answer.queries, "", QUERIES))
        bare = reverse("bare", kwargs={**place, "rows": max(answer.rows, 1)})
        times = compare(browser, address, bare)
        figures.append(ratio(name, at, times, f"{answer.rows} rows", limit=LIMIT))
    return figures


def _simulation() -> Figure:
    from risks.rules.simulation import DRAWS, Line, simulate

    lines = [Line(Decimal(1000 * (n % 500) + 37), Decimal(n % 97)) for n in range(LINES)]
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        simulate(lines)
        seconds.append(time.perf_counter() - began)
    size = f"{LINES:,} lines"
    return Figure("combined exposure", size, median(seconds), "s", SECONDS, f"{DRAWS:,} draws")


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
