"""When a risk goes to the boards and when it is proposed to come back (domain section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What a score does to the ground "by its score". People alone end it."""

    NOTHING = "nothing"
    ESCALATE = "escalate"
    PROPOSE_END = "propose end"
    TAKE_PROPOSAL_BACK = "take proposal back"


def step(
    *, score: int | None, line: int, escalated: bool, proposed: bool, decided: bool = False
) -> Step:
    """What follows from a residual score. ``line``: the score from which a risk goes to the boards. ``decided``:
    somebody decided of this very score that the risk stays there.
    """
    above = score is not None and score >= line
    if above and not escalated:
        return Step.ESCALATE
    if above and proposed:
        return Step.TAKE_PROPOSAL_BACK
    if not above and escalated and not proposed and not decided:
        return Step.PROPOSE_END
    return Step.NOTHING


@dataclass(frozen=True)
class OpenGround:
    """``ground`` is score, board or need to know; ``words`` why, where somebody said."""

    ground: str
    board: str = ""
    words: str = ""


def because(grounds: Iterable[OpenGround], *, score: int | None, line: int) -> str | None:
    """Why a risk is before the boards, in a sentence without its stop; None where it is not."""
    said = [_said(one, score, line) for one in grounds]
    return "; ".join(said) or None


def _said(one: OpenGround, score: int | None, line: int) -> str:
    if one.ground == "board":
        return f"asked for by {one.board}" + (f": {one.words}" if one.words else "")
    if one.ground == "need to know":
        return f"need to know: {one.words}"
    if score is not None and score >= line:
        return f"residual score {score} is {line} or more"
    now = "there is no score now" if score is None else f"the residual score is {score} now"
    return f"residual score was {line} or more; {now}, and its de-escalation waits for a decision"
