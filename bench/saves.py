"""Time saves against the bare save, in turns: a row edited, and one row of the monthly update.

python -m bench.saves 10        prints figures as JSON
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from statistics import median

import django

from bench.figures import Figure

LIMIT = 3  # times the bare save
QUERIES = 25
WARM_UP = 5
TURNS = 60
LEAD = "it-enabler-lead@cityandhackney.example"

Save = tuple[str, dict[str, str | list[str]], dict[str, str]]


def main(times: int) -> list[Figure]:
    from bench.browser import Browser

    browser = Browser(LEAD)
    saves = {"bare": bare(), "row": edited(), "update": updated()}
    seconds: dict[str, list[float]] = {name: [] for name in saves}
    queries: dict[str, int] = {}
    for turn in range(WARM_UP + TURNS):
        for name, save in saves.items():
            address, fields, headers = next(save)
            answer = browser.post(address, fields, headers, counted=turn == WARM_UP - 1)
            assert answer.status in (200, 302), (
                f"{name} answered {answer.status}: {_refused(answer)}"
            )
            if turn >= WARM_UP:
                seconds[name].append(answer.seconds)
            elif answer.queries:
                queries[name] = answer.queries
    bare_save = median(seconds["bare"])
    at = f"{times} x"
    return [
        figure
        for name, title in (("row", "editing one row"), ("update", "one row of the update"))
        for figure in _figures(title, at, median(seconds[name]), bare_save, queries[name])
    ]


def _figures(title: str, at: str, seconds: float, bare_save: float, queries: int) -> list[Figure]:
    note = f"{seconds * 1000:.1f} ms against {bare_save * 1000:.1f} ms"
    limit = LIMIT if title == "editing one row" else None
    return [
        Figure(f"{title}, saved", at, seconds / bare_save, "x the bare save", limit, note),
        Figure(f"queries of {title}, saved", at, queries, "", QUERIES),
    ]


def bare() -> Iterator[Save]:
    """Locks, updates and commits one audited row, and sends the browser on."""
    from django.urls import reverse

    from boards.demo.loading import SLUG

    address = reverse("bare-save", kwargs={"place": SLUG, "item": _row("12").pk})
    for notes in _words():
        yield address, {"notes": notes}, {}


def edited() -> Iterator[Save]:
    """The whole form of a row, with other notes each time."""
    from django.urls import reverse

    from boards.demo.loading import SLUG
    from programmes.edit_forms import initial_of

    address = reverse("item-edit", kwargs={"place": SLUG, "code": "IT", "plan_id": "11"})
    for notes in _words():
        held = {name: value for name, value in initial_of(_row("11")).items() if value}
        yield address, {**held, "boards-seen": held.get("boards", []), "notes": notes}, {}


def updated() -> Iterator[Save]:
    """One row of the monthly update as the page's script sends it, with another reason each time."""
    from django.urls import reverse

    from boards.demo.loading import SLUG
    from programmes.models import Status

    address = reverse("update", kwargs={"place": SLUG, "code": "IT"})
    for reason in _words():
        status = Status.objects.select_related("period", "item").latest("pk")
        prefix = f"r{status.item_id}"
        said = {"version": status.version, "rag": "red", "reason": reason, "get_to_green": "Soon."}
        fields = {f"{prefix}-{name}": str(value) for name, value in said.items()}
        sent = {**fields, "row": str(status.item_id), "period": status.period.key, "do": "save"}
        yield address, sent, {"X-One-Row": "1"}


def _row(plan_id: str):
    from programmes.models import PlanItem

    return PlanItem.objects.get(programme__code="IT", plan_id=plan_id)


def _refused(answer) -> list[str]:
    """What the page said was wrong."""
    said = re.findall(r"error-message[^>]*>(.*?)</span>\s*([^<]*)", answer.body.decode(), re.S)
    return [" ".join(f"{hidden} {words}".split()) for hidden, words in said]


def _words() -> Iterator[str]:
    turn = 0
    while True:
        turn += 1
        yield f"Said for the {turn}th time."


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
