"""Rows of a plan that a file does not have: left as they are, unless somebody asks for them to be removed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from programmes.services.plan_rows import RowNow

# Why a row went, where nobody said more.
BECAUSE = "It was not in the plan file that was imported."


@dataclass
class Leaving:
    """The rows that go, in plan order; ``notes`` say of one that was asked for why it stays."""

    rows: list[RowNow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def leaving(
    placed: Sequence[tuple[RowNow, RowNow | None]],
    *,
    chosen: Collection[str],
    left: Collection[str],
) -> Leaving:
    """Which rows of a programme go. ``placed`` are its rows in plan order, each with its heading; ``chosen`` the
    references that somebody ticked among those ``left`` out of the file.

    What was left out below a row goes with it. A row stays that one of the file's stands under.
    """
    going: set[int] = set()
    for item, above in placed:
        with_it = above is not None and id(above) in going and item.reference in left
        if item.reference in chosen or with_it:
            going.add(id(item))
    found = Leaving()
    # From below: a row that stays keeps the heading above it, and that one its own.
    for item, above in reversed(placed):
        if above is not None and id(item) not in going and not item.removed_at:
            if id(above) in going:
                going.discard(id(above))
                found.notes.append(_stays(above, item.reference))
    found.rows = [item for item, _ in placed if id(item) in going]
    return found


def _stays(item: RowNow, below: str) -> str:
    return f"{item.reference} is not removed: {below} stands under it. Move that elsewhere first."
