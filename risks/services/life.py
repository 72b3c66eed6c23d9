"""A risk's life: closed, reopened, merged, moved to another register, become an issue, recommended for removal."""

from datetime import date, datetime

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.models import Programme
from risks.errors import CannotChangeRisk
from risks.models import (
    ClosedTime,
    Escalation,
    FormerReference,
    Ground,
    Link,
    Mitigation,
    Risk,
    RiskKind,
    RiskState,
)
from risks.notices import tell_escalated
from risks.rules.scores import next_review
from risks.selectors import lines_of, rules_of
from risks.services.escalating import finish, follow_score
from risks.services.holding import held, held_open, hold_rules
from risks.services.registers import register_of, take_reference
from risks.services.risks import FIELDS, raise_risk


@transaction.atomic
def close_risk(
    *, risk: Risk, because: str, by: User, at: datetime, today: date, seen: int | None = None
) -> Risk:
    """Close a risk; it leaves the boards with it. Closing twice changes nothing.

    Raises:
        CannotChangeRisk: it is merged, or nothing says why.
        StaleRisk: somebody else saved it since ``seen``.
    """
    found = held(risk, seen=seen)
    if found.state == RiskState.CLOSED:
        return found
    found = held_open(risk)
    _end(found, RiskState.CLOSED, because=because, by=by, at=at, today=today)
    return found


@transaction.atomic
def reopen_risk(
    *, risk: Risk, because: str, by: User, at: datetime, today: date, seen: int | None = None
) -> Risk:
    """Open a closed or merged risk again, under its own reference. Twice changes nothing.

    Raises:
        CannotChangeRisk: nothing says why.
        StaleRisk: somebody else saved it since ``seen``.
    """
    hold_rules(risk.place_id)
    found = held(risk, seen=seen)
    if found.is_open:
        return found
    _say(because, "Say why it is opened again.")
    rules = rules_of(found.place)
    assert found.ended_on is not None
    closed = ClosedTime(
        risk=found, closed_on=found.ended_on, reopened_on=max(today, found.ended_on)
    )
    found.state, found.ended_on, found.ended_because = RiskState.OPEN, None, ""
    found.merged_into, found.removal_because = None, ""
    found.review_on = next_review(on=today, current=found.current, lines=lines_of(rules))
    with recorded(way=current_way(), by=by, reason=because):
        closed.save()
        found.save()
        found.refresh_from_db()
        follow_score(risk=found, line=rules.escalates_from, by=by, at=at, today=today)
    return found


@transaction.atomic
def merge_risk(
    *,
    risk: Risk,
    into: Risk,
    because: str,
    by: User,
    at: datetime,
    today: date,
    seen: int | None = None,
) -> Risk:
    """End a risk that another one holds already. Its open mitigations, its links, and what the boards asked to see of
    it go over to that one; owner, SRO and office of that one are told of what it goes to the boards for now.

    Raises:
        CannotChangeRisk: one of them is not open, they are the same or of two places, or nothing says why.
        StaleRisk: somebody else saved it since ``seen``.
    """
    if risk.pk == into.pk:
        raise CannotChangeRisk("Choose another risk to merge it into.")
    # The lower key first, so that two merges never wait for one another.
    first, second = sorted((risk, into), key=lambda one: one.pk)
    held(first), held(second)
    found, target = held_open(risk, seen=seen), held_open(into)
    if found.place_id != target.place_id:
        raise CannotChangeRisk("Choose a risk of this place.")
    found.merged_into = target
    with recorded(way=current_way(), by=by, reason=because):
        Mitigation.objects.filter(risk=found, removed_at=None, done_on=None).update(risk=target)
        _move_links(found, target)
        for ground in _hand_grounds(found, target, today=today):
            tell_escalated(ground, by=by, at=at)
        _end(found, RiskState.MERGED, because=because, by=by, at=at, today=today)
    return found


@transaction.atomic
def transfer_risk(
    *,
    risk: Risk,
    programme: Programme | None,
    because: str,
    by: User,
    today: date,
    seen: int | None = None,
) -> Risk:
    """Move a risk to the register of another programme, or of the whole. It gets a reference of that register; the
    old one leads to it, and is given to no other. Into the register where it is changes nothing.

    Raises:
        CannotChangeRisk: it is closed, or nothing says why.
        CannotKeepRisk: the register is another place's.
        StaleRisk: somebody else saved it since ``seen``.
    """
    found = held_open(risk, seen=seen)
    register = register_of(place=found.place, programme=programme)
    if register.pk == found.register_id:
        return found
    _say(because, "Say why it goes to the other register.")
    with recorded(way=current_way(), by=by, reason=because):
        former = FormerReference(
            place=found.place, ref=found.ref, risk=found, until=today, because=because.strip()
        )
        found.register = register
        found.number, found.ref = take_reference(register=register)
        found.save()
        former.save()
    found.refresh_from_db()
    return found


@transaction.atomic
def promote_to_issue(
    *,
    risk: Risk,
    because: str,
    by: User,
    at: datetime,
    today: date,
    keep: bool = False,
    seen: int | None = None,
) -> Risk:
    """The risk has happened: an issue of the same register is raised from it, with a reference of its own.

    The risk is closed, unless it may happen again (``keep``). What the boards asked to see of it, and what it hangs
    together with, the issue has too. Returns the issue. Of a risk that is scored and kept, twice on one
    day in the same words raises one.

    Raises:
        CannotChangeRisk: it is closed, or an issue already, or nothing says what happened.
        StaleRisk: somebody else saved it since ``seen``.
    """
    hold_rules(risk.place_id)
    found = held_open(risk, seen=seen)
    if found.kind == RiskKind.ISSUE:
        raise CannotChangeRisk(f"{found.ref} is an issue already.")
    _say(because, "Say what has happened.")
    if keep and (there := _raised_so(found, because, today=today)) is not None:
        return there
    values = {name: getattr(found, name) for name in FIELDS if name not in ("review_on",)}
    values |= {"kind": RiskKind.ISSUE, "raised_on": today, "printed_current": ""}
    issue = raise_risk(
        place=found.place,
        programme=found.register.programme,
        values=values,
        by=by,
        at=at,
        today=today,
        because=because,
        came_from=found,
    )
    with recorded(way=current_way(), by=by, reason=because):
        _hand_over(found, issue, today=today)
        if not keep:
            Mitigation.objects.filter(risk=found, removed_at=None, done_on=None).update(risk=issue)
            said = f"It has happened: {issue.ref} is its issue. {because.strip()}"
            _end(found, RiskState.CLOSED, because=said, by=by, at=at, today=today)
    return issue


@transaction.atomic
def recommend_removal(*, risk: Risk, because: str, by: User, seen: int | None = None) -> Risk:
    """Recommend to take a risk out that its programme cannot mitigate. It stays until somebody closes it.

    An empty ``because`` takes the recommendation back.

    Raises:
        CannotChangeRisk: the risk is closed.
        StaleRisk: somebody else saved it since ``seen``.
    """
    found = held_open(risk, seen=seen)
    if found.removal_because == because.strip():
        return found
    found.removal_because = because.strip()
    with recorded(way=current_way(), by=by, reason=because):
        found.save()
    found.refresh_from_db()
    return found


def _raised_so(found: Risk, because: str, *, today: date) -> Risk | None:
    """The issue that a first press raised: the risk is kept, so that it does not show."""
    issues = Risk.objects.filter(came_from=found, kind=RiskKind.ISSUE, raised_on=today)
    return issues.filter(scores__because=because).order_by("pk").first()


LINKED = (
    "item_id",
    "change_id",
    "organisation_id",
    "workstream_id",
    "fund",
    "line_name",
    "indicator",
    "indicator_set",
    "words",
)


def _move_links(found: Risk, target: Risk) -> None:
    """The links of one risk to another, but for those that it has already."""
    there = set(Link.objects.filter(risk=target).values_list(*LINKED))
    links = list(Link.objects.filter(risk=found).order_by("pk"))
    new = [one.pk for one in links if tuple(getattr(one, name) for name in LINKED) not in there]
    Link.objects.filter(pk__in=new).update(risk=target)


def _hand_over(found: Risk, issue: Risk, *, today: date) -> None:
    """What a board asked to see it goes on seeing when it happens; what the risk hung on the issue hangs on too."""
    _hand_grounds(found, issue, today=today)
    for link in Link.objects.filter(risk=found).order_by("pk"):
        link.pk, link.risk = None, issue
        link._state.adding = True
        link.save()


def _hand_grounds(found: Risk, to: Risk, *, today: date) -> list[Escalation]:
    """What people asked to see of one risk they see of the other; what stands there already stays as it is."""
    asked = Escalation.objects.filter(ended_at=None).exclude(ground=Ground.SCORE)
    there = set(asked.filter(risk=to).values_list("ground", "board_id"))
    made = []
    for one in asked.filter(risk=found).select_related("board").order_by("pk"):
        if (one.ground, one.board_id) not in there:
            one.pk, one.risk, one.began_on = None, to, today
            one._state.adding = True
            one.save()
            made.append(one)
    return made


def _end(
    found: Risk, state: RiskState, *, because: str, by: User, at: datetime, today: date
) -> None:
    _say(because, "Say why it ends.")
    with recorded(way=current_way(), by=by, reason=because):
        open_grounds = Escalation.objects.filter(risk=found, ended_at=None).order_by("pk")
        for ground in open_grounds.select_for_update():
            finish(ground, because=because, by=by, at=at, today=today)
        found.state, found.ended_on, found.ended_because = state, today, because.strip()
        found.save()
    found.refresh_from_db()


def _say(because: str, sentence: str) -> None:
    if not because.strip():
        raise CannotChangeRisk(sentence)
