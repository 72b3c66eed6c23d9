"""The lines of the money that risks can be tied to: what the finance room has, as the registers ask for it."""

from datetime import date

from django.urls import reverse

from finance.access import lines_of
from finance.rules.years import month_of
from programmes.access import Roles
from programmes.models import Place
from risks.lines_of_money import MoneyLine


def money_lines(place: Place, roles: Roles, on: date) -> list[MoneyLine]:
    """The lines of the newest year that has begun and has any, in their order. One query."""
    rows = lines_of(place=place, roles=roles).filter(year__lte=month_of(on).year)
    newest = rows.order_by("-year").values("year")[:1]
    found = rows.filter(year=newest).select_related("organisation", "workstream")
    # Of a line that was merged or moved within the year, the later part.
    return list(
        {
            (identity := (one.organisation_id, one.fund, one.workstream_id, one.name)): MoneyLine(
                one.pk,
                identity,
                str(one),
                reverse("money-line", kwargs={"place": place.slug, "line": one.pk}),
            )
            for one in found.order_by("organisation_id", "order", "pk")
        }.values()
    )
