"""The e-mails of change control, in words. Each goes through the outbox, once per key."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from icp.accounts.models import User
from icp.common.outbox import queue_mail
from programmes.models import (
    ChangeRequest,
    ChangeState,
    Cover,
    LeadershipRole,
    Membership,
    Place,
    PlaceRole,
)
from programmes.notices import holders
from programmes.rules.changes import EXPIRES_AFTER


def office_of(place: Place, *, on: date) -> list[User]:
    """Active people of the programme office, and who covers for them that day, each once."""
    members = Membership.objects.filter(place=place, role=PlaceRole.OFFICE).values("user_id")
    covering = Cover.objects.running(on=on).filter(place=place, person__in=members)
    return list(
        User.objects.filter(
            Q(pk__in=members) | Q(pk__in=covering.values("deputy_id")), is_active=True
        ).order_by("pk")
    )


def _leads(request: ChangeRequest, *, on: date) -> list[User]:
    return holders(request.programme, LeadershipRole.LEAD, LeadershipRole.DEPUTY, on=on)


def tell_proposed(request: ChangeRequest, *, by: User, at: datetime) -> None:
    """To both sides: it waits for them."""
    on = timezone.localdate(at)
    people = [*_leads(request, on=on), *office_of(request.place, on=on)]
    _tell(
        request,
        people,
        without=by,
        about="to agree",
        body=f"{by.name} asks for a change of the agreed plan of {request.programme.name}:\n\n"
        f"{request.title}\n\n{request.why}\n\n"
        "A lead of the programme and the programme office agree to it, two different people.",
    )


def tell_one_side_agreed(request: ChangeRequest, *, by: User, at: datetime) -> None:
    """To the side that is still waited for."""
    on = timezone.localdate(at)
    by_programme = request.state == ChangeState.PROGRAMME_AGREED
    people = office_of(request.place, on=on) if by_programme else _leads(request, on=on)
    side = "the programme" if by_programme else "the programme office"
    _tell(
        request,
        people,
        without=by,
        about="to agree",
        body=f"{by.name} has agreed to it for {side}. It waits for you:\n\n{request.title}",
    )


def tell_agreed(request: ChangeRequest, *, by: User, at: datetime) -> None:
    """To all who lead the programme, sign for it, or had a part in the request: the plan is changed."""
    roles = tuple(LeadershipRole)
    people = [
        *_took_part(request),
        *holders(request.programme, *roles, on=timezone.localdate(at)),
    ]
    _tell(
        request,
        people,
        without=by,
        about="agreed",
        body=f"Both sides have agreed, and the plan of {request.programme.name} is changed:\n\n"
        f"{request.title}\n\n{request.why}",
    )


def tell_ended(request: ChangeRequest, *, by: User, at: datetime) -> None:
    """To all who had a part in it, and to whom it waited for: it was refused or withdrawn."""
    on = timezone.localdate(at)
    people = [*_took_part(request), *_leads(request, on=on), *office_of(request.place, on=on)]
    word = request.get_state_display().lower()
    because = f"\n\n{request.ended_because}" if request.ended_because else ""
    _tell(
        request,
        people,
        without=by,
        about=word,
        body=f"{by.name} has {word} it: {request.title}{because}",
    )


def tell_expired(request: ChangeRequest) -> None:
    """To who drafted it."""
    _tell(
        request,
        [request.drafted_by] if request.drafted_by else [],
        without=None,
        about="expired",
        body=f"Nobody did anything with it for {EXPIRES_AFTER.days} days, so it has ended:\n\n"
        f"{request.title}\n\nIf it is still needed, draft it again.",
    )


def _took_part(request: ChangeRequest) -> list[User]:
    found = (
        request.drafted_by,
        request.proposed_by,
        request.programme_agreed_by,
        request.office_agreed_by,
    )
    return [person for person in found if person]


def _tell(
    request: ChangeRequest, people: Iterable[User], *, without: User | None, about: str, body: str
) -> None:
    path = reverse("change", kwargs={"place": request.place.slug, "change": request.number})
    for person in {one.pk: one for one in people if one != without and one.is_active}.values():
        queue_mail(
            key=f"change:{request.pk}:{request.version}:{about}:{person.pk}",
            to=person.email,
            subject=f"{request.reference}, {request.programme.name}: {about}",
            body=f"{body}\n\nRead {request.reference}:\n{settings.PUBLIC_ADDRESS}{path}\n",
        )
