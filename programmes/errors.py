"""Refusals. Each carries the sentence that the page shows and the API returns."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icp.common.tabular import CellError
    from programmes.models import Place


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


class Stale(Refused):
    """Somebody else saved this first. ``current`` is what is stored now; ``None`` where it was removed."""

    def __init__(self, sentence: str, current: object) -> None:
        super().__init__(sentence)
        self.current = current


class StaleStatus(Stale):
    """A row's status."""


class StaleAnswer(Stale):
    """A lead's answer to a question on a return."""


class StaleReturn(Stale):
    """A programme's return, handed in again since."""


class StaleOwner(Stale):
    """A row's owner."""


class StaleRow(Stale):
    """What a row of a plan says."""


class StaleDependency(Stale):
    """What a row waits for."""


class CannotKeepEntry(Refused):
    """The glossary cannot hold the entry as it is; ``field`` is the one to put right."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class StaleEntry(Stale):
    """An entry of the glossary."""


class CannotSetCalendar(CannotSave):
    """The place's calendar cannot be so; ``field`` is where, ``closed`` or ``worked``."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class StaleCalendar(Stale):
    """A place's calendar."""


class CannotChangePlan(Refused):
    """A change request cannot be written, proposed, agreed or ended like this now; nothing was changed."""


class NotSaidYet(CannotChangePlan):
    """A change request lacks words. ``fields`` has a sentence for each, by its name."""

    def __init__(self, sentence: str, fields: dict[str, str]) -> None:
        super().__init__(sentence)
        self.fields = fields


class StaleChange(Stale):
    """A change request."""


class CannotImport(Refused):
    """The file cannot be imported as it is; nothing was written."""


class StalePreview(CannotImport):
    """The plan has changed since the preview of a file that is to be imported; nothing was written."""


class CannotChangePeople(Refused):
    """This person cannot be invited, or cannot be given or lose this now; nothing was changed."""


class CannotSetUp(Refused):
    """The place cannot be made like this; nothing was written. ``errors`` are a file's bad cells, in order."""

    def __init__(self, sentence: str, errors: "list[CellError] | None" = None) -> None:
        super().__init__(sentence)
        self.errors = errors or []


class PlaceIsThere(Refused):
    """A place has that short name already. ``place`` is it, as it stands."""

    def __init__(self, place: "Place") -> None:
        super().__init__(
            f"A place with the short name {place.slug} is there already: {place.name}."
        )
        self.place = place
