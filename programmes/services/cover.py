"""Asking a colleague to cover while one is away, and ending that before its day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from icp.accounts.models import User
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import (
    LENT_ROLES,
    Cover,
    FinanceLead,
    Leadership,
    Membership,
    Place,
)
from programmes.notices import tell_cover_ended, tell_of_cover
from programmes.selectors.people import administers, colleagues, is_auditor

# Longer than a long holiday or a short illness: then the post itself should change hands.
LONGEST = timedelta(days=92)


@transaction.atomic
def set_cover(
    *,
    place: Place,
    person: User,
    deputy: User,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: User,
    at: datetime,
    today: date,
) -> Cover:
    """Let ``deputy`` do what ``person`` holds in the place, both days included, and tell both.

    Raises:
        NotAllowed: ``by`` is neither the person nor an administrator of the place.
        CannotChangePeople: the dates do not stand, the deputy cannot do it, or there is nothing to lend.
    """
    place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if by != person and not administers(user=by, place=place):
        raise NotAllowed("People ask for their own cover; an administrator may for anybody.")
    _check_dates(starts_on, ends_on, today)
    _check_people(place, person, deputy)
    covers = Cover.objects.filter(place=place, person=person, deputy=deputy, ended_at__isnull=True)
    other = covers.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other:
        raise CannotChangePeople(
            f"{deputy} covers for {person} already, from {other.starts_on:%-d %B %Y} to "
            f"{other.ends_on:%-d %B %Y}. End that first, or choose other days."
        )
    cover = Cover.objects.create(
        place=place,
        person=person,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        set_by=by,
        set_at=at,
    )
    tell_of_cover(cover, by=by)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, by: User, at: datetime) -> bool:
    """End a cover at once; False when it had been ended already.

    Raises:
        NotAllowed: ``by`` is neither of the two nor an administrator of the place.
    """
    found = Cover.objects.select_for_update(of=("self",)).select_related("place").get(pk=cover.pk)
    if by.pk not in (found.person_id, found.deputy_id) and not administers(
        user=by, place=found.place
    ):
        raise NotAllowed("The two of them end a cover, or an administrator.")
    if found.ended_at:
        return False
    found.ended_by, found.ended_at = by, at
    found.save(update_fields=["ended_by", "ended_at"])
    tell_cover_ended(found, by=by)
    return True


def _check_dates(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise CannotChangePeople("The last day is before the first: correct one of them.")
    if ends_on < today:
        raise CannotChangePeople("These days are over. Choose a last day from today on.")
    if ends_on - starts_on > LONGEST:
        raise CannotChangePeople(
            f"A cover lasts at most {LONGEST.days} days. For longer, an administrator gives the post "
            "itself to a colleague."
        )


def _check_people(place: Place, person: User, deputy: User) -> None:
    if deputy == person:
        raise CannotChangePeople("Choose a colleague: nobody covers for themself.")
    if not colleagues(place).filter(pk=deputy.pk).exists():
        raise CannotChangePeople(f"Choose somebody of {place} who has signed in.")
    if is_auditor(person=deputy, place=place):
        raise CannotChangePeople(
            f"{deputy} is an auditor of {place}, who changes nothing: choose another colleague."
        )
    if not _holds_something_to_lend(person=person, place=place):
        raise CannotChangePeople(
            f"{person} holds nothing that a colleague could do: seats on boards, auditing and inviting people "
            "are not lent."
        )


def _holds_something_to_lend(*, person: User, place: Place) -> bool:
    """A duty of a post, a role that is lent, or an organisation's finance."""
    return (
        Membership.objects.filter(place=place, user=person, role__in=LENT_ROLES).exists()
        or Leadership.objects.filter(programme__place=place, post__holder=person).exists()
        or FinanceLead.objects.filter(organisation__place=place, user=person).exists()
    )
