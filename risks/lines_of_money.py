"""The lines of the money that a risk can be tied to: told by a floor above, since no room knows another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from programmes.access import Roles
from programmes.models import Place

# A partner's key, a fund, a workstream's key, and the name of a line that has none.
Identity = tuple[int, str, int | None, str]


@dataclass(frozen=True)
class MoneyLine:
    """A line in the year at hand: ``key`` is its own, ``href`` the page on which it stands, ``before`` what the lines
    were called that it continues.
    """

    key: int
    identity: Identity
    words: str
    href: str
    before: tuple[Identity, ...] = ()


# Those of a place that somebody with these roles reads, on a day.
Tell = Callable[[Place, Roles, date], list[MoneyLine]]
_tellers: list[Tell] = []


def register_lines(tell: Tell) -> None:
    """Let ``tell`` say which lines there are. Once."""
    if tell not in _tellers:
        _tellers.append(tell)


def lines_of_money(*, place: Place, roles: Roles, on: date) -> list[MoneyLine]:
    """The lines that this person reads; none for who does not read the money."""
    return [one for tell in _tellers for one in tell(place, roles, on)]
