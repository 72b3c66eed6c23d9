"""Refusals of the money. Each carries the sentence that the page shows and the API returns."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from programmes.errors import Refused, Stale

if TYPE_CHECKING:
    from finance.models import Position
    from finance.rules.checks import Question


class CannotEnter(Refused):
    """The month or the partner's figures of it take no entry now, or a figure cannot be kept.

    ``cells`` maps (line, field) to what is wrong there.
    """

    def __init__(self, sentence: str, cells: Mapping[tuple[int, str], str] | None = None) -> None:
        super().__init__(sentence)
        self.cells = dict(cells or {})


class StalePosition(Refused):
    """Another person saved since; ``current`` holds what is stored, by line."""

    def __init__(self, sentence: str, current: Mapping[int, "Position | None"]) -> None:
        super().__init__(sentence)
        self.current = dict(current)


class StaleMoney(Stale):
    """It is not what this person looked at: ``current`` is what is stored now."""


class CannotHandIn(Refused):
    """Figures are missing, or questions of them have no answer; ``questions`` says which."""

    def __init__(self, sentence: str, questions: Sequence["Question"] = ()) -> None:
        super().__init__(sentence)
        self.questions = list(questions)


class CannotKeep(Refused):
    """What was typed cannot be kept so; ``field`` is the one to put right, None where it is the whole."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class CannotCloseMonth(Refused):
    pass


class CannotMoveBudget(Refused):
    """The virement cannot be proposed or decided so."""


class CannotDecide(Refused):
    """It was decided already, or needs another person or a board."""


class CannotChangeLines(Refused):
    """Lines cannot be added, changed or put together so."""


class CannotKeepPaper(Refused):
    """The file cannot be kept with the line."""


class CannotPhase(Refused):
    """Months do not add up to their annual budget; ``lines`` maps each line to why."""

    def __init__(self, sentence: str, lines: Mapping[int, str]) -> None:
        super().__init__(sentence)
        self.lines = dict(lines)
