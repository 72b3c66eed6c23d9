"""Going to the boards by rule, by request, and coming back by decision (domain section 5)."""

from datetime import date, datetime

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.models import Board
from risks import notices
from risks.errors import CannotEscalate
from risks.models import Escalation, Ground, Risk
from risks.rules.escalation import Step, step
from risks.selectors import rules_of
from risks.services.holding import held_open, hold_rules


def follow_score(
    *,
    risk: Risk,
    line: int,
    by: User | None,
    at: datetime,
    today: date,
    tell: bool = True,
    rescored: bool = True,
) -> Escalation | None:
    """What follows from the risk's score as it is saved: it goes to the boards, or is proposed to come back.

    ``rescored``: the score is another than it was. Where it is not, a decision to keep the risk before the boards
    stands. Call inside the transaction that saved it. Owner, SRO and office are told when the line is crossed.
    """
    found = Escalation.objects.filter(risk=risk, ground=Ground.SCORE, ended_at=None).first()
    todo = step(
        score=risk.current,
        line=line,
        escalated=found is not None,
        proposed=found is not None and found.proposed_on is not None,
        decided=found is not None and found.kept_because != "" and not rescored,
    )
    if todo == Step.ESCALATE:
        found = Escalation.objects.create(
            risk=risk,
            ground=Ground.SCORE,
            because=f"Residual score {risk.current} is {line} or more.",
            began_on=today,
        )
        if tell:
            notices.tell_escalated(found, by=by, at=at)
    elif found and todo == Step.PROPOSE_END:
        found.proposed_on, found.kept_because = today, ""
        found.save()
        notices.tell_proposed(found, by=by, at=at)
    elif found and todo == Step.TAKE_PROPOSAL_BACK:
        found.proposed_on = None
        found.save()
    return found


@transaction.atomic
def ask_to_see(
    *,
    risk: Risk,
    ground: Ground,
    board: Board | None = None,
    because: str = "",
    by: User,
    at: datetime,
    today: date,
    tell: bool = True,
    seen: int | None = None,
) -> Escalation:
    """Put a risk before the boards whatever its score: a board asked, or they need to know. Twice does it once.

    Raises:
        CannotChangeRisk: the risk is closed.
        CannotEscalate: no board, or one of another place, is named; or nothing says what they need to know.
        StaleRisk: somebody else saved it since ``seen``.
    """
    found = held_open(risk, seen=seen)
    if ground == Ground.SCORE:
        raise CannotEscalate("A score escalates by itself.")
    if ground == Ground.BOARD and (board is None or board.place_id != found.place_id):
        raise CannotEscalate("Say which board of this place asked to see it.")
    if ground == Ground.NEED_TO_KNOW and not because.strip():
        raise CannotEscalate("Say what the boards need to know.")
    named = board if ground == Ground.BOARD else None
    open_one = Escalation.objects.filter(risk=found, ground=ground, board=named, ended_at=None)
    if (there := open_one.first()) is not None:
        return there
    with recorded(way=current_way(), by=by, reason=because):
        made = Escalation.objects.create(
            risk=found,
            ground=ground,
            board=named,
            because=because.strip(),
            began_on=today,
            begun_by=by,
        )
        if tell:
            notices.tell_escalated(made, by=by, at=at)
    return made


@transaction.atomic
def end_escalation(
    *,
    escalation: Escalation,
    because: str,
    by: User,
    at: datetime,
    today: date,
    seen: int | None = None,
) -> Escalation:
    """Decide that a risk comes back from the boards on this ground. Deciding twice changes nothing.

    Raises:
        CannotChangeRisk: the risk is closed.
        CannotEscalate: its score is still at the line, or nothing says why.
        StaleRisk: somebody else saved the risk since ``seen``.
    """
    hold_rules(escalation.risk.place_id)
    risk = held_open(escalation.risk, seen=seen)
    line = rules_of(risk.place).escalates_from
    found = _held(escalation)
    if found.ended_at is not None:
        return found
    if not because.strip():
        raise CannotEscalate("Say why it no longer goes to the boards.")
    if found.ground == Ground.SCORE and risk.current is not None and risk.current >= line:
        raise CannotEscalate(
            f"{risk.ref} scores {risk.current}, which is {line} or more: it stays before the boards "
            "until its score falls."
        )
    with recorded(way=current_way(), by=by, reason=because):
        finish(found, because=because, by=by, at=at, today=today)
        notices.tell_deescalated(found, by=by, at=at)
    return found


@transaction.atomic
def keep_escalated(
    *, escalation: Escalation, because: str, by: User, seen: int | None = None
) -> Escalation:
    """Decide that a risk stays before the boards although its score fell below the line.

    Raises:
        CannotChangeRisk: the risk is closed.
        CannotEscalate: nothing is proposed, or nothing says why.
        StaleRisk: somebody else saved the risk since ``seen``.
    """
    held_open(escalation.risk, seen=seen)
    found = _held(escalation)
    if found.ended_at is not None or found.proposed_on is None:
        raise CannotEscalate("No de-escalation is proposed.")
    if not because.strip():
        raise CannotEscalate("Say why it stays before the boards.")
    with recorded(way=current_way(), by=by, reason=because):
        found.proposed_on, found.kept_because = None, because.strip()
        found.save()
    return found


def finish(found: Escalation, *, because: str, by: User, at: datetime, today: date) -> None:
    found.ended_at, found.ended_on, found.ended_by = at, today, by
    found.ended_because = because.strip()
    found.save()


def _held(escalation: Escalation) -> Escalation:
    found: Escalation = (
        Escalation.objects.select_for_update(of=("self",))
        .select_related("risk__register__programme", "risk__place", "risk__owner__holder", "board")
        .get(pk=escalation.pk)
    )
    return found
