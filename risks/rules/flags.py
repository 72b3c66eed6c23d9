"""What a register points out of a risk (domain section 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from risks.rules.scores import printed_disagrees


class Flag(StrEnum):
    """In the order in which they are shown."""

    PRINTED = "printed score is not likelihood x impact"
    NO_OWNER = "no owner"
    NO_MITIGATION = "no mitigation"
    MITIGATION_OVERDUE = "mitigation overdue"
    REVIEW_OVERDUE = "review overdue"
    NO_SCORE = "not scored"


@dataclass(frozen=True)
class Action:
    """A mitigation: when it is due, and whether it is done."""

    due_on: date | None
    done: bool


@dataclass(frozen=True)
class Facts:
    """What the flags of an open risk are worked out from."""

    current: int | None
    printed: str = ""
    has_owner: bool = True
    actions: Sequence[Action] = ()
    review_on: date | None = None


def flags(facts: Facts, *, as_at: date) -> list[Flag]:
    """The flags of an open risk. Something is overdue from the day after it was due."""
    found = {
        Flag.PRINTED: printed_disagrees(printed=facts.printed, current=facts.current),
        Flag.NO_OWNER: not facts.has_owner,
        Flag.NO_MITIGATION: not facts.actions,
        Flag.MITIGATION_OVERDUE: any(_overdue(one, as_at) for one in facts.actions),
        Flag.REVIEW_OVERDUE: facts.review_on is not None and facts.review_on < as_at,
        Flag.NO_SCORE: facts.current is None,
    }
    return [flag for flag, is_so in found.items() if is_so]


def _overdue(action: Action, as_at: date) -> bool:
    return not action.done and action.due_on is not None and action.due_on < as_at
