"""Who belongs to a place, what they hold in it, and whether they can sign in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from icp.accounts.models import Invitation, User
from icp.common.words import sentence_list
from programmes.models import (
    Board,
    BoardMember,
    FinanceLead,
    Leadership,
    LeadershipRole,
    Membership,
    Offer,
    Organisation,
    Place,
    PlaceRole,
    Post,
)
from programmes.selectors.offers import offers_in

ROLE_ORDER = list(PlaceRole)
# What each brings, for who gives it and who gets it.
BRINGS = {
    PlaceRole.OFFICE: "imports plans, closes months, publishes reports",
    PlaceRole.FINANCE: "consolidates the partners’ positions and closes the month’s money",
    PlaceRole.GOVERNANCE: "looks after agendas, papers, decisions and interests",
    PlaceRole.RISK_OWNER: "scores and mitigates own risks",
    PlaceRole.AUDITOR: "reads everything, changes nothing",
    PlaceRole.ADMINISTRATOR: "invites people and gives them what they hold",
}
FINANCE_BRINGS = "enters and submits its month-end position"
SEAT_BRINGS = "reads the reports and is told of new ones"


class PersonState(models.TextChoices):
    """Whether somebody uses the portal for a place."""

    ACTIVE = "active", "Active"
    INVITED = "invited", "Invited"
    EXPIRED = "expired", "No working link"
    CLOSED = "closed", "Account closed"
    LEFT = "left", "Has left"


@dataclass(frozen=True)
class Held:
    """One thing a person holds. ``kind`` is role, finance, board or post; ``key`` a role's value, or the id of an
    organisation, a board or a post; ``gives`` what it brings.
    """

    kind: str
    key: str
    name: str
    gives: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.gives})" if self.gives else self.name


def scope_of(place: Place) -> str:
    """What the invitations of this place are known by."""
    return f"place:{place.pk}"


def holding_anything(*, place: Place) -> Q:
    """People who have a role over the place or for one of its organisations, a seat on a board, or a post."""
    finance = FinanceLead.objects.filter(organisation__place=place)
    return (
        Q(pk__in=finance.values("user_id"))
        | Q(pk__in=Membership.objects.filter(place=place).values("user_id"))
        | Q(pk__in=BoardMember.objects.filter(board__place=place).values("user_id"))
        | Q(pk__in=Post.objects.filter(place=place, holder__isnull=False).values("holder_id"))
    )


def belongs(*, person: User, place: Place) -> bool:
    """Whether they hold anything at all in the place."""
    found: bool = User.objects.filter(holding_anything(place=place), pk=person.pk).exists()
    return found


def administers(*, user: User, place: Place) -> bool:
    """Whether they are an administrator of the place themself: that is not lent."""
    held = Membership.objects.filter(place=place, user=user, role=PlaceRole.ADMINISTRATOR)
    return held.exists()


def is_auditor(*, person: User, place: Place) -> bool:
    return Membership.objects.filter(place=place, user=person, role=PlaceRole.AUDITOR).exists()


def changes_things(*, person: User, place: Place) -> bool:
    """Whether they hold anything but reading: seats on boards and auditing only read."""
    return (
        Membership.objects.filter(place=place, user=person).exclude(role=PlaceRole.AUDITOR).exists()
        or FinanceLead.objects.filter(organisation__place=place, user=person).exists()
        or Post.objects.filter(place=place, holder=person).exists()
    )


def people_of(*, place: Place, at: datetime) -> QuerySet[User]:
    """Everybody who belongs to the place or once did, by name, each with a ``state`` at that moment.

    Also with ``belongs_now``, and ``invited_at`` and ``invited_until`` of the place's last invitation. Who is
    ``awaited``, asked in and has not accepted, is ``shown`` by their address, not by name. The list's own query.
    """
    offered = Offer.objects.filter(user=OuterRef("pk"), place=place).order_by("-offered_at", "-pk")
    awaited = Exists(offered)
    last = Invitation.objects.filter(user=OuterRef("pk"), scope=scope_of(place)).order_by(
        "-invited_at", "-pk"
    )
    link_works = Exists(last.open_at(at))
    able = Exists(User.objects.able_to_sign_in().filter(pk=OuterRef("pk")))
    found: QuerySet[User] = (
        User.objects.filter(holding_anything(place=place) | _held_something(place) | Q(awaited))
        .annotate(
            belongs_now=ExpressionWrapper(
                holding_anything(place=place), output_field=BooleanField()
            ),
            invited_at=Coalesce(
                offered.values("offered_at")[:1], Subquery(last.values("invited_at")[:1])
            ),
            invited_until=Coalesce(
                offered.values("expires_at")[:1], Subquery(last.values("expires_at")[:1])
            ),
            awaited=awaited,
            shown=Case(When(awaited, then=F("email")), default=F("name"), output_field=CharField()),
        )
        .annotate(
            state=Case(
                When(belongs_now=False, awaited=False, then=Value(PersonState.LEFT)),
                When(is_active=False, then=Value(PersonState.CLOSED)),
                When(awaited=True, invited_until__gt=at, then=Value(PersonState.INVITED)),
                When(awaited=True, then=Value(PersonState.EXPIRED)),
                When(able, then=Value(PersonState.ACTIVE)),
                When(link_works, then=Value(PersonState.INVITED)),
                default=Value(PersonState.EXPIRED),
            )
        )
        .order_by("shown", "pk")
    )
    return found


def _held_something(place: Place) -> Q:
    """By the history, which outlives what was taken away."""
    events = (
        (Membership.pgh_event_model, {"place": place}, "user_id"),  # type: ignore[attr-defined]
        (BoardMember.pgh_event_model, {"board__place": place}, "user_id"),  # type: ignore[attr-defined]
        (FinanceLead.pgh_event_model, {"organisation__place": place}, "user_id"),  # type: ignore[attr-defined]
        (Post.pgh_event_model, {"place": place, "holder__isnull": False}, "holder_id"),  # type: ignore[attr-defined]
    )
    found = Q(pk__in=[])
    for model, where, person in events:
        found |= Q(pk__in=model.objects.filter(**where).values(person))
    return found


def with_holdings(people: QuerySet[User], *, place: Place) -> QuerySet[User]:
    """The people with what :func:`held_by` reads: seven queries more, however many they are."""
    return people.prefetch_related(
        Prefetch("memberships", Membership.objects.filter(place=place), to_attr="roles_here"),
        Prefetch(
            "finance_leads",
            FinanceLead.objects.filter(organisation__place=place)
            .select_related("organisation")
            .order_by("organisation__short_name", "pk"),
            to_attr="finance_here",
        ),
        Prefetch(
            "board_seats",
            BoardMember.objects.filter(board__place=place)
            .select_related("board")
            .order_by("board__order", "board__name", "pk"),
            to_attr="seats_here",
        ),
        Prefetch(
            "posts",
            Post.objects.filter(place=place)
            .prefetch_related(_with_duties())
            .order_by("title", "pk"),
            to_attr="posts_here",
        ),
        Prefetch(
            "offers",
            offers_in(place).prefetch_related(_with_duties("post__duties")),
            to_attr="offers_here",
        ),
    )


def _with_duties(of: str = "duties") -> Prefetch:
    duties = Leadership.objects.select_related("programme").order_by(
        "programme__order", "programme_id", "role"
    )
    return Prefetch(of, duties, to_attr="all_duties")


def held_by(person: User) -> list[Held]:
    """What a person of :func:`with_holdings` holds, or is asked to: roles, seats, then posts. No query."""
    found: Any = person
    offered = found.offers_here
    roles = [*(one.role for one in found.roles_here), *(one.role for one in offered if one.role)]
    finance = [one.organisation for one in (*found.finance_here, *offered) if one.organisation]
    boards = [one.board for one in (*found.seats_here, *offered) if one.board]
    return [
        *(
            Held("role", role, PlaceRole(role).label, BRINGS[PlaceRole(role)])
            for role in sorted(roles, key=ROLE_ORDER.index)
        ),
        *(Held("finance", str(one.pk), finance_name(one), FINANCE_BRINGS) for one in finance),
        *(Held("board", str(board.pk), board.name, SEAT_BRINGS) for board in boards),
        *(Held("post", str(post.pk), post.title, duty_words(post)) for post in posts_held(person)),
    ]


def posts_held(person: User) -> list[Post]:
    """The posts that a person of :func:`with_holdings` holds, or is asked to, each with ``all_duties``. No query."""
    found: Any = person
    return [*found.posts_here, *(one.post for one in found.offers_here if one.post)]


def finance_name(organisation: Organisation) -> str:
    return f"Finance lead of {organisation.short_name}"


def duty_words(post: Post) -> str:
    """Lead of IT Enabler and SRO or chair of Estates; of a post with ``all_duties``."""
    by_role: dict[str, list[str]] = {}
    for duty in post.all_duties:  # type: ignore[attr-defined]
        by_role.setdefault(duty.role, []).append(duty.programme.name)
    words = [
        f"{role.label} of {sentence_list(by_role[role])}"
        for role in LeadershipRole
        if role in by_role
    ]
    return "; ".join(words)


def posts_of(place: Place) -> list[Post]:
    """The place's posts by title, each with its holder and ``all_duties``. Two queries."""
    return list(
        Post.objects.filter(place=place)
        .select_related("holder")
        .prefetch_related(_with_duties())
        .order_by("title", "pk")
    )


def boards_of(place: Place) -> list[Board]:
    """The place's boards in its order."""
    return list(Board.objects.filter(place=place).order_by("order", "name", "pk"))


def organisations_of(place: Place) -> list[Organisation]:
    """The place's partner organisations, by short name."""
    return list(Organisation.objects.filter(place=place).order_by("short_name", "pk"))


def colleagues(place: Place) -> QuerySet[User]:
    """Everybody who belongs to the place and can sign in, by name."""
    able: QuerySet[User] = User.objects.able_to_sign_in().filter(holding_anything(place=place))
    return able.order_by("name", "pk")
