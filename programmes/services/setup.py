"""A place from nothing: all that its first month needs, or nothing at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.tabular import TableError
from programmes.errors import CannotSetUp, PlaceIsThere
from programmes.importers.people import PeopleFile, read_people
from programmes.importers.plan import PlanFile, read_plan
from programmes.importers.programmes import ProgrammeFile, read_programmes
from programmes.models import Board, Organisation, Period, Place, PlaceRole, Programme, System
from programmes.selectors.posts import posts_by_word
from programmes.services.cycle import open_period
from programmes.services.inviting import Invited, invite_person
from programmes.services.offers import Holding
from programmes.services.people_import import import_people, known_to
from programmes.services.plan_import import import_plan
from programmes.services.programme_import import import_programmes

Read = TypeVar("Read", ProgrammeFile, PlanFile, PeopleFile)


@dataclass(frozen=True)
class NamedFile:
    """A file as given: its name, for what is said of it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Body:
    """An organisation or board to make. ``takes_decisions`` says whether a lead may ask a board to decide."""

    short_name: str
    name: str
    takes_decisions: bool = True


@dataclass(frozen=True)
class Wanted:
    """What a new place is to be."""

    name: str
    slug: str
    system: str
    administrator_email: str
    administrator_name: str = "Administrator"
    administrator_is_office: bool = True
    tolerance_months: int = 2
    holidays: str = Place.Holidays.ENGLAND.value
    return_due_working_days: int = 1
    reminder_days: tuple[int, ...] = (5, 2, 0)
    organisations: tuple[Body, ...] = ()
    boards: tuple[Body, ...] = ()
    first_month: date | None = None
    programmes: NamedFile | None = None
    plan: NamedFile | None = None
    people: NamedFile | None = None


@dataclass
class SetUp:
    """What was made."""

    place: Place
    administrator: Invited
    period: Period | None = None
    programmes: int = 0
    rows: int = 0
    people: list[Invited] = field(default_factory=list)


@transaction.atomic
def set_up_place(*, wanted: Wanted, at: datetime, dry_run: bool = False) -> SetUp:
    """Make the place, its administrator with an invitation, and whatever else is wanted.

    With ``dry_run`` everything is done and then undone, to learn whether it could be.

    Raises:
        PlaceIsThere: a place has this short name already; nothing is changed.
        CannotSetUp: something is wrong with what is wanted or with a file; nothing is written.
    """
    with recorded(way=Way.COMMAND):
        place = _make_place(wanted)
        _make_bodies(place, wanted)
        made = SetUp(place, _invite_administrator(place, wanted, at=at))
        if wanted.first_month:
            # Before the plan: what is ticked in the first plan counts as reported in the first month.
            made.period = open_period(place=place, day=wanted.first_month)
        made.programmes = _import_programmes(place, wanted.programmes)
        made.rows = _import_plan(place, wanted.plan)
        made.people = _import_people(place, wanted.people, at=at)
    transaction.set_rollback(dry_run)
    return made


def _make_place(wanted: Wanted) -> Place:
    found = Place.objects.filter(slug=wanted.slug).first()
    if found:
        raise PlaceIsThere(found)
    place = Place(
        system=_system(wanted.system),
        name=wanted.name,
        slug=wanted.slug,
        tolerance_months=wanted.tolerance_months,
        holidays=wanted.holidays,
        return_due_working_days=wanted.return_due_working_days,
        reminder_days=list(wanted.reminder_days),
    )
    _check(place, "place")
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:  # Somebody made it since we looked.
        raise PlaceIsThere(Place.objects.get(slug=wanted.slug)) from None
    return place


def _system(name: str) -> System:
    """The system of that name, made where there is none."""
    found = System.objects.filter(name=name).first()
    if found:
        return found
    system = System(name=name, slug=slugify(name)[:80])
    _check(system, "system")
    system.save()
    return system


def _check(thing: Place | System | Organisation | Board, noun: str) -> None:
    """By the model's own rules, as a sentence."""
    try:
        thing.full_clean()
    except ValidationError as problem:
        words = [
            f"{name.replace('_', ' ')}: {' '.join(said)}"
            for name, said in problem.message_dict.items()
        ]
        raise CannotSetUp(f"The {noun} cannot be made like this. {' '.join(words)}") from None


def _make_bodies(place: Place, wanted: Wanted) -> None:
    for body in wanted.organisations:
        organisation = Organisation(place=place, name=body.name, short_name=body.short_name)
        _check(organisation, f"organisation {body.short_name}")
        organisation.save()
    for order, body in enumerate(wanted.boards, start=1):
        board = Board(
            place=place,
            name=body.name,
            short_name=body.short_name,
            slug=slugify(body.short_name)[:60],
            takes_decisions=body.takes_decisions,
            order=order,
        )
        _check(board, f"board {body.short_name}")
        board.save()


def _invite_administrator(place: Place, wanted: Wanted, *, at: datetime) -> Invited:
    also = (PlaceRole.OFFICE,) if wanted.administrator_is_office else ()
    return invite_person(
        place=place,
        email=wanted.administrator_email,
        name=wanted.administrator_name,
        holding=Holding(roles=(PlaceRole.ADMINISTRATOR, *also)),
        by=None,
        at=at,
    )


def _import_programmes(place: Place, file: NamedFile | None) -> int:
    if file is None:
        return 0
    read = _read(file, read_programmes, existing=set())
    return len(import_programmes(place=place, file=read, by=None).created)


def _import_plan(place: Place, file: NamedFile | None) -> int:
    if file is None:
        return 0
    codes = set(Programme.objects.in_place(place).values_list("code", flat=True))
    read = _read(file, read_plan, programmes=codes, posts=posts_by_word(place=place))
    return len(import_plan(place=place, file=read, by=None).created)


def _import_people(place: Place, file: NamedFile | None, *, at: datetime) -> list[Invited]:
    if file is None:
        return []
    read = _read(file, read_people, known=known_to(place))
    return import_people(place=place, file=read, by=None, at=at)


def _read(file: NamedFile, reader: Callable[..., Read], **known: Any) -> Read:
    """The file's good rows, read against what is ``known``; a bad file or cell is a refusal."""
    try:
        found = reader(file.data, file.name, **known)
    except TableError as problem:
        raise CannotSetUp(f"{file.name}: {problem}") from None
    if found.errors:
        raise CannotSetUp(f"{file.name} needs attention.", errors=found.errors)
    return found
