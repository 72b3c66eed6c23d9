"""``make run``: the whole demonstration in one process group, in plain words.

Starts the embedded services, makes and fills the database, serves the pages on this machine only, and stops
all of it in order when told to.
"""

import argparse
import errno
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from icp.embedded import EmbeddedError, Handle, ensure_running, state_dir
from icp.embedded.children import Child
from icp.embedded.demonstration import (
    children_for,
    collect_static,
    port_from_environment,
    sign_ins,
    static_is_collected,
    wait_for_pages,
)
from icp.embedded.locks import open_lock, try_lock
from icp.embedded.places import make_state_dir
from icp.embedded.setup import set_up
from icp.embedded.stopping import Stop, StopSignals

WATCH_EVERY = 0.5  # seconds
STOP_WITHIN = 15.0  # seconds


class Launcher:
    """One run, from the first word to the last."""

    def __init__(self, *, port: int, with_beat: bool, quiet: bool, signals: StopSignals) -> None:
        self.port = port
        self.with_beat = with_beat
        self.quiet = quiet
        self.signals = signals
        self.state = make_state_dir(state_dir())
        self.services: Handle | None = None
        self.children: list[Child] = []

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def say(self, words: str, *, end: str = "\n") -> None:
        """Print, unless quiet; a terminal that has been closed is no reason to stop half way."""
        if self.quiet:
            return
        try:
            print(words, end=end, flush=True)
        except OSError:
            self.quiet = True

    def step(self, words: str, work: Callable[[], object]) -> None:
        """Do one thing, saying what, and how long it took."""
        began = time.monotonic()
        self.say(f"{words}…", end=" ")
        try:
            work()
        except BaseException:
            self.say("")
            raise
        self.say(f"done in {time.monotonic() - began:.1f} s")

    def start(self) -> None:
        began = time.monotonic()
        port_from_environment(check_free=True)
        with self.signals.interruptible():
            self.step("Starting the database and the message broker", self._start_services)
            self._set_up()
        self._make_children()
        self.step("Starting the web server", self._start_web)
        self.say(f"\nReady in {time.monotonic() - began:.1f} s.\n")

    def introduce(self) -> None:
        """Address, sign-ins, and what this is."""
        self.say(f"    {self.address}\n")
        self.say(
            "This is a DEMONSTRATION: invented people, published plans, a clock that stands in 2020."
        )
        self.say("It answers on this machine only. Do not enter real data.\n")
        with self.signals.interruptible():
            self.say(sign_ins(self.state))
        self.say("\nPress Ctrl-C to stop. The data is kept for the next `make run`.")

    def watch(self) -> None:
        """Until told to stop: what dies is started again."""
        while True:
            with self.signals.interruptible():
                time.sleep(WATCH_EVERY)
            assert self.services is not None
            for title in self.services.dead():
                self.say(f"The {title} ended; starting it again.")
                self.services.revive()
            for child in self.children:
                if child.died() is not None:
                    child.revive(self.say)

    def stop(self) -> None:
        """Timer, pages and worker first, then what they stand on. A second signal ends them without waiting."""
        if self.children:
            self.say("\nStopping…", end=" ")
        began = time.monotonic()
        try:
            with self.signals.interruptible(again=True):
                for child in self.children:
                    child.ask_to_stop()
                for child in self.children:
                    child.wait_stopped(began + STOP_WITHIN - time.monotonic())
        except Stop:
            self.say("at once…", end=" ")
            for child in self.children:
                child.kill()
        if self.services:
            self.services.close()
        if self.children:
            self.say(f"done in {time.monotonic() - began:.1f} s")

    def _start_services(self) -> None:
        self.services = ensure_running(say=self.say)

    def _set_up(self) -> None:
        """Database and static files side by side: they wait for nothing of each other."""
        with ThreadPoolExecutor(max_workers=1) as beside:
            collected = None if static_is_collected() else beside.submit(collect_static, self.state)
            set_up(self.state, self.step)
            if collected:
                self.step("Collecting style sheets and pictures", collected.result)

    def _make_children(self) -> None:
        self.children = children_for(state=self.state, port=self.port, with_beat=self.with_beat)

    def _start_web(self) -> None:
        """The pages, and beside them who one can be; the worker and the timer while the reader finds the browser."""
        web = next(child for child in self.children if child.slug == "web")
        with ThreadPoolExecutor(max_workers=1) as beside:
            who = beside.submit(sign_ins, self.state)
            web.start()
            with self.signals.interruptible():
                wait_for_pages(self.port, web)
        who.result()
        for child in self.children:
            if child is not web:
                child.start()


def _only_run(launcher: Launcher) -> int:
    """A lock that lives as long as this process: one run a state folder."""
    path = launcher.state / "run.lock"
    descriptor = open_lock(path)
    if not try_lock(descriptor, exclusive=True):
        address = path.read_text().strip() or "another address"
        raise EmbeddedError(
            f"The demonstration already runs from this folder, at {address}: use that one, or stop it first."
        )
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, launcher.address.encode(), 0)
    return descriptor


def run(words: Sequence[str]) -> int:
    """The exit code: 0 when it was told to stop, 1 when it could not go on."""
    parser = argparse.ArgumentParser(prog="python -m icp.launcher", description=__doc__)
    parser.add_argument(
        "--no-beat", action="store_true", help="do not start the timer (Celery beat)"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something fails")
    options = parser.parse_args(words)
    signals = StopSignals()
    launcher: Launcher | None = None
    try:
        port = port_from_environment()
        launcher = Launcher(
            port=port,
            with_beat=not options.no_beat,
            quiet=options.quiet,
            signals=signals,
        )
        _only_run(launcher)
        launcher.start()
        launcher.introduce()
        launcher.watch()
    except Stop:
        return 0
    except EmbeddedError as error:
        print(error.message, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print("The disk is full: free some space, then start again.", file=sys.stderr)
        return 1
    finally:
        if launcher:
            launcher.stop()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
