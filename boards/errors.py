"""Refusals of the reports. Each carries the sentence that the page shows."""

from programmes.errors import Refused, Stale


class CannotChangeReport(Refused):
    """The report is not in a state in which that can be done, or not by this person."""


class CannotRecordViewing(Exception):
    """That somebody reads a paper that is not public could not be noted, so they must not read it."""

    def __init__(self) -> None:
        super().__init__(
            "This report is not public, and that you read it could not be noted, so it was not shown. "
            "Try again in a few minutes."
        )


class StaleNarrative(Stale):
    """A report's narrative. ``version`` is the number of what is stored now."""

    def __init__(self, sentence: str, *, current: str, version: int) -> None:
        super().__init__(sentence, current)
        self.version = version
