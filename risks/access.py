"""Who may see and do what with the registers (domain section 5). Every read of risks starts here."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from icp.accounts.models import User
from programmes.access import Person, Roles, holding_in_places, places_run, visible_places
from programmes.models import Cover, FinanceLead, Place, PlaceRole, Post
from risks.models import (
    Control,
    Link,
    Mitigation,
    Register,
    Risk,
    RiskCategory,
    RiskFile,
    RiskReport,
    RiskReportState,
    RiskUpload,
    Score,
)
from risks.models.report import RiskReportQuerySet
from risks.models.risk import RiskQuerySet

# Over a whole place, who reads its money; finance leads of its partners do besides.
READ_MONEY = (PlaceRole.OFFICE, PlaceRole.FINANCE, PlaceRole.AUDITOR)
# Who reads a report before it is published.
SEE_DRAFTS = (PlaceRole.OFFICE, PlaceRole.AUDITOR)


def risks_of(*, place: Place, roles: Roles) -> RiskQuerySet:
    """Everyone with a role in a place reads its registers."""
    found = Risk.objects.filter(place=place)
    return found if may_read(roles=roles) else found.none()


def may_read(*, roles: Roles) -> bool:
    """Read the registers, and what is counted of them."""
    return roles.any


def visible_risks(*, user: Person) -> RiskQuerySet:
    """As :func:`risks_of`, in every place where ``user`` holds a role."""
    return Risk.objects.filter(place__in=visible_places(user=user))


def visible_mitigations(*, user: Person) -> "QuerySet[Mitigation]":
    """Actions that were not taken out, of the risks that ``user`` sees."""
    there = visible_places(user=user)
    return Mitigation.objects.filter(risk__place__in=there, removed_at=None)


def visible_controls(*, user: Person) -> "QuerySet[Control]":
    return Control.objects.filter(risk__place__in=visible_places(user=user))


def visible_links(*, user: Person) -> "QuerySet[Link]":
    return Link.objects.filter(risk__place__in=visible_places(user=user))


def visible_uploads(*, user: User, on: date) -> "QuerySet[RiskUpload]":
    """Registers that were brought as files."""
    return RiskUpload.objects.filter(place__in=places_run(user=user, on=on))


def visible_files(*, user: Person) -> "QuerySet[RiskFile]":
    """Files that were not taken away."""
    there = visible_places(user=user)
    return RiskFile.objects.filter(risk__place__in=there, removed_at=None)


def visible_scores(*, user: Person) -> "QuerySet[Score]":
    return Score.objects.filter(risk__place__in=visible_places(user=user))


def places_of_money(*, user: Person, on: date) -> frozenset[int]:
    """Keys of the places where ``user`` reads figures as they are entered, as :attr:`Roles.sees_money` says of one
    place. Two queries, however many places.
    """
    if not user.is_authenticated:
        return frozenset()
    over_place = holding_in_places(user=user, on=on, roles=READ_MONEY).values_list("place_id")
    covers = Cover.objects.running(on=on).filter(
        deputy=user, person=OuterRef("user"), place=OuterRef("organisation__place")
    )
    leads = FinanceLead.objects.filter(Q(user=user) | Exists(covers))
    of_partners = leads.values_list("organisation__place_id")
    return frozenset(key for (key,) in (*over_place, *of_partners))


def visible_categories(*, user: Person) -> "QuerySet[RiskCategory]":
    return RiskCategory.objects.filter(place__in=visible_places(user=user))


def visible_reports(*, user: User, on: date) -> RiskReportQuerySet:
    """As :func:`reports_of`, in every place where ``user`` holds a role on that day."""
    drafts = holding_in_places(user=user, on=on, roles=SEE_DRAFTS).values("place_id")
    published = Q(state=RiskReportState.PUBLISHED, period__place__in=visible_places(user=user))
    return RiskReport.objects.filter(published | Q(period__place__in=drafts))


def registers_of(*, place: Place, roles: Roles) -> "QuerySet[Register]":
    found = Register.objects.filter(place=place)
    return found if roles.any else found.none()


def reports_of(*, place: Place, roles: Roles) -> RiskReportQuerySet:
    """The published reports; every one for the office and auditors."""
    found = RiskReport.objects.filter(period__place=place)
    if roles.office or roles.auditor:
        return found
    return found.published() if roles.any else found.none()


def posts_held(*, user: User, place: Place, on: date) -> frozenset[int]:
    """Keys of the posts whose risks ``user`` looks after on a day: their own, and a colleague's who is away."""
    covers = Cover.objects.running(on=on).filter(place=place, deputy=user)
    held = Post.objects.filter(place=place).filter(
        Q(holder=user) | Q(holder__in=covers.values("person_id"))
    )
    return frozenset(held.values_list("pk", flat=True))


def may_keep_register(*, roles: Roles, programme_id: int | None) -> bool:
    """Raise risks, transfer, merge, close and reopen them: the office anywhere, a lead in their programme's register,
    a risk owner in that of the whole.
    """
    if roles.office:
        return True
    return roles.risk_owner if programme_id is None else programme_id in roles.leads


def may_change(*, roles: Roles, risk: Risk, held: frozenset[int]) -> bool:
    """Score, mitigate and review: who keeps the register, and the risk's owner and delegate. Needs ``register`` loaded.

    An auditor changes nothing, whatever post they hold.
    """
    if roles.auditor:
        return False
    mine = {risk.owner_id, risk.delegate_id} & held
    return bool(mine) or may_keep_register(roles=roles, programme_id=risk.register.programme_id)


def may_raise_anywhere(*, roles: Roles) -> bool:
    """Whether there is a register in which this person raises risks."""
    return roles.office or roles.risk_owner or bool(roles.leads)


def may_decide(*, roles: Roles, risk: Risk) -> bool:
    """End an escalation or keep it: the office, and who signs off for the register's programme."""
    return roles.office or risk.register.programme_id in roles.signs_off


def may_ask(*, roles: Roles, risk: Risk) -> bool:
    """Put down that a board asked to see a risk, or needs to know of it: who decides, and the governance manager."""
    return roles.governance or may_decide(roles=roles, risk=risk)


def may_run_registers(*, roles: Roles) -> bool:
    """Scales, categories, imports and reports."""
    return roles.office
