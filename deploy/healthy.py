"""The web server's own health check: does it answer, by a name that it serves? `ready` asks for the rest too."""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

name = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
page = "readyz" if "ready" in sys.argv[1:] else "healthz"
try:
    with urlopen(
        Request(f"http://127.0.0.1:8000/{page}", headers={"Host": name}), timeout=5
    ) as answer:
        sys.exit(answer.status != 200)
except (URLError, TimeoutError) as error:
    # At 503 the answer itself says what is not ready.
    sys.exit(error.read().decode() if hasattr(error, "read") else str(error))
