"""Who may see what. Every queryset that a view, the API or a report uses starts here."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from icp.accounts.models import User
from programmes.models import (
    BoardMember,
    GlossaryEntry,
    Leadership,
    LeadershipRole,
    Membership,
    Period,
    Place,
    PlaceRole,
    PlanItem,
    Programme,
    Return,
    Status,
)
from programmes.models.plan import PlanItemQuerySet
from programmes.models.programme import ProgrammeQuerySet

Person = User | AnonymousUser


@dataclass(frozen=True)
class Roles:
    """What one person is in one place. Ids are primary keys of boards and programmes."""

    office: bool = False
    administrator: bool = False
    auditor: bool = False
    boards: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)
    signs_off: frozenset[int] = field(default_factory=frozenset)

    @property
    def any(self) -> bool:
        return bool(
            self.office
            or self.administrator
            or self.auditor
            or self.boards
            or self.leads
            or self.signs_off
        )


def roles_of(*, user: Person, place: Place) -> Roles:
    """What ``user`` is in ``place``: three queries, whatever the place's size."""
    if not user.is_authenticated:
        return Roles()
    over_place = set(
        Membership.objects.filter(place=place, user=user).values_list("role", flat=True)
    )
    boards = BoardMember.objects.filter(board__place=place, user=user).values_list(
        "board_id", flat=True
    )
    duties = list(
        Leadership.objects.filter(programme__place=place, post__holder=user).values_list(
            "role", "programme_id"
        )
    )
    return Roles(
        office=PlaceRole.OFFICE in over_place,
        administrator=PlaceRole.ADMINISTRATOR in over_place,
        auditor=PlaceRole.AUDITOR in over_place,
        boards=frozenset(boards),
        leads=frozenset(
            programme
            for role, programme in duties
            if role in (LeadershipRole.LEAD, LeadershipRole.DEPUTY)
        ),
        signs_off=frozenset(
            programme
            for role, programme in duties
            if role in (LeadershipRole.SRO, LeadershipRole.ACCOUNTABLE)
        ),
    )


def visible_places(*, user: Person):  # noqa: ANN201
    """The places where ``user`` holds any role; none when signed out."""
    if not user.is_authenticated:
        return Place.objects.none()
    return Place.objects.filter(
        Q(pk__in=Membership.objects.filter(user=user).values("place_id"))
        | Q(pk__in=BoardMember.objects.filter(user=user).values("board__place_id"))
        | Q(pk__in=Leadership.objects.filter(post__holder=user).values("programme__place_id"))
    )


def visible_programmes(*, user: Person) -> ProgrammeQuerySet:
    """Everyone with a role in a place reads all of its programmes: partners plan in the open."""
    return Programme.objects.filter(place__in=visible_places(user=user))


def visible_items(*, user: Person) -> PlanItemQuerySet:
    return PlanItem.objects.filter(programme__place__in=visible_places(user=user))


def programmes_of(*, place: Place, roles: Roles) -> ProgrammeQuerySet:
    """As :func:`visible_programmes`, in one place where the person's roles are known already."""
    return Programme.objects.filter(place=place) if roles.any else Programme.objects.none()


def items_of(*, place: Place, roles: Roles) -> PlanItemQuerySet:
    """As :func:`visible_items`, in one place where the person's roles are known already."""
    rows = PlanItem.objects.filter(programme__place=place)
    return rows if roles.any else rows.none()


def visible_periods(*, user: Person):  # noqa: ANN201
    return Period.objects.filter(place__in=visible_places(user=user))


def visible_returns(*, user: Person):  # noqa: ANN201
    return Return.objects.filter(period__place__in=visible_places(user=user))


def visible_statuses(*, user: Person):  # noqa: ANN201
    return Status.objects.filter(period__place__in=visible_places(user=user))


def visible_glossary(*, user: Person):  # noqa: ANN201
    return GlossaryEntry.objects.filter(place__in=visible_places(user=user))


def may_update(*, roles: Roles, programme_id: int) -> bool:
    """A lead or deputy changes only own programmes; the office changes all."""
    return roles.office or programme_id in roles.leads


def may_sign_off(*, roles: Roles, programme_id: int) -> bool:
    """The programme's SRO, chair or accountable officer; the office for any."""
    return roles.office or programme_id in roles.signs_off


def may_run_the_cycle(*, roles: Roles) -> bool:
    """Close periods, import plans, write narrative, approve, publish, keep the glossary."""
    return roles.office


def may_manage_people(*, roles: Roles) -> bool:
    """Invite, give and take away roles, seats and posts. The office by itself does not, nor does this run the cycle."""
    return roles.administrator
