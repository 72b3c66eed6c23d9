"""The container's own health check: does this web server answer, by a name that it serves?"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

name = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
try:
    with urlopen(
        Request("http://127.0.0.1:8000/healthz", headers={"Host": name}), timeout=5
    ) as answer:
        sys.exit(answer.status != 200)
except (URLError, TimeoutError) as error:
    sys.exit(str(error))
