"""A lead's return of one period as a workbook to fill in without the portal, and bring back."""

from collections.abc import Iterable, Iterator
from typing import Any

from icp.common.tabular import SheetForm, write_xlsx
from icp.common.words import british_date
from programmes.models import Board, Period, Programme, Rag, Status
from programmes.selectors import UpdateRow

# What a lead fills in, by the heading it stands under; the names are those of a status.
FILLED_IN = {
    "RAG": "rag",
    "% complete": "percent_complete",
    "forecast finish": "forecast_finish",
    "actual finish": "actual_finish",
    "reason": "reason",
    "get to green": "get_to_green",
    "decision needed from": "decision_from",
    "decision asked for": "decision_needed",
    "need to know": "need_to_know",
    "what the board needs to know": "need_to_know_note",
}
TO_READ = ("row", "name", "agreed finish", "RAG last time")
KEPT = ("period", "id", "version")
HEADINGS = (*TO_READ, *FILLED_IN, *KEPT)


def write_return(
    rows: Iterable[UpdateRow], *, programme: Programme, period: Period, boards: list[Board]
) -> bytes:
    """The workbook, with what the rows say already."""
    title = f"{programme.name}: {period.name}"
    form = SheetForm(
        hidden=KEPT,
        locked=(*TO_READ, *KEPT),
        choices={
            "RAG": [label for _, label in Rag.choices()],
            "decision needed from": [board.short_name for board in boards],
            "need to know": ["yes", "no"],
        },
        instructions=_instructions(programme, period),
    )
    return write_xlsx(HEADINGS, _cells(rows, period), sheet="Return", title=title, form=form)


def _instructions(programme: Programme, period: Period) -> tuple[str, ...]:
    return (
        f"The {period.name} return of {programme.name}, due on {british_date(period.due_on)}.",
        "Fill in what you know: the grey columns on the left are only to read. An empty cell says nothing.",
        "RAG and the boards are chosen from the list in the cell. Dates: 28/2/2020. Complete: a number from 0 to 100.",
        "Red and amber need a reason and what gets it to green; complete needs the actual finish.",
        "Bring the file back on the same page of the portal: you see every change, and what others said meanwhile, before anything is saved.",
        "The file saves; it does not submit. Submit the return on the portal when it is whole.",
    )


def _cells(rows: Iterable[UpdateRow], period: Period) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        item, said = row.item, row.status or Status()
        yield (
            item.reference,
            item.name,
            item.baseline_finish,
            Rag(row.last.rag).label if row.last and row.last.rag else "",
            Rag(said.rag).label if said.rag else "",
            said.percent_complete,
            said.forecast_finish,
            said.actual_finish,
            said.reason,
            said.get_to_green,
            said.decision_from.short_name if said.decision_from else "",
            said.decision_needed,
            "yes" if said.need_to_know else "",
            said.need_to_know_note,
            period.key,
            item.pk,
            said.version if row.status else 0,
        )
