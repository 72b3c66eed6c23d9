"""Fill one database: the demonstration with its plan so many times over, January closed, its reports waiting.

python -m bench.load 10
"""

import sys
import tempfile
from pathlib import Path

import django


def main(times: int) -> None:
    from bench.plan import write_data
    from boards.demo.loading import load_until_the_close

    with tempfile.TemporaryDirectory() as folder:
        january, people = load_until_the_close(data=write_data(Path(folder), times=times))
    _send_mail()
    _upload_a_plan(january.place, people["IC Programme Manager"])


def _send_mail() -> None:
    """One message, for the demonstration's page of sent mail."""
    from django.core.mail import send_mail

    send_mail("A reminder", "The return is due.", None, ["lead@example.org"])


def _upload_a_plan(place, by) -> None:
    """The demonstration's own plan, waiting for a decision: a file of the same length at each size."""
    from boards.demo.loading import DATA
    from icp.common import clock
    from programmes.services import uploads

    uploads.store_upload(
        place=place,
        kind="plan",
        filename="plan.csv",
        data=(DATA / "plan.csv").read_bytes(),
        by=by,
        at=clock.now(),
    )


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
