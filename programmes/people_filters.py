"""What the list of a place's people can be asked for, in its address."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from icp.accounts.models import User
from programmes.filters import FilterInWords
from programmes.models import (
    BoardMember,
    FinanceLead,
    Leadership,
    LeadershipRole,
    Membership,
    Offer,
    Place,
    PlaceRole,
    Post,
)
from programmes.selectors.people import PersonState, holding_anything

BOARD_MEMBER = "board"
FINANCE_LEAD = "finance lead"


class PeopleFilter(FilterInWords):
    """Filters over ``people_of(place)``. Who has left is shown only when asked for."""

    who = filters.CharFilter(
        method="by_words", label="Name, e-mail address or post", max_length=100
    )
    role = filters.ChoiceFilter(
        method="by_role",
        label="Role",
        choices=[
            *PlaceRole.choices,
            (FINANCE_LEAD, "Finance lead of an organisation"),
            (BOARD_MEMBER, "Board member"),
            *LeadershipRole.choices,
        ],
        empty_label="Any",
    )
    state = filters.ChoiceFilter(
        label="State", choices=PersonState.choices, empty_label="Everybody who belongs"
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        found: QuerySet[User] = super().filter_queryset(queryset)
        if not self.form.cleaned_data["state"]:
            found = found.filter(holding_anything(place=self.place) | Q(awaited=True))
        return found

    def by_words(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        posts = Post.objects.filter(place=self.place, title__icontains=value)
        offered = Offer.objects.filter(post__in=posts)
        return people.filter(
            Q(shown__icontains=value)
            | Q(email__icontains=value)
            | Q(pk__in=posts.filter(holder__isnull=False).values("holder_id"))
            | Q(pk__in=offered.values("user_id"))
        )

    def by_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        offered = _offered(self.place, value).values("user_id")
        return people.filter(Q(pk__in=_holders(self.place, value)) | Q(pk__in=offered))


def _offered(place: Place, role: str) -> QuerySet[Offer]:
    """What somebody is asked to take on of a role of any kind."""
    found: QuerySet[Offer] = Offer.objects.filter(place=place)
    if role == BOARD_MEMBER:
        return found.filter(board__isnull=False)
    if role == FINANCE_LEAD:
        return found.filter(organisation__isnull=False)
    if role in PlaceRole.values:
        return found.filter(role=role)
    return found.filter(post__duties__role=role)


def _holders(place: Place, role: str) -> QuerySet[Any, Any]:
    """Ids of those who hold a role of any kind in the place."""
    if role == BOARD_MEMBER:
        return BoardMember.objects.filter(board__place=place).values("user_id")
    if role == FINANCE_LEAD:
        return FinanceLead.objects.filter(organisation__place=place).values("user_id")
    if role in PlaceRole.values:
        return Membership.objects.filter(place=place, role=role).values("user_id")
    return Leadership.objects.filter(
        programme__place=place, role=role, post__holder__isnull=False
    ).values("post__holder_id")
