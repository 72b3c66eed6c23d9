"""Refusals of the reports. Each carries the sentence that the page shows."""

from programmes.errors import Refused


class CannotChangeReport(Refused):
    """The report is not in a state in which that can be done, or not by this person."""


class StaleNarrative(Refused):
    """Somebody else saved the narrative first. ``current`` is what is stored now, ``version`` its number."""

    def __init__(self, sentence: str, *, current: str, version: int) -> None:
        super().__init__(sentence)
        self.current = current
        self.version = version
