"""The e-mails of the monthly cycle and to people of a place, in words. Each goes through the outbox, once per key."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from icp.accounts.models import User
from icp.common.outbox import queue_mail
from icp.common.presenters import long_date
from icp.common.words import british_date
from programmes.models import (
    Cover,
    Leadership,
    LeadershipRole,
    Offer,
    Period,
    Place,
    Programme,
    Return,
    ReturnQuestion,
)


def holders(programme: Programme, *roles: LeadershipRole, on: date) -> list[User]:
    """Active people who hold the programme's posts in these roles, and who covers for them that day, each once."""
    duties = Leadership.objects.filter(programme=programme, role__in=roles)
    return _holding(duties, place=programme.place_id, on=on)


def accountable_officers(place: Place, *, on: date) -> list[User]:
    """As :func:`holders`, of the accountable officers of all the place's programmes: together they answer for the whole."""
    duties = Leadership.objects.filter(programme__place=place, role=LeadershipRole.ACCOUNTABLE)
    return _holding(duties, place=place.pk, on=on)


def _holding(duties: QuerySet[Leadership], *, place: int, on: date) -> list[User]:
    holding = duties.filter(post__holder__isnull=False).values("post__holder_id")
    covering = Cover.objects.running(on=on).filter(place=place, person__in=holding)
    return list(
        User.objects.filter(
            Q(pk__in=holding) | Q(pk__in=covering.values("deputy_id")), is_active=True
        ).order_by("pk")
    )


def address_of(name: str, **kwargs: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, kwargs=kwargs)}"


def tell_sro_submitted(
    found: Return, *, by: User, at: datetime, asked: ReturnQuestion | None = None
) -> None:
    """``asked`` is the question that it had been sent back with."""
    programme, period = found.programme, found.period
    answered = ""
    if asked:
        answer = asked.answer or "No answer was written: look at the rows."
        answered = f"You had asked:\n\n{asked.question}\n\nThe answer:\n\n{answer}\n\n"
    link = address_of("sign-off", place=period.place.slug)
    for sro in holders(programme, LeadershipRole.SRO, LeadershipRole.ACCOUNTABLE, on=at.date()):
        queue_mail(
            key=f"submitted:{found.pk}:{at.timestamp()}:{sro.pk}",
            to=sro.email,
            subject=f"{programme.name}: {period.name} return to sign off",
            body=(
                f"{by.name} has submitted the {period.name} return of {programme.name}.\n\n"
                f"{answered}Sign it off, or send it back with a question:\n{link}\n"
            ),
        )


def tell_sro_recalled(found: Return, *, signed_off_by: User, by: User, at: datetime) -> None:
    """To whoever signed it off, and to the programme's SROs and accountable officer: it no longer is."""
    programme, period = found.programme, found.period
    link = address_of("sign-off", place=period.place.slug)
    told = holders(programme, LeadershipRole.SRO, LeadershipRole.ACCOUNTABLE, on=at.date())
    if signed_off_by.is_active and signed_off_by not in told:
        told.append(signed_off_by)
    for sro in told:
        queue_mail(
            key=f"recalled:{found.pk}:{at.timestamp()}:{sro.pk}",
            to=sro.email,
            subject=f"{programme.name}: the signed-off {period.name} return is recalled",
            body=(
                f"{by.name} has recalled the {period.name} return of {programme.name}, which"
                f" {signed_off_by.name} had signed off. The sign-off no longer stands.\n\n"
                f"When it is submitted again it waits here to be signed off:\n{link}\n"
            ),
        )


def tell_lead_sent_back(found: Return, *, by: User, at: datetime) -> None:
    programme, period = found.programme, found.period
    link = address_of("update", place=period.place.slug, code=programme.code)
    for lead in holders(programme, LeadershipRole.LEAD, LeadershipRole.DEPUTY, on=at.date()):
        queue_mail(
            key=f"sent-back:{found.pk}:{at.timestamp()}:{lead.pk}",
            to=lead.email,
            subject=f"{programme.name}: a question on your {period.name} return",
            body=(
                f"{by.name} has sent the {period.name} return of {programme.name} back:\n\n"
                f"{found.question}\n\nAnswer it on the update, change the rows where they need it, and submit again:\n{link}\n"
            ),
        )


def remind_lead(
    programme: Programme, period: Period, *, days_before: int, days_left: int, on: date
) -> None:
    link = address_of("update", place=period.place.slug, code=programme.code)
    if days_left > 0:
        when = f"is due in {days_left} day{'' if days_left == 1 else 's'}, on {british_date(period.due_on)}"
    elif days_left == 0:
        when = "is due today"
    else:
        when = f"was due on {british_date(period.due_on)}"
    for lead in holders(programme, LeadershipRole.LEAD, LeadershipRole.DEPUTY, on=on):
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


def tell_of_offer(offers: list[Offer], *, by: User | None) -> None:
    """To somebody who signs in already: what a place asks them to hold. All were offered at one moment."""
    one = offers[0]
    lines = "\n".join(f"- {offer.what}" for offer in offers)
    who = f"{by.name} invites you" if by else "You are invited"
    queue_mail(
        key=one.mail_key,
        to=one.email,
        subject=f"{one.place.name}: your invitation to the programme portal",
        body=(
            f"{who} to {one.place.name}, to hold:\n\n{lines}\n\n"
            f"Sign in as you do now, and accept:\n{address_of('join', place=one.place.slug)}\n\n"
            f"You can until the end of {long_date(one.expires_at)}. Until you do, you hold nothing there, and "
            f"{one.place.name} sees your e-mail address and nothing else of you.\n\n"
            "If you did not expect this, do nothing.\n"
        ),
    )


def tell_of_cover(cover: Cover, *, by: User) -> None:
    """To both: who does what until when."""
    days = f"from {british_date(cover.starts_on)} to {british_date(cover.ends_on)}"
    link = address_of("covers", place=cover.place.slug)
    told = (
        (
            cover.deputy,
            "you",
            f"You can do there what {cover.person.name} does, under your own name.",
        ),
        (cover.person, cover.deputy.name, "What they do stands under their name, not yours."),
    )
    for person, who, more in told:
        queue_mail(
            key=f"cover:{cover.pk}:{person.pk}",
            to=person.email,
            subject=f"{cover.place.name}: {cover.deputy.name} covers for {cover.person.name}",
            body=(
                f"{by.name} has asked that {who} cover for {cover.person.name} {days}.\n\n{more}\n\n"
                f"See or end it:\n{link}\n"
            ),
        )


def tell_cover_ended(cover: Cover, *, by: User) -> None:
    """To whichever of the two did not end it."""
    for person in (cover.person, cover.deputy):
        if person == by:
            continue
        queue_mail(
            key=f"cover-ended:{cover.pk}:{person.pk}",
            to=person.email,
            subject=f"{cover.place.name}: {cover.deputy.name} no longer covers for {cover.person.name}",
            body=f"{by.name} has ended the cover that was to last until {british_date(cover.ends_on)}.\n",
        )


def tell_sessions_ended(person: User, place: Place, *, reason: str, by: User, at: datetime) -> None:
    """To somebody who was signed out everywhere: by whom, why, and what to do."""
    queue_mail(
        key=f"sessions-ended:{place.pk}:{person.pk}:{at.timestamp()}",
        to=person.email,
        subject=f"{place.name}: you were signed out of the programme portal",
        body=(
            f"{by.name}, an administrator of {place.name}, has signed you out of the portal in every "
            f"browser.\n\nWhy: {reason}\n\nWhat you had saved is kept. Sign in again:\n"
            f"{settings.PUBLIC_ADDRESS}{reverse('account_login')}\n\n"
            "If somebody else may know your password, change it: your API tokens end with it.\n"
            f"{settings.PUBLIC_ADDRESS}{reverse('account')}\n"
        ),
    )


def mail_return_file(
    person: User, *, programme: Programme, period: Period, name: str, data: bytes, at: datetime
) -> None:
    """To whoever asked for it: the workbook of a return, to fill in offline."""
    link = address_of("update-offline", place=period.place.slug, code=programme.code)
    queue_mail(
        key=f"return-file:{period.pk}:{programme.pk}:{person.pk}:{at.timestamp()}",
        to=person.email,
        subject=f"{programme.name}: your {period.name} return to fill in",
        body=(
            f"The {period.name} return of {programme.name} is attached, as it stands now."
            f" It is due on {british_date(period.due_on)}.\n\n"
            f"Fill it in, and bring it back here:\n{link}\n"
        ),
        attachment=(name, data),
    )
