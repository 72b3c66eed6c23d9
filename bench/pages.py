"""Time the pages that matter against the bare page, in turns, and the memory it all took.

python -m bench.pages 10        prints figures as JSON
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median

import django

from bench.figures import Figure

LIMIT = 2.5  # times the bare page
WARM_UP = 5
TURNS = 60
OFFICE = "ic-programme-manager@cityandhackney.example"


def compare(
    browser, measured: str, bare: str, *, first: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    """Median seconds of both, asked for in turns, so that a busy moment of the machine meets both.

    ``first`` is done before each of them.
    """
    times: dict[str, list[float]] = {measured: [], bare: []}
    for turn in range(WARM_UP + TURNS):
        for address in (bare, measured):
            first()
            answer = browser.get(address)
            assert answer.status == 200, f"{address} answered {answer.status}."
            if turn >= WARM_UP:
                times[address].append(answer.seconds)
    return median(times[measured]), median(times[bare])


def main(times: int) -> list[Figure]:
    from django.urls import reverse

    from bench.browser import Browser
    from boards.demo.loading import SLUG
    from icp.common.templatetags.nhsuk import drawn

    browser = Browser(OFFICE)
    at = f"{times} x"
    place = {"place": SLUG}
    pages = {
        "place": reverse("place", kwargs=place),
        "plan with Gantt, IT Enabler": reverse("programme", kwargs={**place, "code": "IT"}),
        "plan with Gantt, Neighbourhoods": reverse("programme", kwargs={**place, "code": "NBH"}),
        "look-ahead list": reverse("look-ahead", kwargs=place),
    }
    browser.get(reverse("bare", kwargs={**place, "rows": 1}))
    began = peak_memory()
    figures = []
    for name, address in pages.items():
        rows = browser.get(address).rows
        bare = reverse("bare", kwargs={**place, "rows": rows})
        assert browser.get(bare).rows == rows, f"The bare page has not {rows} rows."
        times_of_both = compare(browser, address, bare)
        figures.append(ratio(name, at, times_of_both, f"{rows} rows each", limit=LIMIT))
        times_of_both = compare(browser, address, bare, first=drawn.cache_clear)
        figures.append(ratio(f"{name}, each row drawn anew", at, times_of_both, ""))
    note = f"{began:.0f} MB before the first of these pages"
    figures.append(Figure("peak memory of the web process", at, peak_memory(), "MB", None, note))
    return figures


def ratio(
    name: str, at: str, seconds: tuple[float, float], note: str, *, limit: float | None = None
) -> Figure:
    measured, bare = seconds
    words = f"{measured * 1000:.1f} ms against {bare * 1000:.1f} ms"
    note = f"{words}, {note}" if note else words
    return Figure(name, at, measured / bare, "x the bare page", limit, note)


def peak_memory() -> float:
    """Megabytes that this process held at its most (``ru_maxrss`` would count its parent's)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell how much memory a process took at its most.")


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
