"""Give a management command the services and the database it needs, and nothing when it needs none."""

import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from .errors import EmbeddedError
from .setup import SETTING_UP, set_up
from .supervisor import running

NEED_NOTHING = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "makemigrations",
        "spectacular",
        "startapp",
        "startproject",
        "version",
    }
)
# These change or copy tables as a whole, which the application's role cannot.
NEED_THE_OWNER = frozenset({"backup", "flush", "migrate", "pgtrigger", "restore"})
# These are (parts of) the set-up, or undo it: they find the database as it is.
NEED_NO_SET_UP = frozenset({"flush", "load_demo", "migrate", "showmigrations", "sqlmigrate"})
HELP = frozenset({"-h", "--help", "--version"})


def needs_services(argv: Sequence[str]) -> bool:
    """Whether ``manage.py`` with these words needs a database or a broker."""
    words = argv[1:]
    if not words or HELP & set(words):
        return False
    if words[0] == "check" and "--database" in words:
        return True
    return words[0] not in NEED_NOTHING


@contextmanager
def prepare_for(argv: Sequence[str]) -> Iterator[None]:
    """The services run, and the demonstration's database is set up, inside the ``with`` block.

    To be entered before Django reads its settings, since it chooses the database role. What it says goes to
    standard error: standard output belongs to the command.
    """
    if not needs_services(argv):
        # Without a database makemigrations warns that it could not compare with one; it need not.
        warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
        yield
        return
    command = argv[1]
    if command in NEED_THE_OWNER:
        os.environ.setdefault("ICP_DATABASE_ROLE", "owner")
    _end_tidily_when_told_to()
    try:
        lease = running()
        handle = lease.__enter__()
    except EmbeddedError as error:
        raise SystemExit(error.message) from error
    try:
        if command not in NEED_NO_SET_UP and SETTING_UP not in os.environ:
            try:
                set_up(handle.state, _say_on_standard_error)
            except EmbeddedError as error:
                raise SystemExit(error.message) from error
        yield
    finally:
        handle.close()


def _say_on_standard_error(words: str, work: Callable[[], object]) -> None:
    began = time.monotonic()
    print(f"{words}…", end=" ", file=sys.stderr, flush=True)
    work()
    print(f"done in {time.monotonic() - began:.1f} s", file=sys.stderr)


def _end_tidily_when_told_to() -> None:
    """SIGTERM and SIGHUP end the command the way Ctrl-C does, so that the services are given back."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)
