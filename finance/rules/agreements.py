"""Section 75 agreements: when they end, what is decided by when, and who bears an overspend (domain section 6).

Amounts in pounds, shared out to the penny: parts always add up to the whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from finance.rules.positions import NOUGHT
from icp.common.money import PENNY
from icp.common.months import add_months
from icp.common.words import short_date

OPEN, TAKEN, LAPSED = "open", "taken", "lapsed"
CONTRIBUTIONS, BANDS, OWN = "contributions", "bands", "own"
# So many days before a date the portal warns of it, once each.
WARN_DAYS = (90, 30, 7)


@dataclass(frozen=True)
class Option:
    """An option to extend the term to ``extends_to``."""

    extends_to: date
    state: str = OPEN


@dataclass(frozen=True)
class Term:
    """An agreement's term. ``ends_on`` is its last day before any option; notice ends it earlier."""

    starts_on: date
    ends_on: date
    options: Sequence[Option] = ()
    notice_months: int = 6
    decide_months: int = 1
    notice_given_on: date | None = None

    @property
    def end(self) -> date:
        """The last day as things stand: with the options taken up, or notice that was given."""
        end = max([self.ends_on, *(one.extends_to for one in self.options if one.state == TAKEN)])
        if self.notice_given_on is None:
            return end
        return min(end, add_months(self.notice_given_on, self.notice_months))

    @property
    def longest(self) -> date:
        """The last day if every option that is not let go is taken up."""
        return max([self.end, *(one.extends_to for one in self.options if one.state != LAPSED)])

    @property
    def next_option(self) -> Option | None:
        """The earliest option that is still to be decided; none once notice was given."""
        if self.notice_given_on is not None:
            return None
        found = sorted((one for one in self.options if one.state == OPEN), key=_extends_to)
        return found[0] if found else None

    @property
    def decide_by(self) -> date | None:
        """The last day to decide the next option; None where there is none."""
        return add_months(self.end, -self.decide_months) if self.next_option else None


def _extends_to(one: Option) -> date:
    return one.extends_to


@dataclass(frozen=True, order=True)
class KeyDate:
    """A day on which something of an agreement must have been done, or happens."""

    day: date
    what: str

    def days_left(self, today: date) -> int:
        return (self.day - today).days

    def words(self, today: date) -> str:
        """In 15 days; today; 3 days ago."""
        left = self.days_left(today)
        if left == 0:
            return "today"
        days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        return f"in {days}" if left > 0 else f"{days} ago"


def key_dates(term: Term, *, variations: Mapping[str, date] | None = None) -> list[KeyDate]:
    """The days to watch, the earliest first: the next option, notice, the end, and when variations begin to count."""
    found = [KeyDate(term.end, "It ends")]
    option, by = term.next_option, term.decide_by
    if option is not None and by is not None:
        found.append(KeyDate(by, f"Decide whether to extend to {short_date(option.extends_to)}"))
    if term.notice_given_on is None:
        found.append(
            KeyDate(add_months(term.end, -term.notice_months), "Last day for notice before it ends")
        )
    found += [KeyDate(day, f"Begins to count: {what}") for what, day in (variations or {}).items()]
    return sorted(found)


def warning_due(day: date, *, today: date, ahead: Iterable[int] = WARN_DAYS) -> int | None:
    """Which warning of a day is due: the shortest time ahead that has come; None before, and after the day."""
    left = (day - today).days
    if left < 0:
        return None
    return min((days for days in ahead if left <= days), default=None)


@dataclass(frozen=True)
class Band:
    """What percent each party bears of what lies above ``above`` pounds, up to the next band."""

    above: Decimal
    percents: Mapping[str, Decimal]

    @property
    def whole(self) -> Decimal:
        return sum(self.percents.values(), NOUGHT)


def shared(amount: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """``amount`` in proportion to ``weights``, to the penny; what rounding leaves goes to the largest remainders.

    Empty where nothing has a weight.
    """
    whole = sum(weights.values(), NOUGHT)
    if whole <= 0:
        return {}
    exact = {name: amount * weight / whole for name, weight in weights.items()}
    parts = {name: value.quantize(PENNY, rounding=ROUND_DOWN) for name, value in exact.items()}
    left = amount - sum(parts.values(), NOUGHT)
    pennies = int(abs(left) / PENNY)
    step = PENNY if left > 0 else -PENNY
    order = sorted(parts, key=lambda name: abs(exact[name] - parts[name]), reverse=True)
    for name in order[:pennies]:
        parts[name] += step
    return parts


def by_bands(amount: Decimal, bands: Sequence[Band]) -> dict[str, Decimal]:
    """An overspend, cut into bands and each cut shared by its percents."""
    ordered = sorted(bands, key=lambda one: one.above)
    borne: dict[str, Decimal] = {}
    for number, one in enumerate(ordered):
        upper = ordered[number + 1].above if number + 1 < len(ordered) else amount
        part = min(amount, upper) - one.above
        if part > 0:
            for name, value in shared(part, one.percents).items():
                borne[name] = borne.get(name, NOUGHT) + value
    return borne


@dataclass(frozen=True)
class Borne:
    """Who bears how much, in pounds, and by which rule; ``why_not`` says why it cannot be worked out."""

    parts: Mapping[str, Decimal]
    rule: str
    why_not: str = ""


def overspend_borne(
    amount: Decimal,
    *,
    rule: str,
    contributions: Mapping[str, Decimal],
    bands: Sequence[Band] = (),
) -> Borne:
    """Who bears an overspend of ``amount`` (negative: who keeps an underspend).

    A table of bands is for overspends; an underspend goes back in proportion to contributions.
    """
    if rule == OWN:
        return Borne({}, rule, "Each party bears what its own lines overspend: nothing is shared.")
    if rule == BANDS and amount > 0:
        if not bands:
            return Borne({}, rule, "The table of bands is empty.")
        if wrong := bands_wrong(bands):
            return Borne({}, rule, wrong)
        return Borne(by_bands(amount, bands), rule)
    parts = shared(amount, contributions)
    if not parts:
        return Borne({}, rule, "No party’s contribution of this year is known.")
    return Borne(parts, CONTRIBUTIONS)


def bands_wrong(bands: Sequence[Band]) -> str:
    """What is wrong with a table of bands, in a sentence; empty where it shares all of every overspend."""
    for one in sorted(bands, key=lambda band: band.above):
        if one.whole != 100:
            return f"The shares above £{one.above:,.0f} add up to {one.whole.normalize():f}%, not 100%."
    if min(one.above for one in bands) > 0:
        return "Nothing says who bears the first pound: add a band above £0."
    return ""
