"""Savings schemes from a file: many at once, and of each what the file says (domain section 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from finance.access import Entrant
from finance.errors import StaleMoney
from finance.models import FinanceMonth, SavingsScheme
from finance.rules.savings import planned_to_date
from finance.selectors.savings import plans_of, said_of
from finance.services.locking import enter_figures
from finance.services.savings import OF_MONTH, OF_SCHEME, Stored, write_changed, write_new
from programmes.models import Organisation


@dataclass(frozen=True)
class SchemeSaid:
    """All that is kept of a scheme and said of it in a month. ``facts`` are of :data:`OF_SCHEME` but the name."""

    facts: dict[str, Any]
    figures: dict[str, Any]
    plan: dict[int, Decimal]


# The workstream by its key.
FACTS = tuple("workstream_id" if name == "workstream" else name for name in OF_SCHEME[1:])
NOTHING = SchemeSaid(
    facts={"provider": "", "workstream_id": None, "mitigated_value": None, "progress": ""},
    figures={**dict.fromkeys(OF_MONTH), "risk_rating": ""},
    plan={},
)


@dataclass(frozen=True)
class SchemeEntry:
    """What a file says of a scheme, found by its name. What is not named stays as it is; ``plan`` None as well.

    ``version`` is that of the scheme that was looked at: 0 for one to add, which needs ``saving_type``, ``starts_on``
    and ``value``.
    """

    name: str
    facts: Mapping[str, Any]
    figures: Mapping[str, Any]
    plan: Mapping[int, Decimal] | None
    version: int = 0


def as_stored(stored: Stored, *, number: int) -> SchemeSaid:
    """What is stored of a scheme, in month ``number``."""
    said = stored.said
    figures = {name: getattr(said, name) for name in OF_MONTH} if said else NOTHING.figures
    facts = {name: getattr(stored.scheme, name) for name in FACTS}
    return SchemeSaid(facts, _with_plan(figures, stored.plan, number), dict(stored.plan))


def merged(entry: SchemeEntry, stored: SchemeSaid, *, number: int) -> SchemeSaid:
    """What is stored once ``entry`` is kept: what it does not name stays."""
    plan = stored.plan if entry.plan is None else dict(entry.plan)
    figures = {**stored.figures, **entry.figures}
    return SchemeSaid({**stored.facts, **entry.facts}, _with_plan(figures, plan, number), plan)


def _with_plan(
    figures: Mapping[str, Any], plan: Mapping[int, Decimal], number: int
) -> dict[str, Any]:
    """The plan to date follows from the plan by month, where there is one."""
    to_date = planned_to_date(plan, number=number)
    return dict(figures) if to_date is None else {**figures, "plan_ytd": to_date}


@transaction.atomic
def save_schemes(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    entries: Sequence[SchemeEntry],
    by: Entrant,
    at: datetime,
) -> list[SavingsScheme]:
    """Add and change all of ``entries``, or none. What is not named stays as it is.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        CannotKeep: as :func:`finance.services.savings.add_scheme`.
        StaleMoney: another person saved one of them since, or called it otherwise.
    """
    month = enter_figures(month=month, organisation=organisation, by=by)
    mine = SavingsScheme.objects.select_for_update().filter(
        organisation=organisation, year=month.year
    )
    known = {one.name: one for one in mine.order_by("pk")}
    keys = [one.pk for one in known.values()]
    said, plans = said_of(month=month, schemes=keys), plans_of(schemes=keys)
    saved = []
    for one in entries:
        scheme = known.get(one.name)
        if scheme is None:
            if one.version:
                raise StaleMoney(f"Somebody gave “{one.name}” another name since.", None)
            new = merged(one, NOTHING, number=month.number)
            facts = {"name": one.name, **new.facts}
            saved.append(
                write_new(month, organisation, facts, new.figures, new.plan, by=by.user, at=at)
            )
            continue
        scheme.organisation = organisation
        stored = Stored(scheme, said.get(scheme.pk), plans.get(scheme.pk, {}))
        new = merged(one, as_stored(stored, number=month.number), number=month.number)
        saved.append(
            write_changed(
                month,
                stored,
                {"name": scheme.name, **new.facts},
                new.figures,
                new.plan,
                expected_version=one.version,
                by=by.user,
                at=at,
            )
        )
    return saved
