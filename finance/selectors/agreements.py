"""Agreements with all that hangs on them, as the rules read them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from finance.models import Agreement, AgreementParty, ClauseKind
from finance.rules.agreements import (
    Band,
    Borne,
    KeyDate,
    Option,
    Term,
    key_dates,
    overspend_borne,
)

PARTS = (
    "parties__organisation",
    "options",
    "contributions__organisation",
    "bands__organisation",
    "clauses",
)


@dataclass(frozen=True)
class Standing:
    """One agreement, its term and the days to watch, the next first."""

    agreement: Agreement
    term: Term
    dates: list[KeyDate]
    today: date

    @property
    def to_come(self) -> list[KeyDate]:
        return [one for one in self.dates if one.day >= self.today]

    @property
    def next_date(self) -> KeyDate | None:
        return self.to_come[0] if self.to_come else None

    @property
    def has_ended(self) -> bool:
        return self.term.end < self.today


def with_parts(agreements: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    """Five queries more, however many agreements there are."""
    return agreements.prefetch_related(*PARTS)


def standing_of(agreement: Agreement, *, today: date) -> Standing:
    """No query where its parts are there already (:func:`with_parts`)."""
    term = Term(
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        options=[Option(one.extends_to, one.state) for one in agreement.options.all()],
        notice_months=agreement.notice_months,
        decide_months=agreement.decide_months,
        notice_given_on=agreement.notice_given_on,
    )
    variations = {
        one.title: one.counts_from
        for one in agreement.clauses.all()
        if one.kind == ClauseKind.VARIATION and one.counts_from
    }
    return Standing(agreement, term, key_dates(term, variations=variations), today)


def contributions_by_year(agreement: Agreement) -> dict[int, dict[str, Decimal]]:
    """What each party puts in, by year and short name, the latest year first."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    said = sorted(agreement.contributions.all(), key=lambda one: (-one.year, one.organisation_id))
    for one in said:
        found[one.year][one.organisation.short_name] = one.amount
    return dict(found)


def bands_of(agreement: Agreement) -> list[Band]:
    """The table of who bears what above which amount."""
    found: dict[Decimal, dict[str, Decimal]] = defaultdict(dict)
    for one in sorted(agreement.bands.all(), key=lambda band: (band.above, band.organisation_id)):
        found[one.above][one.organisation.short_name] = one.percent
    return [Band(above, percents) for above, percents in found.items()]


def borne_of(agreement: Agreement, amount: Decimal, *, year: int) -> Borne:
    """Who bears an overspend of ``amount`` in a year, by the agreement's rule."""
    return overspend_borne(
        amount,
        rule=agreement.share_rule,
        contributions=contributions_by_year(agreement).get(year, {}),
        bands=bands_of(agreement),
    )


def parties_in_words(agreement: Agreement) -> str:
    """CCG (host), LBH."""
    return ", ".join(
        _party(one.organisation.short_name, one.is_host) for one in parties_of(agreement)
    )


def parties_of(agreement: Agreement) -> list[AgreementParty]:
    """The host first, then in the place's order."""
    return sorted(agreement.parties.all(), key=lambda one: (not one.is_host, one.organisation_id))


def _party(name: str, is_host: bool) -> str:
    return f"{name} (host)" if is_host else name
