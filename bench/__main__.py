"""Measure the figures that bench/README.md describes, and say which are met.

make bench                                   everything but the start
make bench ARGS="--start"                    also `make run` from nothing, in a clone
make bench ARGS="--sizes 1 10"               without the largest plan
make bench ARGS="--sizes 1 --only saves"     some of it
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from bench import databases, verdicts
from bench.figures import HEADINGS, Figure, keep, table
from icp import embedded

Made = TypeVar("Made")
SIZES = (1, 10, 100)
# The reports of a plan a hundred times as long are thousands of pages: nobody prints them.
LARGEST_WITH_REPORTS = 10
MODULES = {
    "reports": "Reports",
    "imports": "Large files",
    "pages": "Pages against the bare page",
    "saves": "Saves against the bare save",
    "compare": "Comparing a whole place",
    # Last: it makes a place of its own.
    "money": "The money",
    "risks": "The registers",
}
WITH_REPORTS = ("reports", "imports")
# The same at every size of the plan.
ONCE = ("money", "risks")


def main(words: Sequence[str]) -> int:
    """The exit code: 1 when a figure misses its limit."""
    options = _options(words)
    figures: list[Figure] = []
    counts: verdicts.Counts = {}
    with embedded.running():
        step("Collecting static files", lambda: databases.django("collectstatic", "--noinput"))
        step("Making the tables", databases.make_migrated)
        for times in sorted(set(options.sizes)):
            measure(times, figures, counts, options.only)
        databases.drop(databases.MIGRATED)
    if options.start:
        figures += step("Starting the demonstration in a clone", lambda: run_for_figures("start"))
    figures += verdicts.verdicts(counts)
    show(figures, counts)
    pages = [one | {"times": times} for times, found in counts.items() for one in found]
    print(f"\nKept in {keep(figures, pages)}.")
    return 1 if any(figure.met is False for figure in figures) else 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=SIZES, help="times the demonstration's plan"
    )
    parser.add_argument(
        "--start", action="store_true", help="also time `make run` from nothing, in a clone"
    )
    parser.add_argument(
        "--only", nargs="+", choices=(*MODULES, "queries"), default=(), help="measure these alone"
    )
    return parser.parse_args(words)


def measure(
    times: int, figures: list[Figure], counts: verdicts.Counts, only: Sequence[str] = ()
) -> None:
    """Everything, or ``only`` some modules, at one size in a database of its own."""
    name = databases.make_copy(times)
    at = f"{times} times the plan"
    try:
        step(f"Loading {at}", lambda: run("load", times))
        databases.tidy(name)
        for module, title in MODULES.items():
            if module in WITH_REPORTS and times > LARGEST_WITH_REPORTS:
                continue
            if (only and module not in only) or (module in ONCE and times > 1):
                continue
            found = step(f"{title}, {at}", partial(run_for_figures, module, times))
            # Said at once: hours may pass until the table, or something may stop it.
            print(table(HEADINGS, [one.cells for one in found]), file=sys.stderr, flush=True)
            figures += found
        if not only or "queries" in only:
            counts[times] = step(
                f"Queries of every page, {at}", lambda: json.loads(run("queries", times))
            )
    finally:
        databases.drop(name)


def run(module: str, times: int | None = None) -> str:
    """Run a module of the bench in a process of its own, on the database of that size; what it printed."""
    command = [sys.executable, "-m", f"bench.{module}"]
    if times is not None:
        command.append(str(times))
    environment = databases.environment(databases.name_of(times or 1))
    return subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def run_for_figures(module: str, times: int | None = None) -> list[Figure]:
    return [Figure(**figure) for figure in json.loads(run(module, times))]


def step(words: str, work: Callable[[], Made]) -> Made:
    """Do one thing, saying what and how long it took."""
    began = time.monotonic()
    print(f"{words}…", end=" ", file=sys.stderr, flush=True)
    made = work()
    print(f"done in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return made


def show(figures: list[Figure], counts: dict[int, list[dict[str, Any]]]) -> None:
    sizes = [f"{times} x" for times in counts]
    print("\nQueries of every page: the most that any of the people took\n")
    print(table(("page", "", *sizes), verdicts.lines(counts)))
    print("\nFigures\n")
    print(table(HEADINGS, [figure.cells for figure in figures]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
