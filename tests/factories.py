"""Things to test with: small, named plainly, dated in early 2020."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from icp.accounts.models import User
from programmes import models

PASSWORD = "correct-horse-battery"
NOW = datetime(2020, 2, 14, 10, 0, tzinfo=UTC)
TODAY = date(2020, 2, 14)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Post holder {n}")
    email = factory.Sequence(lambda n: f"post{n}@example.org")
    password = factory.django.Password(PASSWORD)


class SystemFactory(DjangoModelFactory):
    class Meta:
        model = models.System

    name = factory.Sequence(lambda n: f"System {n}")
    slug = factory.Sequence(lambda n: f"system-{n}")


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    system = factory.SubFactory(SystemFactory)
    name = factory.Sequence(lambda n: f"Place {n}")
    slug = factory.Sequence(lambda n: f"place-{n}")


class BoardFactory(DjangoModelFactory):
    class Meta:
        model = models.Board

    place = factory.SubFactory(PlaceFactory)
    name = "Accountable Officers Group"
    short_name = "AOG"
    slug = factory.Sequence(lambda n: f"aog-{n}")


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.Programme

    place = factory.SubFactory(PlaceFactory)
    code = factory.Sequence(lambda n: f"P{n}")
    name = factory.LazyAttribute(lambda made: f"Programme {made.code}")
    kind = models.ProgrammeKind.PROGRAMME
    order = factory.Sequence(lambda n: n)


class OfferFactory(DjangoModelFactory):
    """A role that somebody is asked to take on, for as long as any test lasts."""

    class Meta:
        model = models.Offer

    place = factory.SubFactory(PlaceFactory)
    user = factory.SubFactory(UserFactory)
    email = factory.SelfAttribute("user.email")
    role = models.PlaceRole.GOVERNANCE
    offered_at = NOW
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)


class PostFactory(DjangoModelFactory):
    class Meta:
        model = models.Post

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Post {n}")
    holder = factory.SubFactory(UserFactory)


class LeadershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Leadership

    programme = factory.SubFactory(ProgrammeFactory)
    role = models.LeadershipRole.LEAD
    post = factory.SubFactory(PostFactory, place=factory.SelfAttribute("..programme.place"))


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    place = factory.SubFactory(PlaceFactory)
    user = factory.SubFactory(UserFactory)
    role = models.PlaceRole.OFFICE


class BoardMemberFactory(DjangoModelFactory):
    class Meta:
        model = models.BoardMember

    board = factory.SubFactory(BoardFactory)
    user = factory.SubFactory(UserFactory)


class CoverFactory(DjangoModelFactory):
    """The fortnight around :data:`TODAY`."""

    class Meta:
        model = models.Cover

    place = factory.SubFactory(PlaceFactory)
    person = factory.SubFactory(UserFactory)
    deputy = factory.SubFactory(UserFactory)
    starts_on = date(2020, 2, 10)
    ends_on = date(2020, 2, 21)
    set_by = factory.SelfAttribute("person")
    set_at = NOW


class PlanItemFactory(DjangoModelFactory):
    """A task that finishes at the end of February 2020, as first agreed."""

    class Meta:
        model = models.PlanItem

    programme = factory.SubFactory(ProgrammeFactory)
    plan_id = factory.Sequence(lambda n: str(n + 1))
    position = factory.Sequence(lambda n: n + 1)
    outline_level = 1
    kind = models.ItemKind.TASK
    name = factory.LazyAttribute(lambda made: f"Row {made.plan_id}")
    start = date(2020, 1, 6)
    finish = date(2020, 2, 28)
    baseline_start = factory.SelfAttribute("start")
    baseline_finish = factory.SelfAttribute("finish")


class PeriodFactory(DjangoModelFactory):
    """February 2020, open."""

    class Meta:
        model = models.Period
        django_get_or_create = ("place", "key")

    place = factory.SubFactory(PlaceFactory)
    key = "2020-02"
    name = "February 2020"
    starts_on = date(2020, 2, 1)
    ends_on = date(2020, 2, 29)
    due_on = date(2020, 3, 2)

    class Params:
        january = factory.Trait(
            key="2020-01",
            name="January 2020",
            starts_on=date(2020, 1, 1),
            ends_on=date(2020, 1, 31),
            due_on=date(2020, 2, 3),
        )
        march = factory.Trait(
            key="2020-03",
            name="March 2020",
            starts_on=date(2020, 3, 1),
            ends_on=date(2020, 3, 31),
            due_on=date(2020, 4, 1),
        )


class ReturnFactory(DjangoModelFactory):
    class Meta:
        model = models.Return

    programme = factory.SubFactory(ProgrammeFactory)
    period = factory.SubFactory(PeriodFactory, place=factory.SelfAttribute("..programme.place"))


class StatusFactory(DjangoModelFactory):
    class Meta:
        model = models.Status

    item = factory.SubFactory(PlanItemFactory)
    period = factory.SubFactory(
        PeriodFactory, place=factory.SelfAttribute("..item.programme.place")
    )
    rag = models.Rag.GREEN
    updated_by = factory.SubFactory(UserFactory)
    updated_at = NOW
