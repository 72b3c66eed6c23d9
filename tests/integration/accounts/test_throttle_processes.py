"""Several web processes count together, through the broker's cache."""

import os
import subprocess
import sys
import uuid

from icp.embedded import cache_url

PROGRAM = """
import django
from django.conf import settings
settings.configure(
    CACHES={{"default": {{"BACKEND": "icp.common.cache.SharedOrOwn", "LOCATION": {url!r}}}}},
    SIGN_IN_WINDOW=300, SIGN_IN_FAILURES={{"pair": 5, "address": 50, "account": 50}},
)
django.setup()
from icp.accounts import throttle
begun = 0
for _ in range(10):
    try:
        throttle.begin(email={email!r}, address="192.0.2.1", is_known=lambda: False)
        begun += 1
    except throttle.TooManyFailed:
        pass
print(begun)
"""


def test_four_processes_that_guess_at_once_are_counted_together(services):
    program = PROGRAM.format(url=cache_url(), email=f"{uuid.uuid4()}@example.org")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env={**os.environ}
        )
        for _ in range(4)
    ]
    begun = [int(one.communicate(timeout=120)[0]) for one in running]
    assert sum(begun) == 5
