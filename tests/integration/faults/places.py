"""The places that are acted in: by people through HTTP; what became of it is read in the database."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from icp.embedded.connecting import ask
from tests.factories import PASSWORD

PATIENCE = 120  # seconds; a bound for what hangs, never a measure


def wait_for(condition: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"It never came: {what}")


@dataclass
class Place:
    """A seeded place, and its people's browsers."""

    facts: dict[str, Any]
    base: str

    def __getattr__(self, name: str) -> Any:
        return self.facts[name]

    def browser(self, who: str) -> "Browser":
        return Browser(self.base, self.facts["sessions"][who])

    @property
    def reports_page(self) -> str:
        return f"/places/{self.slug}/reports/"

    @property
    def february_page(self) -> str:
        return f"/places/{self.slug}/periods/2020-02/"

    def close(self, who: str = "office") -> requests.Response:
        return self.browser(who).post(self.february_page, {"do": "close", "without": "on"})

    def save(self, number: int, *, version: int = 0, reason: str) -> requests.Response:
        """The lead saves one row of the monthly update."""
        pk = self.items[number]
        sent = {"row": str(pk), f"r{pk}-version": str(version), "do": f"save-{pk}"}
        blank = ("percent_complete", "forecast_finish", "actual_finish")
        sent |= {f"r{pk}-{name}": "" for name in blank}
        sent |= {f"r{pk}-rag": "red", f"r{pk}-reason": reason, f"r{pk}-get_to_green": "Chase."}
        return self.browser("lead").post(f"/places/{self.slug}/update/{self.code}/", sent)

    def stored(self, number: int) -> list[tuple]:
        return ask(
            "owner",
            "SELECT reason, version FROM programmes_status WHERE item_id = %s AND period_id = %s",
            values=[self.items[number], self.february],
        )

    def events(self, number: int) -> int:
        return ask(
            "owner",
            "SELECT count(*) FROM programmes_statusevent WHERE item_id = %s AND period_id = %s",
            values=[self.items[number], self.february],
        )[0][0]

    def state(self) -> str:
        return ask(
            "owner", "SELECT state FROM programmes_period WHERE id = %s", values=[self.february]
        )[0][0]

    def times_closed(self) -> int:
        return ask(
            "owner",
            "SELECT count(*) FROM programmes_periodevent WHERE pgh_obj_id = %s AND state = 'closed'",
            values=[self.february],
        )[0][0]

    def reports(self, period: str = "february") -> dict[str, str]:
        """State by kind."""
        return dict(
            ask(
                "owner",
                "SELECT kind, state FROM boards_report WHERE period_id = %s",
                values=[self.facts[period]],
            )
        )

    def times_built(self) -> dict[str, int]:
        """How often each report became a draft, by the history that triggers write."""
        return dict(
            ask(
                "owner",
                "SELECT kind, count(*) FROM boards_reportevent WHERE period_id = %s AND state = 'draft'"
                " GROUP BY kind",
                values=[self.february],
            )
        )

    def all_are(self, state: str, period: str = "february") -> bool:
        found = self.reports(period)
        return len(found) == 5 and set(found.values()) == {state}


class Browser:
    """Somebody signed in, who sends forms as a browser does."""

    def __init__(self, base: str, session: str = "") -> None:
        self.base = base
        self.http = requests.Session()
        if session:
            self.http.cookies.set("sessionid", session)

    def get(self, path: str) -> requests.Response:
        return self.http.get(self.base + path, timeout=PATIENCE)

    def post(self, path: str, sent: dict[str, str]) -> requests.Response:
        # The form's safety mark is a cookie's twin; any that agree will do.
        mark = "a" * 32
        self.http.cookies.set("csrftoken", mark)
        return self.http.post(
            self.base + path,
            sent | {"csrfmiddlewaretoken": mark},
            timeout=PATIENCE,
        )

    def sign_in(self, email: str) -> requests.Response:
        return self.post("/accounts/login/", {"login": email, "password": PASSWORD})


def words_of(answer: requests.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
