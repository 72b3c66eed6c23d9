"""Time the preview and the import of a plan file of 5,000 rows as a worker does them, and of one of 100,000 with the
memory that takes.

python -m bench.imports 1       prints figures as JSON
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from statistics import median
from typing import TYPE_CHECKING, Any

import django

from bench.figures import Figure

if TYPE_CHECKING:
    from programmes.models import PlanUpload

ROWS, LIMIT = 5_000, 10  # rows, seconds
MOST_ROWS, MEMORY = 100_000, 400  # rows, megabytes
TURNS = 3
# Whose rows the large file's are: a programme without a plan, so that they are written and not asked for.
PROGRAMME = "BENCH"


def main(times: int) -> list[Figure]:
    """Nothing is written that is not taken back."""
    size = f"{times} x"
    seconds, note = preview_of(ROWS)
    written, came_to = import_of(ROWS)
    name = f"preview of {ROWS:,} rows from Excel, as a task"
    return [
        Figure(name, size, seconds, "s", LIMIT, note),
        Figure(f"import of {ROWS:,} rows from Excel, as a task", size, written, "s", note=came_to),
        *largest(size),
    ]


def largest(size: str) -> list[Figure]:
    """A file of 100,000 rows: previewed, imported, and brought again as the portal then exports it."""
    from django.db import transaction

    from boards.demo.loading import SLUG
    from programmes.models import Place, Programme

    figures = []
    with transaction.atomic():
        place = Place.objects.get(slug=SLUG)
        programme = Programme.objects.create(place=place, code=PROGRAMME, name="Bench", order=1_000)
        upload = waiting(xlsx(lines(MOST_ROWS, PROGRAMME)))
        steps = {
            "preview": lambda: previewed(upload),
            "page 1,000 of that preview": lambda: page_of_lines(upload),
            "import": lambda: imported(upload),
            "preview of the same as exported": lambda: previewed(waiting(exported(programme))),
        }
        for words, do in steps.items():
            forget_peak()
            seconds, came_to = do()
            name = f"{words}, {MOST_ROWS:,} rows from Excel"
            figures.append(Figure(name, size, seconds, "s", note=came_to))
            figures.append(Figure(f"peak memory, {name}", size, peak(), "MB", MEMORY))
        transaction.set_rollback(True)
    return figures


def previewed(upload: "PlanUpload") -> tuple[float, str]:
    """Seconds, and what it came to."""
    from programmes.tasks import preview_upload

    began = time.perf_counter()
    preview_upload(upload_id=upload.pk)
    seconds = time.perf_counter() - began
    upload.refresh_from_db()
    assert not upload.problem, upload.problem
    return seconds, told(upload)


def page_of_lines(upload: "PlanUpload") -> tuple[float, str]:
    """One page far down the preview."""
    from programmes.services.background import preview_of
    from programmes.services.plan_shown import PART

    shown = preview_of(upload)
    began = time.perf_counter()
    page = shown.lines[999 * PART : 1_000 * PART]
    return time.perf_counter() - began, f"{len(page)} of {len(shown.lines):,} lines"


def exported(programme: Any) -> bytes:
    """The programme's plan as the portal gives it to be edited and brought back."""
    from icp.common.tabular import write_xlsx
    from programmes.exporters import plan_file

    rows = plan_file.plan_rows(place=programme.place, programme=programme)
    return write_xlsx(plan_file.HEADINGS, plan_file.cells(rows), sheet="Plan", form=plan_file.FORM)


def preview_of(rows: int, turns: int = TURNS) -> tuple[float, str]:
    """Seconds from the message to the preview kept, and what the file came to."""
    from programmes.models import PlanUpload

    upload = uploaded(rows)
    found = []
    for _ in range(turns):
        # One that is read already would not be read again.
        PlanUpload.objects.filter(pk=upload.pk).update(state=PlanUpload.State.WAITING)
        found.append(previewed(upload))
    upload.delete()
    return median(seconds for seconds, _ in found), found[-1][1]


def import_of(rows: int) -> tuple[float, str]:
    """Seconds from the message to the file imported, and what it came to. It is taken back again."""
    from django.db import transaction

    with transaction.atomic():
        upload = uploaded(rows)
        previewed(upload)
        found = imported(upload)
        transaction.set_rollback(True)
    return found


def imported(upload: "PlanUpload") -> tuple[float, str]:
    """As a worker does once somebody has decided on its preview."""
    from icp.common import clock
    from programmes.services import background
    from programmes.tasks import import_upload

    upload.refresh_from_db()
    seen = background.preview_of(upload).seen
    background.begin_import(
        upload=upload, by=upload.uploaded_by, at=clock.now(), seen=seen, take=()
    )
    began = time.perf_counter()
    import_upload(upload_id=upload.pk)
    seconds = time.perf_counter() - began
    upload.refresh_from_db()
    assert upload.applied_at, upload.problem
    return seconds, told(upload)


def uploaded(rows: int) -> "PlanUpload":
    """A file of so many rows, waiting for its preview."""
    return waiting(xlsx(lines(rows, "IT")))


def waiting(data: bytes) -> "PlanUpload":
    from boards.demo.loading import MANAGER, SLUG
    from icp.accounts.models import User
    from icp.common import clock
    from programmes.models import Place, PlanUpload

    return PlanUpload.objects.create(
        place=Place.objects.get(slug=SLUG),
        kind=PlanUpload.Kind.PLAN,
        filename="plan.xlsx",
        data=data,
        uploaded_by=User.objects.get(name=MANAGER),
        uploaded_at=clock.now(),
        state=PlanUpload.State.WAITING,
    )


def xlsx(rows: Iterator[tuple[str, ...]]) -> bytes:
    from icp.common.tabular import write_xlsx
    from programmes.importers.plan import COLUMNS

    return write_xlsx(COLUMNS, rows, sheet="Plan")


def told(upload: "PlanUpload") -> str:
    from programmes.services.background import preview_of

    found = preview_of(upload)
    counts = found.counts
    return (
        f"{counts.created:,} new rows, {counts.asked:,} to be agreed first, {counts.unchanged:,} unchanged,"
        f" {len(found.errors)} bad cells"
    )


def lines(rows: int, code: str) -> Iterator[tuple[str, ...]]:
    """A plan of a programme, numbered above every number that is there: a heading, then nine tasks, and so on."""
    for number in range(1, rows + 1):
        heading = number % 10 == 1
        yield (
            code,
            str(1_000_000 + number),
            "1" if heading else "2",
            "summary" if heading else "task",
            f"Row {number} of a long plan, with a name as long as names are",
            "20 days",
            "2020-01-06",
            "2020-01-31",
            "no",
            "auto",
        )


def forget_peak() -> None:
    """What follows is measured from what is held now."""
    with open("/proc/self/clear_refs", "w") as memory:
        memory.write("5")


def peak() -> float:
    """Megabytes that this process held at its largest."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
