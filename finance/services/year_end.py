"""Opening the next financial year: its lines, and what each carries on (domain section 6)."""

from collections.abc import Sequence

from django.db import transaction

from finance.errors import CannotChangeLines
from finance.models import Basis, BudgetLine, FinanceMonth
from finance.rules.lines import NewLine
from finance.rules.years import FinanceMonthKey, year_name
from icp.common.words import plural
from programmes.models import Organisation, Place, Programme


@transaction.atomic
def open_year(*, place: Place, year: int, lines: Sequence[NewLine]) -> list[BudgetLine]:
    """Make the lines of a year that has none, all or nothing, and open its first month.

    A partner's note on the basis of its figures goes on with them, until another is written.

    Raises:
        CannotChangeLines: the year has lines already, none are named, or one names what is not the place's.
    """
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    there = BudgetLine.objects.filter(organisation__place=place, year=year).count()
    if there:
        raise CannotChangeLines(
            f"{year_name(year)} has {plural(there, 'line')} already: change them one by one."
        )
    if not lines:
        raise CannotChangeLines("Let at least one line go on, or add one.")
    _check(place, year, lines)
    made = []
    for order, one in enumerate(lines, start=1):
        line = BudgetLine.objects.create(
            organisation_id=one.organisation,
            year=year,
            fund=one.fund,
            workstream_id=one.workstream,
            name="" if one.workstream else one.name,
            is_income=one.is_income,
            opening_budget=one.opening,
            pooled_budget=one.division.pooled,
            aligned_budget=one.division.aligned,
            order=order,
        )
        line.continues.set(one.continues)
        made.append(line)
    _carry_bases(year, {one.organisation for one in lines})
    first = FinanceMonthKey(year, 1)
    FinanceMonth.objects.get_or_create(place=place, year=first.year, number=first.number)
    return made


def _carry_bases(year: int, partners: set[int]) -> None:
    for one in Basis.objects.filter(organisation__in=partners, year=year - 1).order_by("pk"):
        Basis.objects.get_or_create(
            organisation_id=one.organisation_id, year=year, defaults={"text": one.text}
        )


def _check(place: Place, year: int, lines: Sequence[NewLine]) -> None:
    """Keys of another place, or of another year than the one before, are nobody's to carry on."""
    asked = {key for one in lines for key in one.continues}
    theirs = BudgetLine.objects.filter(organisation__place=place, year=year - 1, pk__in=asked)
    partners = {one.organisation for one in lines}
    workstreams = {one.workstream for one in lines if one.workstream}
    if (
        theirs.count() != len(asked)
        or Organisation.objects.filter(place=place, pk__in=partners).count() != len(partners)
        or Programme.objects.filter(place=place, pk__in=workstreams).count() != len(workstreams)
    ):
        raise CannotChangeLines("Something of another place or year is named: load the page again.")
