#!/usr/bin/env python
"""Django's command line. In the demonstration it starts what the command needs, and stops it after."""

import os
import sys
from contextlib import nullcontext


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "icp.settings.demo")
    try:
        from icp.audit.commands import RecordingUtility
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. Run `make run` once, then use .venv/bin/python manage.py."
        ) from error
    if os.environ["DJANGO_SETTINGS_MODULE"] == "icp.settings.demo":
        from icp.embedded.commands import prepare_for

        services = prepare_for(sys.argv)
    else:
        services = nullcontext()
    with services:
        RecordingUtility(sys.argv).execute()


if __name__ == "__main__":
    main()
