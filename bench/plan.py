"""The demonstration's data at a size: every row of its plan and of its statuses, so many times over."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

from boards.demo.loading import DATA

# Above every number of the plan, so that each copy has numbers of its own: IT 11, IT 1011, IT 2011.
STEP = 1000
REPEATED = ("plan.csv", "exceptions.csv")


def write_data(folder: Path, *, times: int) -> Path:
    """The demonstration's CSV files in ``folder``, with ``times`` as many rows in each programme's plan.

    The programmes stay those of the place: what grows is the plan that each of them carries.
    """
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    for name in REPEATED:
        with (DATA / name).open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(repeated(rows, times=times))
    return folder


def repeated(rows: list[dict[str, str]], *, times: int) -> Iterator[dict[str, str]]:
    """The rows, then each copy of them with numbers of its own."""
    for copy in range(times):
        for row in rows:
            yield row | {"plan_id": str(int(row["plan_id"]) + copy * STEP)}
