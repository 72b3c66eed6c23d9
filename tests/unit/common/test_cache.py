"""While the shared cache is away a process remembers by itself, and goes back when it can."""

import pytest
from django.core.cache.backends.redis import RedisCache
from redis import ConnectionError as Away

from icp.common import cache as module
from icp.common import counting
from icp.common.cache import SharedOrOwn
from icp.settings.base import caches_at

NOWHERE = "unix:///nowhere/at-all.sock"


@pytest.fixture(autouse=True)
def _asked_of_nobody_yet(monkeypatch):
    monkeypatch.setattr(module, "_again", {})


@pytest.fixture
def away():
    """A cache whose server is not there, with nothing in it."""
    found = SharedOrOwn(NOWHERE, {"OPTIONS": caches_at(NOWHERE)["default"]["OPTIONS"]})
    found.own.clear()
    return found


@pytest.fixture
def clock(monkeypatch):
    """``clock.now`` is what the process's clock says, in seconds."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(module.time, "monotonic", lambda: Clock.now)
    return Clock


def test_everything_a_cache_does_is_done_without_the_server(away):
    assert away.add("a", 1, 60)
    assert not away.add("a", 2, 60)
    assert away.incr("a") == 2
    assert away.decr("a") == 1
    away.set_many({"b": 2, "c": 3})
    assert away.get_many(["a", "b", "z"]) == {"a": 1, "b": 2}
    assert away.has_key("c")
    assert away.touch("c", 60)
    away.delete_many(["b", "c"])
    assert away.get("b", "gone") == "gone"
    assert away.get_or_set("d", 4) == 4
    assert away.delete("d")
    with pytest.raises(ValueError, match="not found"):
        away.incr("nothing")


def test_counts_are_kept_as_in_the_shared_one(away, monkeypatch):
    monkeypatch.setattr(counting, "cache", away)
    assert [counting.one_more("x", window=60).number for _ in range(4)] == [1, 2, 3, 4]
    counting.one_less("x")
    assert counting.one_more("x", window=60).number == 4
    counting.forget("x")
    assert counting.one_more("x", window=60).number == 1


def test_many_other_counts_push_none_out(away):
    away.add("one-of-them", 1, 60)
    for number in range(5_000):
        away.add(f"other-{number}", 1, 60)
    assert away.get("one-of-them") == 1


def test_all_threads_of_a_process_remember_together():
    one, other = (SharedOrOwn(NOWHERE, {}) for _ in range(2))
    one.set("told-by-one", 7, 60)
    assert other.get("told-by-one") == 7


def test_a_server_that_did_not_answer_is_left_alone_for_a_while_and_said_once(
    away, clock, monkeypatch, caplog
):
    asked = []

    def refuse(self, *args, **kwargs):
        asked.append(args)
        raise Away

    monkeypatch.setattr(SharedOrOwn, "get", module._or_own(named(refuse, "get")))
    for _ in range(5):
        away.get("a")
    assert len(asked) == 1
    assert len(caplog.records) == 1
    assert "this process counts by itself for 10 seconds" in caplog.text
    clock.now += module.LEFT_ALONE + 1
    away.get("a")
    assert len(asked) == 2


def named(function, name):
    function.__name__ = name
    return function


def test_it_goes_back_to_the_server_when_that_answers_again(away, clock, monkeypatch):
    away.set("a", "own", 60)
    answers = module._or_own(named(lambda self, key, *args, **kwargs: "shared", "get"))
    monkeypatch.setattr(SharedOrOwn, "get", answers)
    assert away.get("a") == "own"
    clock.now += module.LEFT_ALONE + 1
    assert away.get("a") == "shared"


def test_the_timers_sign_of_life_is_never_kept_by_one_process():
    """It would be asked for by another."""
    assert caches_at(NOWHERE)["shared"]["BACKEND"].endswith(f".{RedisCache.__name__}")
    assert caches_at(NOWHERE)["default"]["BACKEND"].endswith(f".{SharedOrOwn.__name__}")
