"""Tasks record what they change under their own name. (This module holds no task of its own.)"""

from typing import Any

from celery import Task


class RecordedTask(Task):  # type: ignore[misc]
    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from icp.audit.models import Way
        from icp.audit.recording import recorded

        with recorded(way=Way.TASK, via=self.name):
            # Not super(): that puts an empty request on the stack, and the task could not be tried again.
            return self.run(*args, **kwargs)
