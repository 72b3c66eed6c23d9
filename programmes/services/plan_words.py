"""What the preview of an import says of a row: values in words, and what is worth a look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from icp.common.words import first_few, plural, short_date
from programmes.models import Programme
from programmes.rules.durations import computed_days, differs
from programmes.rules.outline import Span, roll_up, spans_children
from programmes.services.plan_rows import RowNow

# So many rows are named in one sentence, and no more.
NAMED = 8


def shown(value: Any) -> str:
    """A field's value as the preview prints it."""
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return short_date(value) if isinstance(value, date) else str(value)


def notes_of(
    programme: Programme,
    items: list[RowNow],
    placed: list[tuple[RowNow, RowNow | None]],
    holidays: frozenset[date],
) -> Iterable[str]:
    """What is kept as it is, and worth a look: durations that differ, dates that nobody gives, summaries that do
    not span."""
    yield from (note for item in items if (note := duration_note(item, holidays)))
    awaited = (item for item in items if item.start_tbc or item.finish_tbc)
    yield from nobody_gives(
        [item.reference for item in awaited if not (item.tbc_from_id or item.removed_at)]
    )
    below: dict[int, list[Span]] = defaultdict(list)
    above = {id(item): parent for item, parent in placed if parent is not None}
    for item in items:
        if not item.is_summary:
            span, parent = Span(item.start, item.finish), above.get(id(item))
            while parent is not None:
                below[id(parent)].append(span)
                parent = above.get(id(parent))
    for item in items:
        if item.is_summary and not spans_children(Span(item.start, item.finish), below[id(item)]):
            found = roll_up(below[id(item)])
            yield (
                f"{item.reference}: its dates do not span the rows below it"
                f" ({shown(found.start)} to {shown(found.finish)})."
            )


def nobody_gives(references: Sequence[str]) -> Iterable[str]:
    """A sentence on rows with a date to be confirmed of which nobody is said to give it; none without such rows."""
    if references:
        one = len(references) == 1
        yield (
            f"{plural(len(references), 'row')} {'has' if one else 'have'} a date to be confirmed, and nobody is named"
            f" who gives it, by when: {first_few(references, NAMED)}."
            f" Say so on {'its page' if one else 'their pages'}."
        )


def duration_note(item: RowNow, holidays: frozenset[date]) -> str:
    """The sentence for a row whose declared and computed durations differ; empty when they agree."""
    computed = computed_days(
        kind=item.kind, start=item.start, finish=item.finish, holidays=holidays
    )
    if not differs(declared=item.declared_days, computed=computed):
        return ""
    return (
        f"{item.reference}: the source prints {item.declared_duration},"
        f" its dates give {computed} working days."
    )
