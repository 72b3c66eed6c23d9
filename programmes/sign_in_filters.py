"""What the list of sign-ins can be asked for, in its address."""

from datetime import date, timedelta
from typing import Any

import django_filters as filters
from django.db.models import CharField, Func, Q

from icp.accounts.models import EventKind, SignInEvent
from icp.common.clock import start_of
from programmes.filters import BritishDateFilter, FilterInWords

FAILURES = (EventKind.FAILED, EventKind.LOCKED, EventKind.STEP_FAILED, EventKind.SSO_REFUSED)
ANY_FAILURE = "failures"


class Host(Func):
    """An address as text."""

    function = "HOST"
    output_field = CharField()


class SignInFilter(FilterInWords):
    """Filters over ``sign_ins_of(place)``."""

    who = filters.CharFilter(method="by_words", label="Name or e-mail address", max_length=100)
    kind = filters.ChoiceFilter(
        method="by_kind",
        label="What happened",
        choices=[(ANY_FAILURE, "Anything that failed or was refused"), *EventKind.choices],
        empty_label="Anything",
    )
    address = filters.CharFilter(method="by_address", label="From the address", max_length=45)
    since = BritishDateFilter(method="by_since", label="From")
    until = BritishDateFilter(method="by_until", label="To")

    class Meta:
        model = SignInEvent
        fields: tuple[str, ...] = ()

    def by_words(self, events: Any, name: str, value: str) -> Any:
        return events.filter(Q(user__name__icontains=value) | Q(user__email__icontains=value))

    def by_kind(self, events: Any, name: str, value: str) -> Any:
        return events.filter(kind__in=FAILURES if value == ANY_FAILURE else [value])

    def by_address(self, events: Any, name: str, value: str) -> Any:
        # What ``host()`` writes has no mask: 10.1. finds 10.1.2.3.
        return events.annotate(address_text=Host("address")).filter(
            address_text__startswith=value.strip()
        )

    def by_since(self, events: Any, name: str, value: date) -> Any:
        return events.filter(at__gte=start_of(value))

    def by_until(self, events: Any, name: str, value: date) -> Any:
        return events.filter(at__lt=start_of(value + timedelta(days=1)))
