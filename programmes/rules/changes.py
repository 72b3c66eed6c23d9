"""Change control: what needs a request, who may do what with one, and when it lapses (domain section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

# What nobody has touched for so long expires.
EXPIRES_AFTER = timedelta(days=60)


# On what a change has an effect, and who was asked: each may be “None”.
TOUCHED = (
    "effect_on_rows",
    "effect_on_risks",
    "effect_on_money",
    "effect_on_outcomes",
    "consulted",
)
NONE = "None"
SAID_TO_PROPOSE = ("why", *TOUCHED)


class State(StrEnum):
    """Where a request stands; the words are the model's."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PROGRAMME_AGREED = "programme agreed"
    OFFICE_AGREED = "office agreed"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


STANDING = (State.DRAFT, State.PROPOSED, State.PROGRAMME_AGREED, State.OFFICE_AGREED)
WAITING = STANDING[1:]


class Act(StrEnum):
    """What a person may do with a request. Whoever edits one that waits has it proposed again."""

    EDIT = "edit"
    PROPOSE = "propose"
    AGREE_FOR_PROGRAMME = "agree-programme"
    AGREE_FOR_OFFICE = "agree-office"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


AGREEING = (Act.AGREE_FOR_PROGRAMME, Act.AGREE_FOR_OFFICE)


class Kind(StrEnum):
    """What one line does to its row; the words are the model's."""

    ADD = "add"
    REMOVE = "remove"
    RESTORE = "restore"
    REDATE = "re-date"


@dataclass(frozen=True)
class Who:
    """What a person is to one request: a lead or deputy of its programme, of the place's office, the one who
    drafted it, and whether they have agreed to it already, for either side.
    """

    leads: bool = False
    office: bool = False
    drafted: bool = False
    agreed: bool = False

    @property
    def takes_part(self) -> bool:
        return self.leads or self.office


def may(act: Act, *, state: State, who: Who) -> bool:
    """Whether the person may do this now (domain section 3, "Change control").

    Either side agrees first, and nobody for both. Both sides draft, edit and refuse; what one has drafted
    oneself, or a lead's programme asks for, may be withdrawn.
    """
    if not who.takes_part or state not in STANDING:
        return False
    if act == Act.EDIT:
        return True
    if act == Act.PROPOSE:
        return state == State.DRAFT
    if act == Act.WITHDRAW:
        return who.drafted or who.leads
    if act == Act.REFUSE:
        return state in WAITING
    return (
        who_waits(state, act)
        and not who.agreed
        and (who.leads if act == Act.AGREE_FOR_PROGRAMME else who.office)
    )


def who_waits(state: State, act: Act) -> bool:
    """Whether the side that agrees by ``act`` is waited for."""
    said = State.PROGRAMME_AGREED if act == Act.AGREE_FOR_PROGRAMME else State.OFFICE_AGREED
    return state in WAITING and state != said


def acts(*, state: State, who: Who) -> tuple[Act, ...]:
    """All that the person may do now, in the order of a request's life."""
    return tuple(act for act in Act if may(act, state=state, who=who))


def state_after(act: Act, *, state: State) -> State:
    """Where a request stands once somebody who may has done this."""
    if act in AGREEING and state != State.PROPOSED:
        return State.AGREED
    return {
        Act.EDIT: State.DRAFT,
        Act.PROPOSE: State.PROPOSED,
        Act.AGREE_FOR_PROGRAMME: State.PROGRAMME_AGREED,
        Act.AGREE_FOR_OFFICE: State.OFFICE_AGREED,
        Act.REFUSE: State.REFUSED,
        Act.WITHDRAW: State.WITHDRAWN,
    }[act]


@dataclass(frozen=True)
class Dates:
    """A row's start and finish, each a date, to be confirmed, or not set."""

    start: date | None = None
    start_tbc: bool = False
    finish: date | None = None
    finish_tbc: bool = False


@dataclass(frozen=True)
class LineFacts:
    """One line and its row as it stands now. A new row has no dates ``now``, and ``removed`` is False.

    ``agreed`` are the agreed start and finish now, ``written`` those when the line was written.
    """

    kind: Kind
    asked: Dates = Dates()
    now: Dates = Dates()
    agreed: Dates = Dates()
    written: Dates = Dates()
    removed: bool = False


def unsaid(words: Mapping[str, str]) -> tuple[str, ...]:
    """What a request has to say before it is proposed and does not (domain section 3: what, why, effect on others, who
    was consulted). That there is none is said too: “None”.

    ``words`` are what it says, by the names of :data:`SAID_TO_PROPOSE`.
    """
    return tuple(name for name in SAID_TO_PROPOSE if not words.get(name, "").strip())


def none_for(words: Mapping[str, str]) -> dict[str, str]:
    """“None” for each of :data:`TOUCHED` of which these words say nothing. Why it is needed nobody can say so."""
    return {name: NONE for name in unsaid(words) if name in TOUCHED}


def has_effect(line: LineFacts) -> bool:
    """Whether agreeing to the line would change the plan at all."""
    if line.kind == Kind.ADD:
        return True
    if line.kind == Kind.REMOVE:
        return not line.removed
    if line.kind == Kind.RESTORE:
        return line.removed
    # What is to be confirmed has no agreed date: that much is what the plan says of it.
    agreed = replace(line.agreed, start_tbc=line.now.start_tbc, finish_tbc=line.now.finish_tbc)
    # A row that came with dates of its own beside the agreed ones may be put back to those.
    return not line.asked == agreed == line.now


def is_stale(line: LineFacts) -> bool:
    """Whether the row was agreed anew, removed or restored since the line was written."""
    if line.kind == Kind.ADD:
        return False
    if line.kind == Kind.RESTORE:
        return not line.removed
    moved = (line.agreed.start, line.agreed.finish) != (line.written.start, line.written.finish)
    return line.removed or moved


def is_expired(*, touched: date, on: date) -> bool:
    """Nobody has done anything with it for :data:`EXPIRES_AFTER`."""
    return on - touched >= EXPIRES_AFTER


def needs_request(*, has_baseline: bool, kind: Kind | str) -> bool:
    """Whether this may only be done by an agreed request: once the first plan is agreed, a row comes, goes,
    comes back or gets other agreed dates by one. A forecast, a name, notes, an owner and the order never do.
    """
    return has_baseline and kind in tuple(Kind)
