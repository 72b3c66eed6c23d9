"""Count the queries of every page that somebody signed in can ask for.

python -m bench.queries 10      prints a line for each page and person as JSON
"""

import json
import sys
from dataclasses import asdict, dataclass

import django

PEOPLE = {
    "office": "ic-programme-manager",
    "lead": "it-enabler-lead",
    "SRO": "chief-executive-homerton",
    "board member": "icb-member",
}
NOT_A_PAGE = 405  # It takes only what is sent by a form.
REDIRECTS = range(300, 400)
REFUSED = (403, 404)
# Reports of a plan a hundred times as long are not built.
NEED_REPORTS = ("report", "report-file", "report-narrative")


@dataclass(frozen=True)
class Counted:
    """One address, asked for by one person."""

    page: str
    person: str
    status: int
    queries: int
    download: bool


class Unreachable(AssertionError):
    """An address that nobody can open, or that fails: the walk would miss a page."""


def walk(people: dict[str, str] = PEOPLE, *, with_files: bool = True) -> list[Counted]:
    """Every address for each person; what a person may not see is left out.

    ``with_files`` takes reports and downloads along.

    Raises:
        Unreachable: a page fails, or nobody may see it.
    """
    from bench.addresses import addresses
    from bench.browser import Browser
    from boards.demo.people import DOMAIN

    browsers = {name: Browser(f"{email}@{DOMAIN}") for name, email in people.items()}
    counted = []
    for address in addresses():
        if not with_files and (address.name in NEED_REPORTS or "fmt" in address.label):
            continue
        found = []
        for person, browser in browsers.items():
            browser.get(address.path)  # What is kept after a first request is not counted.
            answer = browser.count(address.path)
            if answer.status >= 500:
                raise Unreachable(f"{address.path} answered {answer.status} to the {person}.")
            found.append(
                Counted(address.label, person, answer.status, answer.queries, answer.is_download)
            )
        counted += _shown(address.path, found)
    return counted


def _shown(path: str, found: list[Counted]) -> list[Counted]:
    pages = [one for one in found if one.status < 400]
    if not pages and not all(one.status == NOT_A_PAGE for one in found):
        raise Unreachable(f"{path} answered {[one.status for one in found]}.")
    return pages


if __name__ == "__main__":
    django.setup()
    counted = walk(with_files=int(sys.argv[1]) <= 10)
    print(json.dumps([asdict(one) for one in counted]))
