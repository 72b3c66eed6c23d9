"""Change requests while they are written: lines go in and out, words are edited (domain section 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from icp.accounts.models import User
from programmes.errors import CannotChangePlan, NotAllowed, StaleChange
from programmes.models import ChangeRequest, ChangeState, Place, Programme
from programmes.models.change import STANDING_STATES
from programmes.rules.changes import (
    SAID_TO_PROPOSE,
    TOUCHED,
    Act,
    State,
    may,
    none_for,
    state_after,
    unsaid,
)
from programmes.selectors.changes import who_is
from programmes.services.asked_lines import DraftLine, check_lines, write_lines

# What a request says in words, beside its lines.
WORDS = ("title", *SAID_TO_PROPOSE)
TITLE_LIMIT = 200
# The portal's own lock for the numbers of requests; the second key is the place's.
NUMBERING = 1_200_301
NOTHING_SAID: Mapping[str, str] = {}


@dataclass(frozen=True)
class Lack:
    """What a request has to say before it is proposed: in a list of such, and as what to do."""

    what: str
    sentence: str


def _effect_on(what: str) -> Lack:
    sentence = f"Say what it does to {what}: “None” where it does nothing."
    return Lack(f"its effect on {what}", sentence)


LACKS = {
    "why": Lack("why", "Say why it is needed."),
    "effect_on_rows": _effect_on("other rows"),
    "effect_on_risks": _effect_on("risks"),
    "effect_on_money": _effect_on("money"),
    "effect_on_outcomes": _effect_on("outcomes"),
    "consulted": Lack("who was consulted", "Say who was consulted: “None” where nobody was."),
}


@transaction.atomic
def draft_lines(
    *,
    programme: Programme,
    lines: Sequence[DraftLine],
    by: User | None,
    at: datetime,
    request: ChangeRequest | None = None,
    title: str = "",
    why: str = "",
    touched: Mapping[str, str] = NOTHING_SAID,
) -> ChangeRequest:
    """Ask for these lines, in a new draft or in ``request``; ``touched`` is what a new one says of :data:`TOUCHED`. A line for a row that it names already replaces
    that one, and ``why`` is added to what it says. One that waits to be agreed becomes a draft again. ``by`` is
    None for a command of the server.

    Raises:
        NotAllowed: ``by`` neither leads the programme nor is of the office.
        CannotChangePlan: a line cannot be, or the request has ended.
    """
    check_lines(lines, programme=programme)
    if request is None:
        found = _new_request(programme, title=title, why=why, by=by, at=at)
        permit(found, Act.EDIT, by=by, at=at)
        for name in TOUCHED:
            setattr(found, name, touched.get(name, ""))
        found.save()
    else:
        found = locked(request)
        permit(found, Act.EDIT, by=by, at=at)
        if why.strip() and why.strip() not in found.why:
            found.why = f"{found.why}\n\n{why}".strip()
    write_lines(found, lines)
    if request is not None:
        touch(found, at=at, act=Act.EDIT)
    return found


@transaction.atomic
def edit_request(
    *,
    request: ChangeRequest,
    words: Mapping[str, str],
    by: User,
    at: datetime,
    expected_version: int,
    lines: Sequence[DraftLine] = (),
    without: Sequence[int] = (),
) -> ChangeRequest:
    """Save what a request says, by the names of :data:`WORDS`, its rows' ``lines``, and take out the lines with
    the keys ``without``. Saving is looking at its rows again: their agreed dates now are those it goes by.
    One that waits to be agreed becomes a draft again.

    Raises:
        NotAllowed: ``by`` neither leads the programme nor is of the office.
        CannotChangePlan: it has ended, or a line cannot be.
        StaleChange: somebody saved it since ``expected_version``; carries it as it stands.
    """
    found = _to_edit(request, by=by, at=at, expected_version=expected_version)
    for name in WORDS:
        if name in words:
            setattr(found, name, words[name])
    found.title = _title(found.title)
    found.lines.filter(pk__in=without).delete()
    check_lines(lines, programme=found.programme)
    write_lines(found, lines)
    _look_again(found)
    touch(found, at=at, act=Act.EDIT)
    return found


@transaction.atomic
def say_none(
    *, request: ChangeRequest, by: User, at: datetime, expected_version: int
) -> ChangeRequest:
    """Write “None” wherever a draft does not say what else it touches, or who was consulted.

    Raises:
        NotAllowed, CannotChangePlan, StaleChange: as :func:`edit_request`.
    """
    found = _to_edit(request, by=by, at=at, expected_version=expected_version)
    none = none_for(words_of(found))
    for name, word in none.items():
        setattr(found, name, word)
    if none:
        touch(found, at=at, act=Act.EDIT)
    return found


def unsaid_of(request: ChangeRequest) -> tuple[str, ...]:
    """What it has to say before it is proposed and does not, by the names of :data:`LACKS`."""
    return unsaid(words_of(request))


def words_of(request: ChangeRequest) -> dict[str, str]:
    """What it says, by the names of :data:`WORDS`."""
    return {name: getattr(request, name) for name in WORDS}


def _to_edit(
    request: ChangeRequest, *, by: User, at: datetime, expected_version: int
) -> ChangeRequest:
    found = locked(request)
    permit(found, Act.EDIT, by=by, at=at)
    if found.version != expected_version:
        raise StaleChange(
            f"Somebody else changed {found.reference} while you were writing. Both are shown:"
            " take over what you need and save again.",
            current=found,
        )
    return found


def locked(request: ChangeRequest) -> ChangeRequest:
    """The request as it stands, held until the transaction ends."""
    return (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("programme", "place")
        .get(pk=request.pk)
    )


def permit(request: ChangeRequest, act: Act, *, by: User | None, at: datetime) -> None:
    """Refuse what the person may not do, or not now.

    Raises:
        NotAllowed: they take no part in this programme's changes.
        CannotChangePlan: the request stands otherwise.
    """
    if by is None:
        return
    who = who_is(user=by, request=request, at=at)
    if not who.takes_part:
        raise NotAllowed("A lead of the programme or the programme office does this.")
    if may(act, state=State(request.state), who=who):
        return
    if request.state not in STANDING_STATES:
        raise CannotChangePlan(
            f"{request.reference} is {request.get_state_display().lower()}. Draft another request."
        )
    raise CannotChangePlan(_why_not(request, act, agreed=who.agreed))


def _why_not(request: ChangeRequest, act: Act, *, agreed: bool) -> str:
    name = request.reference
    if act in (Act.AGREE_FOR_PROGRAMME, Act.AGREE_FOR_OFFICE):
        if request.state == ChangeState.DRAFT:
            return f"{name} is a draft: it is proposed first, and agreed then."
        if agreed:
            return f"You have agreed to {name} already: the other side is another person."
        side = "the programme" if act == Act.AGREE_FOR_PROGRAMME else "the programme office"
        return f"You cannot agree to {name} for {side}, or it has agreed already."
    if act == Act.PROPOSE:
        return f"{name} is proposed already."
    if act == Act.REFUSE:
        return f"{name} is a draft: there is nothing to refuse yet."
    return f"Who drafted {name}, or a lead of its programme, may withdraw it."


def touch(request: ChangeRequest, *, at: datetime, act: Act) -> None:
    """Save a request with the state that the act gives it. An edit takes back what was said of the old one."""
    request.state = state_after(act, state=State(request.state)).value
    if act == Act.EDIT:
        request.proposed_by = request.programme_agreed_by = request.office_agreed_by = None
        request.proposed_at = request.programme_agreed_at = request.office_agreed_at = None
    request.version += 1
    request.touched_at = at
    request.save()


def _new_request(
    programme: Programme, *, title: str, why: str, by: User | None, at: datetime
) -> ChangeRequest:
    place = Place.objects.get(pk=programme.place_id)
    # Numbers are given one at a time in a place. Whoever asks holds rows of a plan already, and an import
    # holds the place before the rows: to wait for the place here would have the two wait for each other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERING, place.pk])
    last = ChangeRequest.objects.filter(place=place).aggregate(last=Max("number"))["last"] or 0
    return ChangeRequest(
        programme=programme,
        place=place,
        number=last + 1,
        title=_title(title) or f"Changes to the plan of {programme.name}"[:TITLE_LIMIT],
        why=why,
        drafted_by=by,
        drafted_at=at,
        touched_at=at,
    )


def _title(text: str) -> str:
    return " ".join(text.split())[:TITLE_LIMIT]


def _look_again(request: ChangeRequest) -> None:
    for line in request.lines.exclude(item=None).select_related("item"):
        item = line.item
        assert item is not None
        now = (item.baseline_start, item.baseline_finish)
        if now != (line.old_start, line.old_finish):
            line.old_start, line.old_finish = now
            line.save(update_fields=["old_start", "old_finish"])
