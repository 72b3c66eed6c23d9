"""The e-mails of a month of the money, in words. Each goes through the outbox, once per key."""

from collections.abc import Iterable
from datetime import date, datetime

from finance.models import FinanceMonth, Submission
from finance.selectors.people import enterers_of
from icp.accounts.models import User
from icp.common.outbox import queue_mail
from icp.common.words import british_date
from programmes.models import Membership, Organisation, Place, PlaceRole
from programmes.notices import address_of


def runners_of(place: Place) -> list[User]:
    """The programme finance leads of a place, active ones. One query."""
    held = Membership.objects.filter(place=place, role=PlaceRole.FINANCE)
    people = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return list(people.order_by("pk"))


def tell_opened(month: FinanceMonth, partner: Organisation, *, due_on: date, on: date) -> None:
    """To a partner's finance leads: the month is open, and when its figures are due."""
    _send(
        enterers_of(organisation=partner, on=on),
        key=f"money-opened:{month.pk}:{partner.pk}",
        subject=f"{partner.short_name}: {month} is open",
        body=(
            f"{month} is open. {partner.short_name}’s figures are due on {british_date(due_on)}.\n\n"
            f"Enter them here:\n{_page(month, partner)}\n"
        ),
    )


def tell_due(month: FinanceMonth, partner: Organisation, *, due_on: date, on: date) -> None:
    """To a partner's finance leads: how many days are left."""
    days = (due_on - on).days
    left = f"are due in {days} day{'' if days == 1 else 's'}" if days else "are due today"
    _send(
        enterers_of(organisation=partner, on=on),
        key=f"money-due:{month.pk}:{partner.pk}:{days}",
        subject=f"{partner.short_name}: the figures of {month} {left}",
        body=(
            f"{partner.short_name}’s figures of {month} {left}, on {british_date(due_on)}.\n\n"
            f"Enter them, answer what is asked, and hand them in:\n{_page(month, partner)}\n"
        ),
    )


def tell_late(month: FinanceMonth, partner: Organisation, *, due_on: date, on: date) -> None:
    """To a partner's finance leads, and to the programme finance lead: the figures are not handed in."""
    _send(
        [*enterers_of(organisation=partner, on=on), *runners_of(month.place)],
        key=f"money-late:{month.pk}:{partner.pk}",
        subject=f"{partner.short_name}: the figures of {month} are late",
        body=(
            f"{partner.short_name}’s figures of {month} were due on {british_date(due_on)}, and are not handed in.\n\n"
            f"Late figures go into the next month once this one is closed.\n{_page(month, partner)}\n"
        ),
    )


def tell_queried(found: Submission, *, by: User, at: datetime) -> None:
    """To a partner's finance leads: what is asked of what they handed in."""
    partner = found.organisation
    _send(
        enterers_of(organisation=partner, on=at.date()),
        key=f"money-queried:{found.pk}:{found.version}",
        subject=f"{partner.short_name}: a question on your figures of {found.month}",
        body=(
            f"{by.name} has sent {partner.short_name}’s figures of {found.month} back:\n\n{found.question}\n\n"
            f"Change what is wrong, or answer in the comments, and hand them in again:\n{_page(found.month, partner)}\n"
        ),
    )


def tell_accepted(found: Submission, *, by: User, at: datetime) -> None:
    """To a partner's finance leads: what they handed in is accepted."""
    partner = found.organisation
    _send(
        enterers_of(organisation=partner, on=at.date()),
        key=f"money-accepted:{found.pk}:{found.version}",
        subject=f"{partner.short_name}: your figures of {found.month} are accepted",
        body=(
            f"{by.name} has accepted {partner.short_name}’s figures of {found.month}.\n\n"
            f"{_page(found.month, partner)}\n"
        ),
    )


def _page(month: FinanceMonth, partner: Organisation) -> str:
    return address_of(
        "month-end",
        place=month.place.slug,
        year=month.year_slug,
        month_number=str(month.number),
        partner=str(partner.pk),
    )


def _send(people: Iterable[User], *, key: str, subject: str, body: str) -> None:
    for one in {person.pk: person for person in people}.values():
        queue_mail(key=f"{key}:{one.pk}", to=one.email, subject=subject, body=body)
