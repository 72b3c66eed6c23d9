"""Whether this person may enter something of a partner in a month, and why not."""

from django.http import Http404, HttpRequest

from finance import access
from finance.access import Entrant
from finance.models import FinanceMonth, Submission
from finance.selectors.months import submissions_of
from icp.common import clock
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.models import Organisation


def entrant_of(request: HttpRequest, roles: Roles) -> Entrant:
    """Who asks, as the gate of a month asks them."""
    return Entrant(request.user, roles, clock.today())  # type: ignore[arg-type]


def enterer(*, roles: Roles, organisation: Organisation) -> None:
    """Refuse who does not enter this partner's figures.

    Raises:
        NotAllowed: with the sentence that the page shows.
    """
    if not access.may_enter_for(roles=roles, organisation=organisation):
        raise NotAllowed(f"Figures of {organisation.short_name} are entered by its finance lead.")


def reader(*, month: FinanceMonth, roles: Roles, organisation_id: int) -> None:
    """Whether this person reads what the partner says in the month.

    Raises:
        Http404: it is still in the partner's own hands.
    """
    if organisation_id not in access.readable_partners(month=month, roles=roles):
        raise Http404


def why_not(
    request: HttpRequest, *, month: FinanceMonth, roles: Roles, organisation: Organisation
) -> str:
    """Why nothing of the partner's month can be changed now by this person; empty where it can. Two queries at most."""
    if month.is_closed:
        return month.says_closed
    if not access.may_enter_for(roles=roles, organisation=organisation):
        return f"{organisation.short_name}’s finance lead changes this."
    if closed := access.gate(month=month, entrant=entrant_of(request, roles)):
        return closed
    said = Submission.objects.filter(month=month, organisation=organisation).first()
    return _handed_in(said, month, organisation)


def _handed_in(said: Submission | None, month: FinanceMonth, organisation: Organisation) -> str:
    if said is not None and not said.is_editable:
        return (
            f"{organisation.short_name}’s figures of {month} are {said.get_state_display().lower()}. "
            "Recall them to change this."
        )
    return ""


def changeable(
    request: HttpRequest, *, month: FinanceMonth, roles: Roles, partners: list[Organisation]
) -> list[Organisation]:
    """Of ``partners``, all of which this person enters, those whose month can be changed now. Two queries at most."""
    if not partners or access.gate(month=month, entrant=entrant_of(request, roles)):
        return []
    said = submissions_of(month=month)
    return [one for one in partners if not _handed_in(said.get(one.pk), month, one)]


def entered_partners(month: FinanceMonth, roles: Roles) -> list[Organisation]:
    """The partners whose figures of the month somebody with these roles enters, in the place's order."""
    return list(access.partners_to_enter(place=month.place, roles=roles).order_by("pk"))
