"""A place with an administrator who is not its office, another administrator, a board, a programme and two posts."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from icp.accounts.models import User
from icp.common.models import DemoClock
from programmes.models import LeadershipRole, PlaceRole
from programmes.services import inviting
from programmes.services.offers import Holding
from tests.factories import (
    NOW,
    TODAY,
    BoardFactory,
    LeadershipFactory,
    MembershipFactory,
    PlaceFactory,
    PostFactory,
    ProgrammeFactory,
    UserFactory,
)


@dataclass
class World:
    place: Any
    administrator: Any
    office: Any
    board: Any
    programme: Any
    lead_post: Any
    vacant_post: Any

    def client(self, user: Any = None) -> Client:
        client = Client()
        client.force_login(user or self.administrator)
        return client

    def invite(
        self, email: str = "new@example.org", name: str = "New Person", **holding: Any
    ) -> Any:
        wanted = {name: tuple(things) for name, things in holding.items()}
        return inviting.invite_person(
            place=self.place,
            email=email,
            name=name,
            holding=Holding(**(wanted or {"roles": (PlaceRole.GOVERNANCE,)})),
            by=self.administrator,
            at=NOW,
        )

    def second_administrator(self, **fields: Any) -> User:
        user = UserFactory(name="Second Administrator", **fields)
        MembershipFactory(place=self.place, user=user, role=PlaceRole.ADMINISTRATOR)
        return user


def make_world() -> World:
    # The database stamps who was given what: the day before what the tests do.
    DemoClock.objects.create(today=TODAY - timedelta(days=1))
    world = _make_world()
    DemoClock.objects.all().delete()
    return world


def _make_world() -> World:
    place = PlaceFactory(name="Testshire", slug="testshire")
    administrator = UserFactory(name="Place Administrator")
    MembershipFactory(place=place, user=administrator, role=PlaceRole.ADMINISTRATOR)
    programme = ProgrammeFactory(place=place, code="IT", name="IT Enabler")
    lead_post = PostFactory(place=place, title="IT Lead", holder=UserFactory(name="IT Leader"))
    vacant = PostFactory(place=place, title="Chief Executive", holder=None)
    LeadershipFactory(programme=programme, post=lead_post)
    LeadershipFactory(programme=programme, post=vacant, role=LeadershipRole.SRO)
    return World(
        place=place,
        administrator=administrator,
        office=MembershipFactory(place=place, user=UserFactory(name="Programme Director")).user,
        board=BoardFactory(place=place, slug="aog"),
        programme=programme,
        lead_post=lead_post,
        vacant_post=vacant,
    )


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def made(standing: Any) -> World:
    with time_machine.travel(NOW, tick=False):
        return make_world()


@pytest.fixture
def world(made: World, db: None, today: None) -> World:
    return deepcopy(made)
