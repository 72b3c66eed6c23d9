"""The grid of the monthly update: each row with its form, what was refused, and two people's values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from icp.accounts.models import User
from icp.common.words import british_date, short_date
from programmes import services
from programmes.errors import CannotSave, StaleStatus
from programmes.forms import StatusForm
from programmes.models import Board, Period, Rag, Status
from programmes.selectors import UpdateRow
from programmes.services.statuses import FIELDS

CORRECTED = "correction_note"
COMPARED = (*FIELDS, CORRECTED)


@dataclass(frozen=True)
class Difference:
    """One field that two people filled in differently. ``keep`` is what is chosen until they choose."""

    name: str
    label: str
    mine: str
    theirs: str
    keep: str


@dataclass
class GridRow:
    """A row of the page. ``typed`` until what was typed in it is saved; ``refused`` says why it was not."""

    row: UpdateRow
    form: StatusForm
    differences: list[Difference] = field(default_factory=list)
    refused: str = ""
    typed: bool = False
    # Both people's values were shown, and what was pressed is no choice between them.
    is_undecided: bool = False

    @property
    def prefix(self) -> str:
        return prefix_of(self.row.item.pk)

    @property
    def version(self) -> Any:
        """What the next save is compared with: the version typed against, until a choice is made.

        Showing both values does not move it: a save that is no choice meets the same conflict again.
        """
        if self.form.is_bound:
            return self.form["version"].value()
        return self.row.status.version if self.row.status else 0

    @property
    def is_wrong(self) -> bool:
        return bool(self.refused or self.differences or (self.form.is_bound and self.form.errors))

    @property
    def saved_at(self) -> str:
        """10:32 on the day itself, else 10:32 on 12 Feb 2020."""
        if self.row.status is None:
            return ""
        at = timezone.localtime(self.row.status.updated_at)
        return f"{at:%H:%M} on {short_date(at.date())}"

    @property
    def opens_more(self) -> bool:
        """The part with a decision or a need to know stands open when something is in it, or wrong with it."""
        status, errors = self.row.status, self.form.errors if self.form.is_bound else {}
        more = ("decision_from", "decision_needed", "need_to_know", "need_to_know_note", CORRECTED)
        return any(getattr(status, name, None) or name in errors for name in more) or any(
            wanted.field in more for wanted in self.row.missing
        )

    @property
    def can_copy(self) -> bool:
        """Last period's reason or plan could still be copied into this row."""
        last, status = self.row.last, self.row.status
        if last is None:
            return False
        return status is None or any(
            getattr(last, name) and not getattr(status, name) for name in ("reason", "get_to_green")
        )

    @property
    def can_share(self) -> bool:
        return bool(self.row.status and (self.row.status.reason or self.row.status.get_to_green))


def prefix_of(item_id: int) -> str:
    return f"r{item_id}"


def shown_grid(rows: Iterable[UpdateRow], *, boards: list[Board]) -> list[GridRow]:
    """The rows as they are stored."""
    return [
        GridRow(
            row,
            StatusForm(
                boards=boards, status=row.status, last=row.last, prefix=prefix_of(row.item.pk)
            ),
        )
        for row in rows
    ]


def typed_grid(
    rows: Iterable[UpdateRow],
    *,
    data: QueryDict,
    boards: list[Board],
    choosing: Callable[[int], bool],
) -> list[GridRow]:
    """The rows as they were typed: those that ``data`` holds are bound to it.

    ``choosing`` says whether what was pressed chooses between two people's values of the row of a key.
    """
    grid = []
    for row in rows:
        prefix = prefix_of(row.item.pk)
        if f"{prefix}-version" not in data:
            grid += shown_grid([row], boards=boards)
            continue
        decided = choosing(row.item.pk) and _saw(data, prefix) is not None
        form = StatusForm(
            _chosen(data, row=row, prefix=prefix) if decided else data,
            boards=boards,
            status=row.status,
            last=row.last,
            prefix=prefix,
        )
        line = GridRow(row, form, typed=_is_typed(form, row))
        line.is_undecided = line.typed and not decided and _has_choices(data, prefix)
        grid.append(line)
    return grid


def _has_choices(data: QueryDict, prefix: str) -> bool:
    """The page that was sent showed two people's values of this row."""
    return any(f"{prefix}-{name}" in data for name in ("saw", "take")) or any(
        f"{prefix}-take-{name}" in data for name in COMPARED
    )


def _saw(data: QueryDict, prefix: str) -> str | None:
    """The other person's version that the page put beside one's own; None where it showed none."""
    seen = data.get(f"{prefix}-saw", "")
    return seen if seen.isascii() and seen.isdigit() else None


def _is_typed(form: StatusForm, row: UpdateRow) -> bool:
    """The person changed something: what they sent is not what they were shown."""
    changed = set(form.changed_data) - {"version"}
    if not changed:
        return False
    if form.is_valid() and row.status and form.expected_version != row.status.version:
        return bool(_differing(form.values(), version_of(row.status, form.expected_version)))
    return True


def _chosen(data: QueryDict, *, row: UpdateRow, prefix: str) -> Mapping[str, Any]:
    """What was typed, with the other person's value wherever that one was chosen.

    It is compared with the version that was shown beside it: a third save since is shown in its turn.
    """
    changed = data.copy()
    changed[f"{prefix}-version"] = _saw(data, prefix) or ""
    taken = {
        name
        for name in COMPARED
        if data.get(f"{prefix}-take", data.get(f"{prefix}-take-{name}")) == "theirs"
    }
    if not taken or row.status is None:
        return changed
    theirs = StatusForm(boards=[], status=row.status).initial
    for name in taken:
        value = theirs[name]
        changed.pop(f"{prefix}-{name}", None)
        if value not in (None, False):
            text = short_date(value) if isinstance(value, date) else str(value)
            changed[f"{prefix}-{name}"] = text
    return changed


def save_rows(grid: Iterable[GridRow], *, period: Period, by: User, at: datetime) -> list[GridRow]:
    """Save what was typed in each row by itself; what cannot be saved stays as typed and says why.

    Returns the rows that could not be saved.
    """
    wrong = []
    for line in grid:
        if line.typed:
            _save(line, period=period, by=by, at=at)
        if line.is_wrong:
            wrong.append(line)
    return wrong


def _save(line: GridRow, *, period: Period, by: User, at: datetime) -> None:
    if not line.form.is_valid():
        return
    try:
        line.row.status = services.record_status(
            item=line.row.item,
            period=period,
            by=by,
            at=at,
            expected_version=line.form.expected_version,
            values=line.form.values(),
        )
    except StaleStatus as stale:
        line.refused = str(stale)
        _compare(line, stored=stale.current)  # type: ignore[arg-type]
    except CannotSave as refused:
        line.refused = str(refused)
    else:
        line.typed = False


def ask_again(line: GridRow) -> None:
    """Show both people's values once more: a choice that nobody has pressed is no choice."""
    line.refused = f"Two people changed {line.row.item.reference}: choose for each, then save."
    if line.row.status is not None and line.form.is_valid():
        _compare(line, stored=line.row.status)


def _compare(line: GridRow, *, stored: Status) -> None:
    """Put both people's values side by side. What only one of them changed is chosen for them."""
    mine = line.form.values()
    changed_by_me = _differing(mine, version_of(stored, line.form.expected_version))
    different = _differing(mine, stored)
    line.row.status = stored
    line.differences = [
        Difference(
            name=name,
            label=str(line.form.fields[name].label),
            mine=words(name, mine[name]),
            theirs=words(name, getattr(stored, name)),
            keep="mine" if name in changed_by_me else "theirs",
        )
        for name in COMPARED
        if name in different
    ]


def _differing(values: Mapping[str, Any], stored: Any) -> set[str]:
    """The fields whose value is not the stored one."""
    return {name for name in COMPARED if plain(values[name]) != plain(getattr(stored, name))}


def plain(value: Any) -> Any:
    return value.pk if isinstance(value, Board) else value


def version_of(status: Status, version: int) -> Any:
    """The status as it was at ``version``, from its history; empty where it was none yet."""
    history = Status.pgh_event_model.objects.filter(pgh_obj_id=status.pk, version=version)  # type: ignore[attr-defined]
    return history.select_related("decision_from").order_by("pgh_id").last() or Status()


def words(name: str, value: Any) -> str:
    """A field's value for reading; empty stays in words too."""
    if value is None or value == "":
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return british_date(value)
    if name == "percent_complete":
        return f"{value}%"
    return Rag(value).label if name == "rag" else str(value)
