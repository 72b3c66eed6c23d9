"""Refusals of the reports. Each carries the sentence that the page shows."""

from programmes.errors import Refused, Stale


class CannotChangeReport(Refused):
    """The report is not in a state in which that can be done, or not by this person."""


class StaleNarrative(Stale):
    """A report's narrative. ``version`` is the number of what is stored now."""

    def __init__(self, sentence: str, *, current: str, version: int) -> None:
        super().__init__(sentence, current)
        self.version = version
