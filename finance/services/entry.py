"""Entering a month's figures: a cell, a pasted block or a whole file, all of it or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from finance.access import Entrant
from finance.errors import CannotEnter, StalePosition
from finance.models import FinanceMonth, Position, Submission, SubmissionState
from finance.models.line import FIGURES
from finance.selectors.positions import budgeted_in
from finance.services.locking import enter_month, open_submission
from icp.accounts.models import User
from programmes.models import Organisation

# What a finance lead enters of a line.
FIELDS = (*FIGURES, "comment", "corrects", "correction")


@dataclass(frozen=True)
class Entry:
    """New values of some fields of a line (any of :data:`FIELDS`; money in pounds).

    ``version`` is the one the person was looking at: 0 where nothing was entered yet.
    """

    line: int
    version: int
    values: Mapping[str, Any]


@transaction.atomic
def save_positions(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    entries: Sequence[Entry],
    by: Entrant,
    at: datetime,
) -> list[Position]:
    """Save all of ``entries``, or none. Saving what is stored already changes nothing. Returns them as stored.

    A line's first entry begins with the annual budget that opening budget and virements give, and with the
    phased budget to date where there is one, unless the entry says otherwise.

    Raises:
        CannotEnter: the month is closed, to this person too; the figures are handed in, a line is not the partner's in that month,
            or what is corrected is no earlier closed month of the place.
        StalePosition: another person saved one of them since, with other values.
    """
    month = enter_month(month=month, by=by)
    begins = SubmissionState.IN_HAND if entries else SubmissionState.NOT_STARTED
    submission = open_submission(month=month, organisation=organisation, begins=begins)
    stored = _stored(month, organisation, entries)
    fresh = _fresh(month, organisation, {one.line for one in entries} - stored.keys())
    if unknown := [one for one in entries if one.line not in stored and one.line not in fresh]:
        raise CannotEnter(
            f"{len(unknown)} of the lines are not {organisation.short_name}'s in {month}. "
            "Load the page again: its lines have changed."
        )
    entries = _without_untouched(entries, stored)
    _check_versions(entries, stored)
    saved = []
    for entry in entries:
        _check(entry, month)
        position = stored.get(entry.line) or fresh[entry.line]
        saved.append(_save(position, entry.values, by=by.user, at=at))
    if submission.state == SubmissionState.NOT_STARTED and any(one.pk for one in saved):
        Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.IN_HAND)
    return saved


def _stored(
    month: FinanceMonth, organisation: Organisation, entries: Sequence[Entry]
) -> dict[int, Position]:
    """What is entered already, of the partner's lines that the month still has."""
    mine = Position.objects.select_for_update(of=("self",)).filter(
        month=month,
        line__in=[one.line for one in entries],
        line__organisation=organisation,
        line__from_month__lte=month.number,
        line__to_month__gte=month.number,
    )
    found = mine.select_related("line", "entered_by").order_by("pk")
    return {one.line_id: one for one in found}


def _without_untouched(entries: Sequence[Entry], stored: Mapping[int, Position]) -> list[Entry]:
    """An entry that says what its line said when it was looked at asks for nothing: a page sends all of its lines."""
    stale = {
        one.line: one.version
        for one in entries
        if one.line in stored and one.version != stored[one.line].version
    }
    if not stale:
        return list(entries)
    history = Position.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id__in=[stored[line].pk for line in stale]
    )
    seen = {
        one.line_id: one for one in history.order_by("pgh_id") if one.version == stale[one.line_id]
    }
    blank = dict.fromkeys(FIGURES) | {"comment": "", "corrects": None, "correction": ""}
    return [
        one
        for one in entries
        if one.line not in stale or not _says(seen.get(one.line), blank, one.values)
    ]


def _says(copy: Any, blank: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether a copy from the history says so; where there is none, nothing had been entered."""
    return all(
        (getattr(copy, name) if copy else blank[name]) == value for name, value in values.items()
    )


def _check_versions(entries: Sequence[Entry], stored: Mapping[int, Position]) -> None:
    stale = {
        one.line: stored.get(one.line)
        for one in entries
        if one.version != getattr(stored.get(one.line), "version", 0)
        and not _says_already(stored.get(one.line), one.values)
    }
    if stale:
        who = {str(one.entered_by) for one in stale.values() if one and one.entered_by}
        raise StalePosition(
            f"{', '.join(sorted(who)) or 'Somebody'} saved these lines while you were entering. "
            "Both figures are shown: choose which to keep.",
            current=stale,
        )


def _says_already(position: Position | None, values: Mapping[str, Any]) -> bool:
    return position is not None and all(
        getattr(position, name) == value for name, value in values.items()
    )


def _fresh(
    month: FinanceMonth, organisation: Organisation, keys: Collection[int]
) -> dict[int, Position]:
    """The first entries of the partner's lines among ``keys``, by line, as their budgets begin them."""
    lines = budgeted_in(month=month, organisation=organisation, keys=keys) if keys else []
    return {
        one.line.pk: Position(
            line=one.line,
            month=month,
            version=0,
            annual_budget=one.budget,
            ytd_budget=one.phased,
        )
        for one in lines
    }


def _check(entry: Entry, month: FinanceMonth) -> None:
    if wrong := set(entry.values) - set(FIELDS):
        raise TypeError(f"Not fields of a position: {', '.join(sorted(wrong))}")
    corrected = entry.values.get("corrects")
    if corrected is not None and not (
        corrected.place_id == month.place_id
        and corrected.is_closed
        and corrected.month < month.month
    ):
        raise CannotEnter("Only an earlier month that is closed can be corrected.")


def _save(position: Position, values: Mapping[str, Any], *, by: User, at: datetime) -> Position:
    if position.pk and _says_already(position, values):
        return position
    for name, value in values.items():
        setattr(position, name, value)
    position.version += 1
    position.entered_by, position.entered_at = by, at
    position.save()
    return position
