"""Queuing never fails the page, whether the broker is away or answers with an error of its own."""

import pytest
from kombu.exceptions import OperationalError
from redis.exceptions import ResponseError

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
