"""Time what compares and sums a whole place: two states of its plans, its days of slip, its dependencies.

python -m bench.compare 120     prints figures as JSON
"""

import json
import sys
from dataclasses import asdict
from statistics import median

import django

from bench.figures import Figure

LIMIT = 2  # seconds
TURNS = 5
OFFICE = "ic-programme-manager@cityandhackney.example"
PAGES = {
    # Before the plan was imported there was no row: every one differs, and is counted.
    "comparing two period ends, every row added": "compare/?before=period-2019-12&after=period-2020-01",
    "its last page": "compare/?before=period-2019-12&after=period-2020-01&page={last}",
    "comparing two moments, unchanged rows too": "compare/?before_at=2020-01-20&after=period-2020-01&every=on",
    "comparing a period end with now": "compare/?before=period-2020-01",
    "comparing the first plan with now": "compare/?before=baseline-1",
    "comparing the first plan with now, unchanged rows too, last page": "compare/?before=baseline-1&every=on&page={last}",
    "the place's trend and days of slip": "trend/",
    "the place's dependency warnings": "dependency-warnings/",
}


def main(times: int) -> list[Figure]:
    from bench.browser import Browser
    from boards.demo.loading import SLUG
    from programmes.models import PlanItem
    from programmes.views.compare import ROWS_A_PAGE

    browser = Browser(OFFICE)
    rows = PlanItem.objects.count()
    note = f"median of {TURNS}; {rows:,} rows in the place"
    figures = []
    for name, page in PAGES.items():
        address = page.format(last=-(-rows // ROWS_A_PAGE))
        taken = []
        for _ in range(TURNS + 1):
            answer = browser.get(f"/places/{SLUG}/{address}")
            assert answer.status == 200, f"{address} answered {answer.status}."
            taken.append(answer.seconds)
        # What is kept after a first request is not timed.
        figures.append(Figure(name, f"{times} x", median(taken[1:]), "s", LIMIT, note))
    return figures


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
