"""Change requests: whom they wait for, what their lines would do, and who a person is to one."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from icp.accounts.models import User
from icp.common.prepared import any_of, prepared
from programmes import access
from programmes.access import Roles
from programmes.models import (
    Baseline,
    ChangeLine,
    ChangeRequest,
    ChangeState,
    Place,
    PlanItem,
    Programme,
)
from programmes.models.change import ChangeRequestQuerySet
from programmes.rules.changes import Dates, Kind, LineFacts, Who

PROGRAMME_WAITED_FOR = (ChangeState.PROPOSED, ChangeState.OFFICE_AGREED)
OFFICE_WAITED_FOR = (ChangeState.PROPOSED, ChangeState.PROGRAMME_AGREED)


def has_baseline(*, programme: Programme) -> bool:
    """Whether the programme's first plan is agreed. One query."""
    return Baseline.objects.filter(programme=programme).exists()


def who_is(*, user: User, request: ChangeRequest, at: datetime) -> Who:
    """What a person is to a request on the day of ``at``. Needs its ``place``; five queries."""
    roles = access.roles_of(user=user, place=request.place, on=timezone.localdate(at))
    return who_by_roles(user=user, request=request, roles=roles)


def who_by_roles(*, user: User, request: ChangeRequest, roles: Roles) -> Who:
    """As :func:`who_is`, where the person's roles are known already. No query."""
    return Who(
        leads=request.programme_id in roles.leads,
        office=roles.office,
        drafted=user.pk == request.drafted_by_id,
        agreed=user.pk in (request.programme_agreed_by_id, request.office_agreed_by_id),
    )


def waiting_for(
    requests: ChangeRequestQuerySet, *, user: User, roles: Roles
) -> ChangeRequestQuerySet:
    """Those that this person may agree to now."""
    led = Q(programme_id__in=roles.leads)
    return requests.filter(_asked_of(user=user.pk, led=led, office=roles.office))


def _asked_of(*, user: int, led: Any, office: bool) -> Q:
    """``led`` is the condition that the person leads the programme."""
    mine = Q(led, state__in=PROGRAMME_WAITED_FOR)
    if office:
        mine |= Q(state__in=OFFICE_WAITED_FOR)
    return mine & ~(Q(programme_agreed_by=user) | Q(office_agreed_by=user))


def waiting_counts(*, place: Place, user: User, roles: Roles) -> dict[int, int]:
    """How many :func:`waiting_for` finds in a place, by programme. One query."""
    found = _waiting(roles.office, place=place.pk, user=user.pk, leads=sorted(roles.leads))
    return dict(found)


@prepared
def _waiting(office: bool, /, *, place: int, user: int, leads: list[int]) -> Any:
    asked = _asked_of(user=user, led=any_of("programme_id", leads), office=office)
    waiting = ChangeRequest.objects.filter(asked, place=place).order_by()
    counted = waiting.values("programme_id").annotate(count=Count("*"))
    return counted.values_list("programme_id", "count")


def asking_of(*, item: PlanItem) -> list[ChangeRequest]:
    """The requests that may still be agreed and that name this row. One query."""
    named = ChangeLine.objects.filter(item=item).values("request_id")
    standing = ChangeRequest.objects.standing().filter(programme=item.programme, pk__in=named)
    return list(standing.newest_first())


def with_names(requests: ChangeRequestQuerySet) -> ChangeRequestQuerySet:
    """With what a page says of a request: its programme and the people who did something with it."""
    return requests.select_related(
        "programme",
        "place",
        "drafted_by",
        "proposed_by",
        "programme_agreed_by",
        "office_agreed_by",
        "ended_by",
    )


def lines_of(request: ChangeRequest) -> list[ChangeLine]:
    """Its lines as they were written, with their rows and the boards of new ones. Two queries."""
    return list(lines_to_show(request))


def lines_to_show(request: ChangeRequest) -> QuerySet[ChangeLine]:
    """The same, for whoever takes some of them only: an import may ask for thousands."""
    return (
        request.lines.select_related(
            "item__programme",
            "item__parent",
            "parent__programme",
            "after__programme",
            "split_from__programme",
            "owner",
            "tbc_from",
        )
        .prefetch_related("goes_to__board")
        .order_by("pk")
    )


def facts_of_line(line: ChangeLine) -> LineFacts:
    """The line and its row as they stand. No query where the row is loaded."""
    item = line.item or PlanItem()
    return LineFacts(
        kind=Kind(line.kind),
        asked=Dates(line.start, line.start_tbc, line.finish, line.finish_tbc),
        now=Dates(item.start, item.start_tbc, item.finish, item.finish_tbc),
        agreed=Dates(start=item.baseline_start, finish=item.baseline_finish),
        written=Dates(start=line.old_start, finish=line.old_finish),
        removed=item.removed_at is not None,
    )


def standing_lines(programmes: Collection[Programme]) -> list[ChangeLine]:
    """What is asked already in requests that may still be agreed. One query."""
    standing = ChangeRequest.objects.standing().filter(programme__in=programmes)
    return list(
        ChangeLine.objects.filter(request__in=standing)
        .select_related("request", "item")
        .order_by("request__number", "pk")
    )
