"""Count the queries of every page that somebody signed in can ask for.

python -m bench.queries 10      prints a line for each page and person as JSON
"""

import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from bench.addresses import Address

PEOPLE = {
    "office": "ic-programme-manager",
    "lead": "it-enabler-lead",
    "SRO": "chief-executive-homerton",
    "board member": "icb-member",
    "administrator": "administrator",
    "programme finance lead": "programme-finance-lead",
    "finance lead": "ccg-finance-lead",
}
NOT_A_PAGE = 405  # It takes only what is sent by a form.
FILES = (".csv", ".xlsx", ".xml", ".mpp", ".pdf")
REDIRECTS = range(300, 400)
REFUSED = (403, 404)
# Files take seconds at a hundred times the plan, and reports of such a plan are not built.
AT_A_HUNDRED_WITHOUT = (
    "report",
    "report-file",
    "report-narrative",
    "rows-download",
    "look-ahead-download",
    "compare-download",
    "trend-download",
    "history-download",
)


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


def walk(
    people: Mapping[str, str] = PEOPLE,
    *,
    without: Collection[str] = (),
    below: str = "/",
    once: bool = False,
    known: Collection[Counted] = (),
    again: bool = True,
    files: bool = True,
) -> list[Counted]:
    """Every address for each person (title: account); what a person may not see is left out.

    ``without`` leaves out some by name, ``below`` all but those that hold these words in their path. ``once`` asks
    only until somebody may; only a walk through all finds what nobody may see. What takes as many as an earlier walk
    counted (``known``) is asked once, the others twice, since what is kept after a first request is not counted; without
    ``again`` they too are asked once, and a file is always: it takes seconds. Without ``files`` no address is asked whose
    name ends as a file's.

    Raises:
        Unreachable: a page fails, or nobody may see it.
    """
    from bench.addresses import addresses
    from bench.browser import Browser
    from boards.demo.people import DOMAIN

    browsers = {name: Browser(f"{email}@{DOMAIN}") for name, email in people.items()}
    before = {(one.page, one.person): one.queries for one in known}
    counted = []
    for address in addresses():
        if address.name in without or below not in address.path:
            continue
        if address.path.endswith(FILES) and not files:
            continue
        found = []
        for person, browser in browsers.items():
            answer = browser.count(address.path)
            asked_anew = again and not answer.is_download
            if asked_anew and answer.queries != before.get((address.label, person)):
                answer = browser.count(address.path)
            if answer.status >= 500:
                raise Unreachable(f"{address.path} answered {answer.status} to the {person}.")
            found.append(
                Counted(address.label, person, answer.status, answer.queries, answer.is_download)
            )
            if once and answer.status < 400:
                break
        counted += _shown(address, found, all_asked=below == "/")
    return counted


def _shown(address: "Address", found: list[Counted], *, all_asked: bool) -> list[Counted]:
    pages = [one for one in found if one.status < 400]
    # Pages of a second factor are there for who has one; nobody in this walk has.
    own = address.name.startswith("mfa_")
    refused = not pages and any(one.status != NOT_A_PAGE for one in found)
    if refused and all_asked and not own:
        raise Unreachable(f"{address.path} answered {[one.status for one in found]}.")
    return pages


if __name__ == "__main__":
    django.setup()
    counted = walk(without=AT_A_HUNDRED_WITHOUT if int(sys.argv[1]) >= 100 else ())
    print(json.dumps([asdict(one) for one in counted]))
