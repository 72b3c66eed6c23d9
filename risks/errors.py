"""Refusals of the registers. Each carries the sentence that the page shows and the API returns."""

from programmes.errors import Refused, Stale


class CannotKeepRisk(Refused):
    """The risk cannot be kept as it is; ``field`` is the one to put right, where one is."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class CannotChangeRisk(Refused):
    """The risk is not in a state in which that can be done now."""


class CannotEscalate(Refused):
    """The ground is there already, was decided, or does not stand."""


class CannotChangeRiskReport(Refused):
    """The report is not in a state in which that can be done, or not by this person."""


class StaleRisk(Stale):
    """A risk that somebody saved since."""


class StaleMitigation(Stale):
    """A mitigation that somebody saved since."""


class StaleCategory(Stale):
    """A category of risk that somebody saved since, or that is there already."""


class StaleRiskReport(Stale):
    """A report's narrative that somebody saved since."""
