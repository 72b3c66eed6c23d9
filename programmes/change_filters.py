"""What the list of change requests can be asked for, in its address."""

from typing import Any

import django_filters as filters
from django import forms

from icp.accounts.models import User
from programmes.access import Roles
from programmes.filters import FilterInWords
from programmes.models import ChangeRequest, ChangeState, Place, Programme
from programmes.models.change import ChangeRequestQuerySet
from programmes.selectors.changes import waiting_for


class ChangeFilter(FilterInWords):
    """Filters over the requests of one place."""

    programme = filters.ChoiceFilter(
        field_name="programme__code", label="Programme", empty_label="All programmes"
    )
    state = filters.ChoiceFilter(choices=ChangeState.choices, label="State", empty_label="Any")
    mine = filters.BooleanFilter(
        method="by_mine", label="Waiting for me only", widget=forms.CheckboxInput
    )

    class Meta:
        model = ChangeRequest
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, place: Place, user: User, roles: Roles, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.roles = user, roles
        programmes = Programme.objects.in_place(place).in_order().values_list("code", "name")
        self.filters["programme"].extra["choices"] = list(programmes)

    def by_mine(self, rows: ChangeRequestQuerySet, name: str, value: bool) -> ChangeRequestQuerySet:
        return waiting_for(rows, user=self.user, roles=self.roles) if value else rows
