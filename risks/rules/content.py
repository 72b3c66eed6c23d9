"""One risk as lists, exports and reports print it. Plain values: what is published is made of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from risks.rules.scores import Band, Moved


@dataclass(frozen=True)
class MitigationLine:
    what: str
    owner: str = ""
    due_on: date | None = None
    percent: int = 0
    done_on: date | None = None
    effect: str = ""
    progress: str = ""


@dataclass(frozen=True)
class RiskLine:
    """One risk with what follows from it. ``residual`` are the four quarters of the year, None where N/A.

    ``register`` is its register's code, ``because`` why it is before the boards, ``grounds`` on which grounds.
    """

    pk: int
    ref: str
    kind: str
    state: str
    title: str
    register: str
    register_name: str
    owner: str
    inherent: int | None
    likelihood: int | None
    impact: int | None
    current: int | None
    target: int | None
    residual: tuple[int | None, ...]
    band: Band | None
    moved: Moved
    because: str | None
    grounds: tuple[str, ...] = ()
    proposed_on: date | None = None
    flags: tuple[str, ...] = ()
    version: int = 0
    delegate: str = ""
    category: str = ""
    organisation: str = ""
    cause: str = ""
    event: str = ""
    consequence: str = ""
    printed_current: str = ""
    review_on: date | None = None
    raised_on: date | None = None
    proximity: str = ""
    ended_on: date | None = None
    ended_because: str = ""
    removal_because: str = ""
    mitigations: tuple[MitigationLine, ...] = field(default_factory=tuple)

    @property
    def is_escalated(self) -> bool:
        return self.because is not None

    @property
    def description(self) -> str:
        """Cause, event and consequence as one text."""
        return " ".join(part for part in (self.cause, self.event, self.consequence) if part)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def risk_content(line: RiskLine) -> dict[str, Any]:
    """A risk for machines: unknown is null, a residual of no quarter is null, scores are whole numbers."""
    return {
        "ref": line.ref,
        "kind": line.kind,
        "title": line.title,
        "register": line.register,
        "register_name": line.register_name,
        "cause": line.cause,
        "event": line.event,
        "consequence": line.consequence,
        "owner": line.owner or None,
        "delegate": line.delegate or None,
        "category": line.category or None,
        "organisation": line.organisation or None,
        "likelihood": line.likelihood,
        "impact": line.impact,
        "current": line.current,
        "printed_current": line.printed_current or None,
        "inherent": line.inherent,
        "target": line.target,
        "band": line.band.value if line.band else None,
        "residual": list(line.residual),
        "movement": line.moved.movement.value,
        "movement_words": line.moved.words,
        "proximity": line.proximity or None,
        "review_on": _iso(line.review_on),
        "raised_on": _iso(line.raised_on),
        "escalated_because": line.because,
        "grounds": list(line.grounds),
        "deescalation_proposed_on": _iso(line.proposed_on),
        "flags": list(line.flags),
        "mitigations": [
            {
                "what": one.what,
                "owner": one.owner or None,
                "due_on": _iso(one.due_on),
                "percent": one.percent,
                "done_on": _iso(one.done_on),
                "effect": one.effect or None,
            }
            for one in line.mitigations
        ],
    }


def register_content(lines: Sequence[RiskLine], *, head: Mapping[str, Any]) -> dict[str, Any]:
    """The register: what is before the boards, and all of it."""
    return {
        **head,
        "escalated": [risk_content(line) for line in lines if line.is_escalated],
        "register": [risk_content(line) for line in lines],
    }
