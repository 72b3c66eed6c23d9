"""What whoever opens the money does next, in a sentence: the finance lead, who runs the months, who publishes.

Most urgent first, and never more than one step for a partner, or for a month.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from icp.common.words import british_date, plural, sentence_list


class Act(StrEnum):
    """What a step leads to."""

    ENTER = "enter"
    SEE = "see"
    MONTH = "month"
    REPORT = "report"


@dataclass(frozen=True)
class Partner:
    """How a partner's month stands: ``state`` as of its submission, ``left`` lines that are not entered whole,
    ``handed_in_by`` the key of who handed it in.
    """

    key: int
    name: str
    state: str
    left: int
    question: str = ""
    handed_in_by: int | None = None


@dataclass(frozen=True)
class Month:
    """An open month. Figures are due on ``due_on``, the day itself included."""

    name: str
    ends_on: date
    due_on: date
    partners: Sequence[Partner]


@dataclass(frozen=True)
class Step:
    """``is_late`` wants doing first; ``is_done`` wants nothing. ``partner`` is the key of whose figures it is about."""

    title: str
    text: str
    act: Act
    partner: int | None = None
    is_late: bool = False
    is_done: bool = False


HANDED_IN, ACCEPTED, QUERIED = "submitted", "accepted", "queried"


def entering(month: Month, mine: Collection[int], *, on: date, gate: str = "") -> list[Step]:
    """Of each partner that one enters for. ``gate`` says why this person enters nothing now; empty where they may."""
    return [_entering(month, one, on, gate) for one in month.partners if one.key in mine]


def _entering(month: Month, one: Partner, on: date, gate: str) -> Step:
    is_late = on > month.due_on
    if gate and one.state == QUERIED:
        return Step(f"{one.name} is asked: {one.question}", gate, Act.SEE, one.key, True)
    if gate and one.state not in (HANDED_IN, ACCEPTED):
        title = f"{one.name}’s {month.name} is not handed in, {_due(month, on)}"
        return Step(title, gate, Act.SEE, one.key, is_late)
    if one.state == QUERIED:
        return Step(f"{one.name} is asked: {one.question}", _ANSWER, Act.ENTER, one.key, True)
    if one.state == HANDED_IN:
        words = "The programme finance lead accepts it, or asks."
        return Step(
            f"{one.name}’s {month.name} is handed in", words, Act.SEE, one.key, is_done=True
        )
    if one.state == ACCEPTED:
        words = "Nothing more to do for it."
        return Step(f"{one.name}’s {month.name} is accepted", words, Act.SEE, one.key, is_done=True)
    if one.left:
        title = f"{one.name}: {plural(one.left, 'line')} to enter, {_due(month, on)}"
        return Step(title, f"{month.name}. {_TYPE}", Act.ENTER, one.key, is_late)
    title = f"{one.name}: hand the month in, {_due(month, on)}"
    words = f"{month.name}: every line is entered. Answer what is asked, then hand it in."
    return Step(title, words, Act.ENTER, one.key, is_late)


_ANSWER = "Change what is wrong, or answer in the comments, then hand it in again."
_TYPE = "Type the figures, paste them or bring a spreadsheet, then hand the month in."


def _due(month: Month, on: date) -> str:
    return f"{'were ' if on > month.due_on else ''}due {british_date(month.due_on)}"


def running(month: Month, *, on: date, by: int | None = None) -> Step:
    """For who accepts figures and closes months: the person with the key ``by``, who accepts nothing that they handed
    in themselves.
    """
    waiting = [one for one in month.partners if one.state not in (HANDED_IN, ACCEPTED)]
    late = on > month.due_on
    asked = _waiting(waiting, month, on)
    handed = [one for one in month.partners if one.state == HANDED_IN]
    own = [one for one in handed if by is not None and one.handed_in_by == by]
    others = [one for one in handed if one not in own]
    colleague = f"You handed {_theirs(own)} in: a colleague accepts." if own else ""
    if others:
        words = _together("Look at the figures; accept them, or ask.", colleague, asked)
        return Step(f"Accept {_theirs(others)} {month.name}", words, Act.MONTH, None, True)
    if waiting:
        words = _together(f"{month.name}. {_CHASE}", colleague)
        return Step(asked.rstrip("."), words, Act.MONTH, None, late)
    if own:
        title = f"{_theirs(own)} {month.name} waits for a colleague to accept"
        return Step(title, _TWO, Act.MONTH, is_done=True)
    if not month.partners:
        words = "Add the budget lines of the year first."
        return Step(f"{month.name} has no partner with lines", words, Act.MONTH)
    if on > month.ends_on:
        return Step(
            f"Every partner is accepted: close {month.name}", _STAMPS, Act.MONTH, None, True
        )
    title = f"Every partner is accepted; {month.name} ends {british_date(month.ends_on)}"
    return Step(title, _STAMPS, Act.MONTH, is_done=True)


_STAMPS = "Closing stamps the figures: they never change after that."
_TWO = "Two people are needed: you handed these figures in yourself."
_CHASE = "Their finance leads are told by mail as the day comes nearer."


def _theirs(partners: Sequence[Partner]) -> str:
    return sentence_list([f"{one.name}’s" for one in partners])


def _together(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _waiting(partners: Sequence[Partner], month: Month, on: date) -> str:
    if not partners:
        return ""
    names = sentence_list([one.name for one in partners])
    return f"Waiting for {names}, {_due(month, on)}."


def publishing(name: str, *, closed_it: bool) -> Step:
    """For who may publish the report of the month called ``name``, which is closed."""
    if closed_it:
        words = "Two people are needed: you closed the month, so a colleague publishes."
        return Step(f"{name}’s report waits to be published", words, Act.REPORT, is_done=True)
    words = "Everybody in the place may read it then, and it never changes."
    return Step(f"Read {name}’s report, then publish it", words, Act.REPORT, None, True)
