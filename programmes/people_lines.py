"""One person of a place, as a line of the list and of its download."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from icp.accounts.models import User
from icp.common.presenters import short_date
from programmes.models import Place
from programmes.selectors.people import Held, PersonState, held_by, posts_held

COLUMNS = (
    "name",
    "e-mail",
    "roles",
    "finance lead of",
    "posts",
    "programmes",
    "boards",
    "state",
    "invited on",
    "link works until",
    "last sign-in",
)


@dataclass(frozen=True)
class PersonLine:
    """``state_more`` is what the state's word leaves open: until when a link works, say."""

    pk: int
    name: str
    email: str
    href: str
    state: str
    state_words: str
    state_more: str
    invited_at: datetime | None
    invited_until: datetime | None
    last_login: datetime | None
    awaited: bool = False
    held: list[Held] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Held]:
        return [one for one in self.held if one.kind == kind]

    @property
    def roles(self) -> list[Held]:
        return self.of_kind("role")

    @property
    def finance(self) -> list[Held]:
        return self.of_kind("finance")

    @property
    def boards(self) -> list[Held]:
        return self.of_kind("board")

    @property
    def posts(self) -> list[Held]:
        return self.of_kind("post")


def line_of(person: Any, *, place: Place) -> PersonLine:
    """The line of a person of ``with_holdings(people_of(...))``. No query."""
    state = PersonState(person.state)
    waiting = state in (PersonState.INVITED, PersonState.EXPIRED)
    return PersonLine(
        pk=person.pk,
        name=person.shown,
        email=person.email,
        href=reverse("person", kwargs={"place": place.slug, "pk": person.pk}),
        state=state.value,
        state_words=state.label,
        state_more=_link_words(person, state),
        invited_at=person.invited_at if waiting else None,
        invited_until=person.invited_until if waiting else None,
        last_login=None if person.awaited else person.last_login,
        awaited=person.awaited,
        held=held_by(person),
        programmes=list(_programmes(person)),
    )


def _link_words(person: Any, state: PersonState) -> str:
    if person.awaited and state == PersonState.INVITED:
        return f"may accept until {short_date(person.invited_until)}"
    if person.awaited:
        return "did not accept in time"
    if state == PersonState.INVITED:
        return f"link works until {short_date(person.invited_until)}"
    if state == PersonState.EXPIRED:
        return "invite again" if person.invited_at else "never invited"
    return ""


def _programmes(person: User) -> Iterator[str]:
    """The programmes their posts have a duty in, each once."""
    duties = [duty for post in posts_held(person) for duty in post.all_duties]  # type: ignore[attr-defined]
    yield from dict.fromkeys(duty.programme.name for duty in duties)


def cells_of(line: PersonLine) -> tuple[Any, ...]:
    """The line as cells under :data:`COLUMNS`."""
    return (
        line.name,
        line.email,
        _joined(line.roles),
        _joined(line.finance).replace("Finance lead of ", ""),
        _joined(line.posts),
        "; ".join(line.programmes),
        _joined(line.boards),
        line.state_words,
        _day(line.invited_at),
        _day(line.invited_until),
        _day(line.last_login),
    )


def _joined(held: list[Held]) -> str:
    return "; ".join(one.name for one in held)


def _day(moment: datetime | None) -> Any:
    return timezone.localtime(moment).date() if moment else None
