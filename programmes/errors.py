"""Refusals. Each carries the sentence that the page shows and the API returns."""


class Refused(Exception):
    """A rule of the domain forbids this. ``str()`` is for the person who asked."""


class NotAllowed(Refused):
    """The person does not hold the role this needs."""


class CannotSave(Refused):
    """The status, or the period it belongs to, cannot be changed now."""


class CannotSubmit(Refused):
    """The return is not ready, or is not in a state to be handed in.

    ``missing`` maps a row's reference to what it lacks.
    """

    def __init__(self, sentence: str, missing: dict[str, list[str]] | None = None) -> None:
        super().__init__(sentence)
        self.missing = missing or {}


class CannotSignOff(Refused):
    pass


class CannotClosePeriod(Refused):
    pass


class StaleStatus(Refused):
    """Somebody else saved this row first. ``current`` is what is stored now."""

    def __init__(self, sentence: str, current: object) -> None:
        super().__init__(sentence)
        self.current = current


class CannotKeepEntry(Refused):
    """The glossary cannot hold the entry as it is; ``field`` is the one to put right."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class StaleEntry(Refused):
    """Somebody else changed the glossary entry first. ``current`` is what is stored now, if anything is."""

    def __init__(self, sentence: str, current: object) -> None:
        super().__init__(sentence)
        self.current = current


class CannotImport(Refused):
    """The file cannot be imported as it is; nothing was written."""


class CannotChangePeople(Refused):
    """This person cannot be invited, or cannot be given or lose this now; nothing was changed."""
