"""The e-mails of the monthly cycle, in words. Each goes through the outbox, once per key."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from icp.accounts.models import User
from icp.common.outbox import queue_mail
from icp.common.words import british_date
from programmes.models import Leadership, LeadershipRole, Period, Place, Programme, Return


def holders(programme: Programme, *roles: LeadershipRole) -> list[User]:
    """Active people who hold the programme's posts in these roles, each once."""
    return list(
        User.objects.filter(
            is_active=True,
            pk__in=Leadership.objects.filter(
                programme=programme, role__in=roles, post__holder__isnull=False
            ).values("post__holder_id"),
        ).order_by("pk")
    )


def address_of(name: str, **kwargs: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, kwargs=kwargs)}"


def tell_sro_submitted(found: Return, *, by: User, at: datetime) -> None:
    programme, period = found.programme, found.period
    link = address_of("sign-off", place=period.place.slug)
    for sro in holders(programme, LeadershipRole.SRO, LeadershipRole.ACCOUNTABLE):
        queue_mail(
            key=f"submitted:{found.pk}:{at.timestamp()}:{sro.pk}",
            to=sro.email,
            subject=f"{programme.name}: {period.name} return to sign off",
            body=(
                f"{by.name} has submitted the {period.name} return of {programme.name}.\n\n"
                f"Sign it off, or send it back with a question:\n{link}\n"
            ),
        )


def tell_lead_sent_back(found: Return, *, by: User, at: datetime) -> None:
    programme, period = found.programme, found.period
    link = address_of("update", place=period.place.slug, code=programme.code)
    for lead in holders(programme, LeadershipRole.LEAD, LeadershipRole.DEPUTY):
        queue_mail(
            key=f"sent-back:{found.pk}:{at.timestamp()}:{lead.pk}",
            to=lead.email,
            subject=f"{programme.name}: a question on your {period.name} return",
            body=(
                f"{by.name} has sent the {period.name} return of {programme.name} back:\n\n"
                f"{found.question}\n\nAnswer it in the rows and submit again:\n{link}\n"
            ),
        )


def remind_lead(programme: Programme, period: Period, *, days_before: int, days_left: int) -> None:
    link = address_of("update", place=period.place.slug, code=programme.code)
    if days_left > 0:
        when = f"is due in {days_left} day{'' if days_left == 1 else 's'}, on {british_date(period.due_on)}"
    elif days_left == 0:
        when = "is due today"
    else:
        when = f"was due on {british_date(period.due_on)}"
    for lead in holders(programme, LeadershipRole.LEAD, LeadershipRole.DEPUTY):
        queue_mail(
            key=f"reminder:{period.pk}:{programme.pk}:{days_before}:{lead.pk}",
            to=lead.email,
            subject=f"{programme.name}: your {period.name} return {when}",
            body=(
                f"The {period.name} return of {programme.name} {when}.\n\n"
                f"Update your rows, or hand in a nil return in one press:\n{link}\n"
            ),
        )


def tell_of_access(
    person: User, place: Place, *, held: list[str], by: User | None, at: datetime
) -> None:
    """To somebody who signs in already: what they hold in a place now."""
    lines = "\n".join(f"- {one}" for one in held)
    who = f"{by.name} has given you" if by else "You have been given"
    queue_mail(
        key=f"access:{place.pk}:{person.pk}:{at.timestamp()}",
        to=person.email,
        subject=f"{place.name}: your access to the programme portal",
        body=(
            f"{who} access to {place.name}:\n\n{lines}\n\n"
            f"Sign in as you do now:\n{address_of('place', place=place.slug)}\n"
        ),
    )
