"""The demonstration's change requests: one that was agreed in February, and one that waits for the office."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from boards.demo.words import CHANGES
from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.models import DemoClock
from programmes.models import ChangeLineKind, ChangeRequest, Place, PlanItem
from programmes.rules.changes import Act
from programmes.services.asked_lines import DraftLine
from programmes.services.change_life import agree_request, propose_request
from programmes.services.changes import WORDS, draft_lines, edit_request

AGREED, WAITING = ("13", date(2020, 12, 18)), ("9", date(2021, 3, 31))


def make_change_requests(place: Place, *, lead: User, office: User) -> None:
    """Both of the IT enabler, re-dating rows that are not due soon: January's figures stay as published."""
    today = DemoClock.objects.get().today
    with _on(date(2020, 2, 7), by=lead) as at:
        agreed = _proposed(place, *AGREED, by=lead, at=at)
        agreed = agree_request(request=agreed, act=Act.AGREE_FOR_PROGRAMME, by=lead, at=at)
    with _on(date(2020, 2, 10), by=office) as at:
        agree_request(request=agreed, act=Act.AGREE_FOR_OFFICE, by=office, at=at)
    with _on(date(2020, 2, 13), by=lead) as at:
        waits = _proposed(place, *WAITING, by=lead, at=at)
        agree_request(request=waits, act=Act.AGREE_FOR_PROGRAMME, by=lead, at=at)
    DemoClock.objects.update(today=today)


@contextmanager
def _on(day: date, *, by: User) -> Iterator[datetime]:
    DemoClock.objects.update(today=day)
    with recorded(way=Way.COMMAND, by=by, via="load_demo"):
        yield datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


def _proposed(place: Place, plan_id: str, finish: date, *, by: User, at: datetime) -> ChangeRequest:
    item = PlanItem.objects.select_related("programme").get(
        programme__place=place, programme__code="IT", plan_id=plan_id
    )
    words = CHANGES[plan_id]
    line = DraftLine(kind=ChangeLineKind.REDATE, item=item, start=item.start, finish=finish)
    made = draft_lines(programme=item.programme, lines=[line], by=by, at=at, title=words["title"])
    said = {name: words.get(name, "") for name in WORDS}
    made = edit_request(request=made, words=said, by=by, at=at, expected_version=made.version)
    return propose_request(request=made, by=by, at=at)
