"""Who may see what. Every queryset that a view, the API or a report uses starts here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from icp.accounts.models import User
from programmes.models import (
    LENT_ROLES,
    BoardMember,
    ChangeRequest,
    Cover,
    Dependency,
    FinanceLead,
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
from programmes.models.change import ChangeRequestQuerySet
from programmes.models.plan import PlanItemQuerySet
from programmes.models.programme import ProgrammeQuerySet

Person = User | AnonymousUser


@dataclass(frozen=True)
class Covering:
    """Whom one covers for, and the last day of it."""

    person: str
    until: date


@dataclass(frozen=True)
class Roles:
    """What one person is in one place, for themself or for a colleague who is away.

    Ids are primary keys of boards, programmes and organisations.
    """

    office: bool = False
    administrator: bool = False
    auditor: bool = False
    programme_finance: bool = False
    governance: bool = False
    risk_owner: bool = False
    finance_of: frozenset[int] = field(default_factory=frozenset)
    boards: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)
    signs_off: frozenset[int] = field(default_factory=frozenset)
    covering: tuple[Covering, ...] = ()

    @property
    def sees_money(self) -> bool:
        """Figures as they are entered are for who runs the money: finance leads, the office and auditors.

        Everybody else in the place reads the published report.
        """
        return bool(self.finance_of or self.programme_finance or self.office or self.auditor)

    @property
    def any(self) -> bool:
        return replace(self, covering=()) != Roles()


def roles_of(*, user: Person, place: Place, on: date) -> Roles:
    """What ``user`` is in ``place`` on a day: five queries, whatever the place's size."""
    if not user.is_authenticated:
        return Roles()
    covers = list(
        Cover.objects.running(on=on)
        .filter(place=place, deputy=user)
        .order_by("ends_on", "pk")
        .values_list("person_id", "person__name", "ends_on")
    )
    covered = [person for person, _, _ in covers]
    over_place = set(
        Membership.objects.filter(place=place)
        .filter(Q(user=user) | Q(user__in=covered, role__in=LENT_ROLES))
        .values_list("role", flat=True)
    )
    finance_of = FinanceLead.objects.filter(organisation__place=place).filter(
        Q(user=user) | Q(user__in=covered)
    )
    boards = BoardMember.objects.filter(board__place=place, user=user).values_list(
        "board_id", flat=True
    )
    duties = list(
        Leadership.objects.filter(programme__place=place)
        .filter(Q(post__holder=user) | Q(post__holder__in=covered))
        .values_list("role", "programme_id")
    )
    if PlaceRole.AUDITOR in over_place:
        # An auditor changes nothing, whatever else they were given.
        return Roles(auditor=True, boards=frozenset(boards))
    return Roles(
        office=PlaceRole.OFFICE in over_place,
        administrator=PlaceRole.ADMINISTRATOR in over_place,
        programme_finance=PlaceRole.FINANCE in over_place,
        governance=PlaceRole.GOVERNANCE in over_place,
        risk_owner=PlaceRole.RISK_OWNER in over_place,
        finance_of=frozenset(finance_of.values_list("organisation_id", flat=True)),
        covering=tuple(Covering(name, until) for _, name, until in covers),
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


def holding_in_places(*, user: User, on: date, roles: Iterable[PlaceRole]) -> QuerySet[Membership]:
    """Roles over places, of ``roles``, that ``user`` has on a day: their own, and those a colleague lends.

    As of :func:`roles_of`, where one audits one does nothing else.
    """
    covers = Cover.objects.running(on=on).filter(
        deputy=user, person=OuterRef("user"), place=OuterRef("place")
    )
    lent = Q(Exists(covers), role__in=LENT_ROLES)
    audits = Membership.objects.filter(user=user, place=OuterRef("place"), role=PlaceRole.AUDITOR)
    return Membership.objects.filter(
        Q(user=user) | lent, Q(role=PlaceRole.AUDITOR) | ~Exists(audits), role__in=list(roles)
    )


def places_run(*, user: User, on: date) -> QuerySet[Place]:
    """Where ``user`` runs the cycle on a day, for themself or for a colleague: as :func:`may_run_the_cycle` says of one
    place.
    """
    offices = holding_in_places(user=user, on=on, roles=[PlaceRole.OFFICE])
    return visible_places(user=user).filter(pk__in=offices.values("place_id"))


def visible_places(*, user: Person):  # noqa: ANN201
    """The places where ``user`` holds any role; none when signed out."""
    if not user.is_authenticated:
        return Place.objects.none()
    return Place.objects.filter(
        Q(pk__in=Membership.objects.filter(user=user).values("place_id"))
        | Q(pk__in=BoardMember.objects.filter(user=user).values("board__place_id"))
        | Q(pk__in=FinanceLead.objects.filter(user=user).values("organisation__place_id"))
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


def visible_changes(*, user: Person) -> ChangeRequestQuerySet:
    """Change requests of the places where ``user`` holds a role."""
    return ChangeRequest.objects.filter(place__in=visible_places(user=user))


def changes_of(*, place: Place, roles: Roles) -> ChangeRequestQuerySet:
    """As :func:`visible_changes`, in one place where the person's roles are known already."""
    found = ChangeRequest.objects.filter(place=place)
    return found if roles.any else found.none()


def visible_dependencies(*, user: Person) -> QuerySet[Dependency]:
    """What rows of the places where ``user`` holds a role wait for."""
    return Dependency.objects.filter(successor__programme__place__in=visible_places(user=user))


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


def may_search_history(*, roles: Roles) -> bool:
    """Search all that was done in a place, and who read its papers. The history of one thing is for who sees it."""
    return roles.office or roles.auditor


def may_manage_people(*, roles: Roles) -> bool:
    """Invite, give and take away roles, seats and posts. The office by itself does not, nor does this run the cycle."""
    return roles.administrator


def may_read_people(*, roles: Roles) -> bool:
    """See who belongs to the place and what they hold."""
    return roles.administrator or roles.auditor


def may_read_sign_off(*, roles: Roles) -> bool:
    """See what waits for sign-off, of the programmes one signs off or of all."""
    return roles.office or roles.auditor or bool(roles.signs_off)


def may_set_cover(*, roles: Roles) -> bool:
    """Who holds what a colleague could do, for themself; an administrator for anybody."""
    return replace(roles, auditor=False, boards=frozenset()).any


def may_read_sign_ins(*, roles: Roles) -> bool:
    """See who of the place signed in, failed to, or changed what guards their account."""
    return roles.administrator or roles.auditor


def has_a_guarded_role(*, user: User, on: date) -> bool:
    """Whether a password alone is too little for what this person may do on a day, in any place.

    For themself or for a colleague who is away. Two queries at most.
    """
    covers = Cover.objects.running(on=on).filter(deputy=user, person=OuterRef("user"))
    over_a_place = Membership.objects.filter(
        Q(user=user) | Q(Exists(covers.filter(place=OuterRef("place"))), role__in=LENT_ROLES),
        role__in=settings.SECOND_FACTOR_ROLES,
    )
    finance = FinanceLead.objects.filter(
        Q(user=user) | Q(Exists(covers.filter(place=OuterRef("organisation__place"))))
    )
    return user.is_superuser or over_a_place.exists() or finance.exists()


def may_vouch_for(*, voucher: User, person: User) -> bool:
    """Whether ``voucher`` lets people in, or knows them as their office, where ``person`` belongs; nobody for themself."""
    roles = Membership.objects.filter(
        user=voucher,
        role__in=(PlaceRole.ADMINISTRATOR, PlaceRole.OFFICE),
        place__in=visible_places(user=person),
    )
    return voucher != person and roles.exists()
