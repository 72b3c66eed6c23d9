"""Time the preview and the import of a plan file of 5,000 rows as a worker does them, and its memory with 100,000.

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


def main(times: int) -> list[Figure]:
    """Nothing is written that is not taken back."""
    size = f"{times} x"
    seconds, note = preview_of(ROWS)
    written, came_to = import_of(ROWS)
    _, outcome = preview_of(MOST_ROWS, turns=1)
    name = f"preview of {ROWS:,} rows from Excel, as a task"
    return [
        Figure(name, size, seconds, "s", LIMIT, note),
        Figure(f"import of {ROWS:,} rows from Excel, as a task", size, written, "s", note=came_to),
        Figure(
            f"peak memory of a worker with {MOST_ROWS:,} rows", size, peak(), "MB", MEMORY, outcome
        ),
    ]


def preview_of(rows: int, turns: int = TURNS) -> tuple[float, str]:
    """Seconds from the message to the preview kept, and what the file came to."""
    from programmes.models import PlanUpload
    from programmes.tasks import preview_upload

    upload = uploaded(rows)
    taken = []
    for _ in range(turns):
        # One that is read already would not be read again.
        PlanUpload.objects.filter(pk=upload.pk).update(state=PlanUpload.State.WAITING)
        began = time.perf_counter()
        preview_upload(upload_id=upload.pk)
        taken.append(time.perf_counter() - began)
    upload.refresh_from_db()
    said = upload.problem or told(upload.found)
    upload.delete()
    return median(taken), said


def import_of(rows: int) -> tuple[float, str]:
    """Seconds from the message to the file imported, and what it came to. It is taken back again."""
    from django.db import transaction

    from icp.common import clock
    from programmes.services import background, uploads
    from programmes.tasks import import_upload, preview_upload

    upload = uploaded(rows)
    preview_upload(upload_id=upload.pk)
    upload.refresh_from_db()
    seen = uploads.fingerprint(background.kept_preview(upload.found))
    with transaction.atomic():
        background.begin_import(
            upload=upload, by=upload.uploaded_by, at=clock.now(), seen=seen, take=()
        )
        began = time.perf_counter()
        import_upload(upload_id=upload.pk)
        seconds = time.perf_counter() - began
        upload.refresh_from_db()
        assert upload.applied_at, upload.problem
        said = told(upload.found)
        transaction.set_rollback(True)
    upload.delete()
    return seconds, said


def uploaded(rows: int) -> "PlanUpload":
    """A file of so many rows, waiting for its preview."""
    from boards.demo.loading import MANAGER, SLUG
    from icp.accounts.models import User
    from icp.common import clock
    from icp.common.tabular import write_xlsx
    from programmes.importers.plan import COLUMNS
    from programmes.models import Place, PlanUpload

    return PlanUpload.objects.create(
        place=Place.objects.get(slug=SLUG),
        kind=PlanUpload.Kind.PLAN,
        filename=f"{rows}.xlsx",
        data=write_xlsx(COLUMNS, lines(rows), sheet="Plan"),
        uploaded_by=User.objects.get(name=MANAGER),
        uploaded_at=clock.now(),
        state=PlanUpload.State.WAITING,
    )


def told(found: dict[str, Any]) -> str:
    return (
        f"{len(found['created']):,} new rows, {len(found['asked']):,} to be agreed first,"
        f" {len(found['errors'])} bad cells"
    )


def lines(rows: int) -> Iterator[tuple[str, ...]]:
    """A plan of IT, numbered above every number that is there: a heading, then nine tasks, and so on."""
    for number in range(1, rows + 1):
        heading = number % 10 == 1
        yield (
            "IT",
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


def peak() -> float:
    """Megabytes that this process held at its largest."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
