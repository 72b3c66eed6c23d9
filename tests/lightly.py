"""What Python does beside the tests costs a tenth of their time, and need not.

Tests run some forty calls deep. Where Python's own stack of frames, kept in pieces of 16 kB, is full just there, each
further call asks the system for a piece and gives it back. And what is loaded once is looked through again and again
for what nothing refers to any more.
"""

import gc
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest
from _pytest.main import pytest_runtestloop as run_every_test
from django.core.servers.basehttp import ThreadedWSGIServer

# In slots of 8 bytes: just over half a megabyte, for which Python takes a megabyte; calls within use the rest.
ROOM = 66_000
# Objects made, and not gone, before those are looked through; see gc.set_threshold.
COLLECT_AFTER = (50_000, 20, 100)


def with_room(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, in a frame so large that whatever it calls finds room beside it."""
    wide = FunctionType(
        function.__code__.replace(co_stacksize=ROOM),
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    wide.__kwdefaults__ = function.__kwdefaults__
    return wide


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """The tests run with room, and what was loaded before them is not looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    return with_room(run_every_test)(session)


@pytest.fixture(scope="session", autouse=True)
def threads_with_room() -> Iterator[None]:
    """Each thread of the server that a browser asks has a stack of its own."""
    with pytest.MonkeyPatch.context() as patch:
        answer = ThreadedWSGIServer.process_request_thread
        patch.setattr(ThreadedWSGIServer, "process_request_thread", with_room(answer))
        yield
