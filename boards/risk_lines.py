"""The lines of the money that risks can be tied to: what the finance room has, as the registers ask for it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from finance.access import lines_of
from finance.models import BudgetLine
from finance.rules.years import month_of
from programmes.access import Roles
from programmes.models import Place
from risks.lines_of_money import Identity, MoneyLine

# By the key of a line: the keys and identities of what it continues.
Carried = dict[int, list[tuple[int, Identity]]]


def money_lines(place: Place, roles: Roles, on: date) -> list[MoneyLine]:
    """Each partner's lines of its newest year that has begun, in their order. One that others were carried on in, by
    another name or merged, stands for these too. Two queries.
    """
    rows = lines_of(place=place, roles=roles).filter(year__lte=month_of(on).year)
    newest = rows.filter(organisation=OuterRef("organisation")).order_by("-year").values("year")
    found = rows.filter(year=Subquery(newest[:1])).select_related("organisation", "workstream")
    # Of a line that was merged or moved within the year, the later part.
    latest = {_identity(one): one for one in found.order_by("from_month", "pk")}
    if not latest:
        return []
    carried = _carried(place)
    before = {one.pk: dict(_before(one.pk, carried)) for one in latest.values()}
    ended = {key for keys in before.values() for key in keys}
    standing = (one for one in latest.values() if one.pk not in ended)
    return [
        MoneyLine(
            key=one.pk,
            identity=_identity(one),
            words=str(one),
            href=reverse("money-line", kwargs={"place": place.slug, "line": one.pk}),
            before=tuple(before[one.pk].values()),
        )
        for one in sorted(standing, key=lambda one: (one.organisation_id, one.order, one.pk))
    ]


def _identity(one: BudgetLine) -> Identity:
    return one.organisation_id, one.fund, one.workstream_id, one.name


def _carried(place: Place) -> Carried:
    through = BudgetLine.continues.through.objects.filter(
        from_budgetline__organisation__place=place
    )
    to = (f"to_budgetline__{name}" for name in ("organisation", "fund", "workstream", "name"))
    found: Carried = defaultdict(list)
    for line, key, *identity in through.values_list("from_budgetline", "to_budgetline", *to):
        found[line].append((key, tuple(identity)))
    return found


def _before(line: int, carried: Carried) -> Iterator[tuple[int, Identity]]:
    """All that a line continues, and what these continue."""
    waiting, seen = [line], {line}
    while waiting:
        for key, identity in carried.get(waiting.pop(), ()):
            if key not in seen:
                seen.add(key)
                waiting.append(key)
                yield key, identity
