"""The same for a long time: people save without a pause while one thing after the other fails."""

import os
import random
import signal
import threading
from collections import Counter

import pytest
import requests

from .places import Place, wait_for
from .stack import Stack
from .test_faults import ONCE

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

FAULTS = int(os.environ.get("ICP_SOAK_FAULTS", "40"))


class Writer(threading.Thread):
    """Saves one row over and over, and notes what was acknowledged."""

    def __init__(self, place: Place, row: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.place, self.row, self.stop = place, row, stop
        self.answers: Counter[object] = Counter()
        self.saved: list[str] = []
        self.problem: BaseException | None = None

    def run(self) -> None:
        number = 0
        try:
            while not self.stop.is_set():
                number += 1
                self.save(f"Words number {number}.")
        except BaseException as problem:
            self.problem = problem

    def save(self, words: str) -> None:
        """Until it is stored, looking first, as the page asks."""
        while True:
            stored = wait_for(self.look, "the stored row")
            if stored != "nothing" and stored[0] == words:
                self.saved.append(words)
                return
            version = 0 if stored == "nothing" else stored[1]
            self.answers[self.send(words, version)] += 1

    def send(self, words: str, version: int) -> object:
        try:
            return self.place.save(self.row, version=version, reason=words).status_code
        except requests.RequestException:
            return "no answer"

    def look(self) -> tuple | str | None:
        try:
            return next(iter(self.place.stored(self.row)), "nothing")
        except Exception:  # The database is away.
            return None


def inject(stack: Stack, which: str) -> None:
    match which:
        case "database stopped":
            stack.restart_database(signal.SIGINT)
        case "database killed":
            stack.restart_database(signal.SIGQUIT)
        case "broker stopped":
            stack.stop_broker()
            stack.start_broker()
        case "worker killed":
            stack.start_worker()


def test_many_faults_lose_and_double_nothing(stack, capsys):
    rng, stop = random.Random(2020), threading.Event()
    kinds = ("database stopped", "database killed", "broker stopped", "worker killed")
    places = [stack.place() for _ in range(3)]
    writers = [Writer(places[0], row, stop) for row in (1, 2, 3)]
    for one in writers:
        one.start()
    injected: Counter[str] = Counter()
    for number in range(FAULTS):
        which = kinds[number % len(kinds)]
        if number in (FAULTS // 3, 2 * FAULTS // 3):
            wait_for(lambda: closed(places[1 + number // (FAULTS // 3 + 1)]), "a closed period")
        stop.wait(rng.uniform(0.1, 1.5))
        inject(stack, which)
        injected[which] += 1
    stop.set()
    for one in writers:
        one.join(timeout=120)
        assert one.problem is None, one.problem
        assert set(one.answers) <= {200, 503, "no answer"}, one.answers
    lost, doubled = check_rows(writers)
    for place in places[1:]:
        wait_for(lambda place=place: place.all_are("draft"), "five drafts")
        assert (place.times_closed(), place.times_built()) == (1, ONCE)
    answers = sum((one.answers for one in writers), Counter())
    with capsys.disabled():
        print(
            f"\n{FAULTS} faults ({dict(injected)}): {sum(len(one.saved) for one in writers)} saves kept,"
            f" answers {dict(answers)}, 2 periods closed; lost {lost}, doubled {doubled}."
        )
    assert (lost, doubled) == (0, 0)


def closed(place: Place) -> bool:
    try:
        return place.close().status_code == 200
    except requests.RequestException:
        return False


def check_rows(writers: list[Writer]) -> tuple[int, int]:
    """Saves that are not there, and saves that are there twice: history has one line for each version."""
    lost = doubled = 0
    for one in writers:
        words, version = one.place.stored(one.row)[0]
        lost += words != one.saved[-1]
        lost += max(0, len(one.saved) - version)
        doubled += max(0, version - len(one.saved))
        assert one.place.events(one.row) == version
    return lost, doubled
