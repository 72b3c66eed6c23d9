"""Queuing never fails the page, whether the broker is away or answers with an error of its own."""

import pytest
from kombu.exceptions import OperationalError
from redis.exceptions import ResponseError

from icp.celery import app
from icp.common.queue import enqueue


class Task:
    name = "a task"

    def __init__(self, problem):
        self.problem = problem

    def apply_async(self, **kwargs):
        raise self.problem


@pytest.mark.parametrize(
    "problem", [OperationalError("away"), ResponseError("MISCONF No space left on device")]
)
def test_work_that_cannot_be_queued_is_left_to_the_scheduler_and_the_log_says_so(problem, caplog):
    enqueue(Task(problem))
    assert "a task waits for the scheduler" in caplog.text


def test_a_mistake_of_ours_is_not_hidden():
    with pytest.raises(TypeError):
        enqueue(Task(TypeError("a bug")))


def test_a_broker_that_is_away_is_not_waited_for(monkeypatch):
    """Closing a month queues five tasks: six seconds for each would be more than a page has."""
    waited = []
    monkeypatch.setattr("kombu.utils.functional.sleep", waited.append)
    with app.connection_for_write("redis+socket:///nowhere/broker.sock") as away:
        with pytest.raises(OperationalError):
            app.send_task("a task", connection=away, retry=False)
    assert waited == []
