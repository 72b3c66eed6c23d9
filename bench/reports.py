"""Time all reports of January: built, with narrative, approved, published with their PDFs, by the real services.

python -m bench.reports 1       prints figures as JSON
"""

import json
import sys
import time
from dataclasses import asdict
from statistics import median

import django

from bench.figures import Figure

LIMIT = 10  # seconds, at the demonstration's own size
TURNS = 3


def main(times: int) -> list[Figure]:
    """All but the last turn are undone; the last leaves January published, for its pages to be walked."""
    from django.db import transaction

    from boards.demo.loading import MANAGER, publish_reports
    from boards.models import Report, ReportFile
    from icp.accounts.models import User
    from programmes.models import Period

    manager, january = User.objects.get(name=MANAGER), Period.objects.get(key="2020-01")
    taken = []
    for turn in range(TURNS):
        began = time.perf_counter()
        with transaction.atomic():
            publish_reports(period=january, by=manager)
            taken.append(time.perf_counter() - began)
            transaction.set_rollback(turn < TURNS - 1)
    published = Report.objects.filter(period=january).published().count()
    sizes = [len(file.data) for file in ReportFile.objects.filter(report__period=january)]
    assert published == len(sizes) == 5, f"{published} reports were published, {len(sizes)} PDFs."
    name = "five reports with PDF, built and published"
    note = f"median of {TURNS}; PDFs of {sum(sizes) // 1000:,} kB together"
    limit = LIMIT if times == 1 else None
    return [Figure(name, f"{times} x", median(taken), "s", limit, note)]


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
