"""Numbers for the rows of a file that was not written here: found again by name, else the next free ones."""

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Protocol

from programmes.importers.plan import Known
from programmes.rules.row_numbers import highest_number


class Numbered(Protocol):
    programme: str
    plan_id: str

    def text(self, *names: str) -> str: ...


class Numbering:
    """``matched`` counts the rows that were found again by name: the same file twice then changes nothing."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.matched = 0

    def give(self, rows: Iterable[Numbered]) -> None:
        """A number to each row that has none: of rows with one name, the first to the first."""
        rows = list(rows)
        named = {(row.programme, row.plan_id) for row in rows if row.plan_id}
        waiting: dict[tuple[str, str], deque[str]] = defaultdict(deque)
        for code, existing in self.known.rows.items():
            for number, name in existing:
                if (code, number) not in named:
                    waiting[code, name].append(number)
        following = {code: self._highest(code, named) for code in {row.programme for row in rows}}
        for row in rows:
            if row.plan_id:
                continue
            same = waiting[row.programme, row.text("Name")]
            if same:
                row.plan_id = same.popleft()
                self.matched += 1
            else:
                following[row.programme] += 1
                row.plan_id = str(following[row.programme])

    def _highest(self, code: str, named: set[tuple[str, str]]) -> int:
        """The highest number given away in a programme, removed rows included; 0 for none."""
        numbers = {*self.known.taken.get(code, ()), *(n for c, n in named if c == code)}
        return highest_number(numbers)
