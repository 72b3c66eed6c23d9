"""RAG: what the dates propose, and what a lead must say before a status counts (domain section 3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from icp.common.months import add_months, months_and_days_between
from icp.common.words import british_date, months_and_days


class Rag(StrEnum):
    """The lead's judgement of one row in one period."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    COMPLETE = "complete"
    NOT_STARTED = "not started"
    ON_HOLD = "on hold"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(rag.value, rag.label) for rag in cls]


OFF_TRACK = (Rag.RED, Rag.AMBER)

DEFAULT_TOLERANCE_MONTHS = 2


@dataclass(frozen=True)
class Slip:
    """How far a row's expected finish stands from its agreed finish.

    ``measured`` is what was compared: actual, forecast, or the as-at date of an overdue row.
    """

    agreed: date
    measured: date

    @property
    def is_late(self) -> bool:
        return self.measured > self.agreed

    @property
    def is_early(self) -> bool:
        return self.measured < self.agreed

    @property
    def days(self) -> int:
        """Calendar days: late is positive, early negative."""
        return (self.measured - self.agreed).days

    @property
    def words(self) -> str:
        """2 months 2 days beyond the agreed finish; 5 days before the agreed finish."""
        if self.measured == self.agreed:
            return "on the agreed finish"
        side = "beyond" if self.is_late else "before"
        span = months_and_days_between(*sorted((self.agreed, self.measured)))
        return f"{months_and_days(*span)} {side} the agreed finish"


@dataclass(frozen=True)
class ProposedRag:
    """What dates alone suggest, with its reason. Never shown as the lead's."""

    rag: Rag
    because: str


def slip(
    *,
    agreed: date | None,
    forecast: date | None,
    actual: date | None,
    complete: bool,
    as_at: date,
) -> Slip | None:
    """Slip against the agreed finish: actual, else forecast, else the as-at date when overdue.

    A forecast that has passed without completion is no longer one: the as-at date replaces it.
    ``None`` where there is nothing to compare. Source: domain section 2, "Slip is measured".
    """
    if agreed is None:
        return None
    if complete:
        return Slip(agreed, actual) if actual else None
    if forecast is not None:
        return Slip(agreed, max(forecast, as_at))
    return Slip(agreed, max(agreed, as_at))


def tolerance(*, place: int, programme: int | None, item: int | None) -> int:
    """The months of slip that apply to a row: a programme or a row may set it tighter, never looser."""
    return min(months for months in (place, programme, item) if months is not None)


def beyond_tolerance(measured: Slip, *, months: int) -> bool:
    """Late by more than the tolerance. Two months on is the same day number, or that month's last day."""
    return measured.measured > add_months(measured.agreed, months)


def early_beyond_tolerance(measured: Slip, *, months: int) -> bool:
    """Early by more than the tolerance."""
    return measured.measured < add_months(measured.agreed, -months)


def propose(
    *,
    agreed: date | None,
    forecast: date | None,
    actual: date | None,
    complete: bool,
    as_at: date,
    tolerance_months: int,
) -> ProposedRag | None:
    """Red beyond tolerance, amber for any slip within it, else green; ``None`` without an agreed finish."""
    if complete:
        return ProposedRag(Rag.COMPLETE, "reported complete")
    found = slip(agreed=agreed, forecast=forecast, actual=actual, complete=complete, as_at=as_at)
    if found is None:
        return None
    if beyond_tolerance(found, months=tolerance_months):
        return ProposedRag(Rag.RED, _because(found, forecast=forecast, as_at=as_at))
    if found.is_late:
        return ProposedRag(Rag.AMBER, _because(found, forecast=forecast, as_at=as_at))
    return ProposedRag(Rag.GREEN, f"expected by the agreed finish, {british_date(found.agreed)}")


def _because(found: Slip, *, forecast: date | None, as_at: date) -> str:
    if forecast is not None and forecast >= as_at:
        return f"forecast {found.words}, {british_date(found.agreed)}"
    return f"not complete {found.words}, {british_date(found.agreed)}"


def is_overdue(*, agreed: date | None, complete: bool, as_at: date) -> bool:
    """Incomplete, agreed finish on or before the as-at date, whatever its forecast (domain section 3)."""
    # The board counts the due day itself.
    return not complete and agreed is not None and agreed <= as_at
