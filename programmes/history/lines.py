"""A change as a line to print: when, who, by which way, of what, from what to what, and why."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from icp.audit.models import Change, ChangeKind, Way
from icp.common.words import sentence_list
from programmes.history.covering import lent_to, was_covering
from programmes.history.names import Key, Named, names_of, word_of
from programmes.history.words import (
    NOTHING,
    date_and_time,
    is_technical,
    key_in,
    label_of,
    place_in_form,
    task_in_words,
    turn_in_words,
    value_in_words,
)
from programmes.models import Cover

# What is told beside the change, as why it was made.
WHY = ("reason", "question")
# What a line says of what was added or removed by naming it.
NAMED = ("place_id", "programme_id", "system_id", "item_id", "period_id")
# Who did it when a form keeps that too: told once, as who.
ITSELF = (
    "uploaded_by_id",
    "invited_by_id",
    "offered_by_id",
    "submitted_by_id",
    "set_by_id",
    "ended_by_id",
    "asked_by_id",
    "answered_by_id",
)
NOBODY = {
    Way.TASK: "The portal",
    Way.COMMAND: "Somebody at the command line",
    Way.IMPORT: "An import",
    Way.SQL: "Somebody with the database",
    Way.PAGE: "Somebody signed out",
    Way.API: "Somebody signed out",
}


@dataclass(frozen=True)
class FieldChange:
    """One field: its name, and its values in words. ``turn`` says all of it where there is a better way."""

    label: str
    before: str
    after: str
    turn: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """``subject`` is what was changed, ``kind`` the word for it; ``because`` is empty where nobody said why."""

    at: datetime
    when: str
    who: str
    how: str
    kind: str
    subject: str
    href: str
    event: str
    verb: str
    changes: tuple[FieldChange, ...]
    because: str
    programme: str

    @property
    def words(self) -> list[str]:
        """Each field that changed: RAG amber to red; forecast finish nothing to 12 Feb 2020."""
        return [_in_words(one, self.event) for one in self.changes]


def lines_of(changes: Iterable[Change], *, without: Container[str] = ()) -> list[HistoryLine]:
    """The lines of some changes: a query for each kind of thing they name, whatever their number. ``without`` are
    columns, such as risks.link.fund, that who reads them is not told.
    """
    changes = list(changes)
    names, lent = names_of(_keys(changes)), lent_to(changes)
    return [_line(change, names, lent, without) for change in changes]


def in_pieces(changes: Iterable[Change], size: int = 10_000) -> Iterator[HistoryLine]:
    """The lines of any number of changes, for a download: memory stays level, and queries stay few."""
    piece: list[Change] = []
    for change in changes:
        piece.append(change)
        if len(piece) == size:
            yield from lines_of(piece)
            piece = []
    yield from lines_of(piece)


def _keys(changes: list[Change]) -> Iterator[Key]:
    for change in changes:
        yield change.kind, change.object_id
        if change.by_id:
            yield "accounts.user", change.by_id
        if change.programme_id:
            yield "programmes.programme", change.programme_id
        for column, values in change.changes.items():
            for value in values:
                if key := key_in(change.kind, column, value):
                    yield key


def _line(
    change: Change, names: dict[Key, Named], lent: list[Cover], without: Container[str]
) -> HistoryLine:
    subject = names.get((change.kind, change.object_id), Named("something since removed"))
    programme = names.get(("programmes.programme", change.programme_id or 0))
    return HistoryLine(
        at=change.at,
        when=date_and_time(change.at),
        who=_who(change, names) + _covering(change, lent),
        how=how_in_words(change.way, change.via),
        kind=word_of(change.kind),
        subject=subject.text,
        href=subject.href,
        event=change.event,
        verb=ChangeKind(change.event).label,
        changes=tuple(_fields(change, names, without)),
        because=_because(change),
        programme=programme.text if programme else "",
    )


def _who(change: Change, names: dict[Key, Named]) -> str:
    if change.by_id is None:
        return NOBODY[Way(change.way)]
    found = names.get(("accounts.user", change.by_id))
    return found.text if found else "Somebody whose account is gone"


def _covering(change: Change, lent: list[Cover]) -> str:
    """Whose work they did beside their own at that moment."""
    covered = [str(cover.person) for cover in lent if was_covering(cover, change)]
    return f", covering for {sentence_list(covered)}" if covered else ""


def how_in_words(way: str, via: str) -> str:
    """on a page; by the API; while it built the report; by the command load_demo; by SQL, as icp_app."""
    words = {
        Way.PAGE: "on a page",
        Way.API: "by the API",
        Way.IMPORT: "by an import",
        Way.TASK: task_in_words(via),
        Way.COMMAND: f"by the command {via}",
        Way.SQL: f"by SQL, as {via}",
    }
    return words[Way(way)]


def _fields(
    change: Change, names: dict[Key, Named], without: Container[str]
) -> Iterator[FieldChange]:
    kind, columns = change.kind, change.changes
    told = [column for column in columns if f"{kind}.{column}" not in without]
    for column in sorted(told, key=lambda column: place_in_form(kind, column)):
        before, after = columns[column]
        if not _goes_without_saying(change, column, before, after):
            turn = turn_in_words(kind, column, after)
            before, after = (value_in_words(kind, column, one, names) for one in (before, after))
            yield FieldChange(label_of(kind, column), before, after, turn)


def _goes_without_saying(change: Change, column: str, before: object, after: object) -> bool:
    if column in ITSELF or is_technical(change.kind, column):
        return True
    if column in WHY and change.reason:
        # Told as why, unless it is all that changed: then there is nothing that it would be the reason of.
        return not _is_alone(change)
    whole = change.event != ChangeKind.UPDATE
    return whole and (column in NAMED or not (before or after))


def _is_alone(change: Change) -> bool:
    """Only the reason itself was changed, of something that stood already."""
    return change.event == ChangeKind.UPDATE and not set(change.changes) - {*WHY, *ITSELF}


def _because(change: Change) -> str:
    """The reason that was given with this change. One that stood there before is no reason for this one."""
    if _is_alone(change):
        return ""
    told = set(WHY) & set(change.changes)
    if told or not change.reason or "rag" in change.changes or change.kind != "programmes.status":
        return change.reason
    return ""


def _in_words(one: FieldChange, event: str) -> str:
    if one.turn and event != ChangeKind.DELETE:
        return one.turn
    if event == ChangeKind.INSERT:
        return f"{one.label} {one.after}"
    if event == ChangeKind.DELETE:
        return f"{one.label} was {one.before}"
    if one.after == "changed" and one.before == NOTHING:
        return f"{one.label} changed"
    return f"{one.label} {one.before} to {one.after}"
