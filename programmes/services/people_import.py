"""Inviting the people of a file, with what they hold: all of them or nobody."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from icp.accounts.models import User
from programmes.importers.people import Duty, Known, PeopleFile, PersonRow
from programmes.models import Board, Leadership, Organisation, Place, PlaceRole, Post, Programme
from programmes.selectors.people import belongs
from programmes.services.inviting import Invited, add_person
from programmes.services.offers import Holding
from programmes.services.people import give


def known_to(place: Place) -> Known:
    """What a file of people may refer to in this place. Four queries."""
    boards = Board.objects.filter(place=place).order_by("order", "pk")
    posts: dict[str, dict[str, tuple[str, ...]]] = {
        code: {}
        for code in Programme.objects.in_place(place).in_order().values_list("code", flat=True)
    }
    duties = Leadership.objects.filter(programme__place=place).order_by("order", "pk")
    for code, role, title in duties.values_list("programme__code", "role", "post__title"):
        posts[code][role] = (*posts[code].get(role, ()), title)
    organisations = Organisation.objects.filter(place=place).order_by("short_name")
    return Known(
        boards=tuple(boards.values_list("short_name", flat=True)),
        organisations=tuple(organisations.values_list("short_name", flat=True)),
        posts=posts,
    )


@transaction.atomic
def import_people(
    *, place: Place, file: PeopleFile, by: User | None, at: datetime
) -> list[Invited]:
    """Give everybody in ``file`` what it says, and invite who does not belong to the place yet.

    The file has no errors: whoever read it has told of them. Who belongs already is only given more.

    Raises:
        CannotChangePeople: a post is held by somebody else.
    """
    people: dict[str, list[PersonRow]] = {}
    for row in file.rows:
        people.setdefault(row.email, []).append(row)
    invited = []
    for email, rows in people.items():
        person, is_new = User.objects.get_or_create(
            email=email, defaults={"name": rows[0].name, "password": make_password(None)}
        )
        holding = _holding(place, rows)
        if belongs(person=person, place=place):
            give(place=place, person=person, holding=holding, expected_holder=None, by=by, at=at)
        else:
            invited.append(
                add_person(place=place, person=person, is_new=is_new, holding=holding, by=by, at=at)
            )
    return invited


def _holding(place: Place, rows: Iterable[PersonRow]) -> Holding:
    names = {name for row in rows for name in row.boards}
    finance = {name for row in rows for name in row.finance}
    posts = {duty.post: _post(place, duty) for row in rows for duty in row.duties}
    return Holding(
        roles=tuple(dict.fromkeys(PlaceRole(role) for row in rows for role in row.roles)),
        finance=tuple(
            Organisation.objects.filter(place=place, short_name__in=finance).order_by("short_name")
        ),
        boards=tuple(
            Board.objects.filter(place=place, short_name__in=names).order_by("order", "pk")
        ),
        posts=tuple(posts.values()),
    )


def _post(place: Place, duty: Duty) -> Post:
    """The post, made and given its duty where it has not got it yet."""
    programme = Programme.objects.get(place=place, code=duty.programme)
    post, _ = Post.objects.get_or_create(place=place, title=duty.post)
    others = Leadership.objects.filter(programme=programme, role=duty.role)
    Leadership.objects.get_or_create(
        programme=programme, role=duty.role, post=post, defaults={"order": others.count()}
    )
    return post
