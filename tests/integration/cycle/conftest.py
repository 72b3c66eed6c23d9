"""A place in the middle of its month: January closed, February open, one programme with four live rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.test import Client

from icp.common.models import DemoClock
from programmes import services
from programmes.models import LeadershipRole, Period, PlaceRole, Programme, Status
from tests.factories import (
    NOW,
    TODAY,
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlaceFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
    ReturnFactory,
    StatusFactory,
    UserFactory,
)


@dataclass
class World:
    """``items``: 1 was red in January, 2 is overdue, 3 and 4 finish in autumn."""

    place: Any
    january: Period
    february: Period
    programme: Programme
    other: Programme
    lead: Any
    other_lead: Any
    sro: Any
    office: Any
    office_too: Any
    member: Any
    board: Any
    items: list[Any] = field(default_factory=list)

    def client(self, user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def record(self, item: Any, *, version: int = 0, by: Any = None, **values: Any) -> Status:
        return services.record_status(
            item=item,
            period=self.february,
            by=by or self.lead,
            at=NOW,
            expected_version=version,
            values=values,
        )

    def submit(
        self, *, by: Any = None, programme: Programme | None = None, at: datetime = NOW
    ) -> Any:
        return services.submit_return(
            programme=programme or self.programme,
            period=self.february,
            by=by or self.lead,
            at=at,
            today=TODAY,
        )

    def say_the_red_row(self) -> Status:
        """What lets the return be submitted."""
        return self.record(self.items[0], rag="red", reason="Late parts.", get_to_green="Chase.")


def make_world(slug: str = "testshire") -> World:
    place = PlaceFactory(name=slug.capitalize(), slug=slug)
    DemoClock.objects.update_or_create(only=True, defaults={"today": TODAY})
    programme = ProgrammeFactory(place=place, code="IT", name="IT Enabler")
    other = ProgrammeFactory(place=place, code="EST", name="Estates")
    people = {}
    for name, of, role in (
        ("lead", programme, LeadershipRole.LEAD),
        ("other_lead", other, LeadershipRole.LEAD),
        ("sro", programme, LeadershipRole.SRO),
    ):
        people[name] = UserFactory(name=name.replace("_", " ").capitalize())
        post = PostFactory(place=place, title=name, holder=people[name])
        LeadershipFactory(programme=of, role=role, post=post)
    office = UserFactory(name="Programme Director")
    office_too = UserFactory(name="Programme Manager")
    for user in (office, office_too):
        MembershipFactory(place=place, user=user, role=PlaceRole.OFFICE)
    board = BoardFactory(place=place, short_name="AOG", slug="aog")
    member = BoardMemberFactory(board=board).user
    finishes = (date(2019, 11, 30), date(2020, 2, 7), date(2020, 10, 30), date(2020, 11, 30))
    items = [
        PlanItemFactory(
            programme=programme,
            plan_id=str(10 + n),
            name=f"Row number {n}",
            position=n,
            finish=day,
            start=None,
        )
        for n, day in enumerate(finishes, start=1)
    ]
    january = PeriodFactory(place=place, january=True)
    StatusFactory(
        item=items[0],
        period=january,
        rag="red",
        reason="Parts are late.",
        get_to_green="Chase them.",
    )
    for one in (programme, other):
        ReturnFactory(
            programme=one, period=january, state="submitted", submitted_by=office, submitted_at=NOW
        )
    services.close_period(period=january, by=office, at=NOW, today=date(2020, 2, 3))
    january.refresh_from_db()
    return World(
        place=place,
        january=january,
        february=PeriodFactory(place=place),
        programme=programme,
        other=other,
        office=office,
        office_too=office_too,
        member=member,
        board=board,
        items=items,
        **people,
    )
