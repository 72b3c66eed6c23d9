"""What is done about a risk, what holds it back, and what it hangs together with."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.models import ChangeRequest, Organisation, PlanItem, Post, Programme
from programmes.services.attachments import AT_MOST, kept_file
from risks.errors import CannotChangeRisk, StaleMitigation
from risks.models import Control, ControlLine, Link, Mitigation, Risk, RiskFile
from risks.services.holding import held_open

ACTION_FIELDS = ("what", "owner", "due_on", "percent", "progress", "effect", "done_on")


@transaction.atomic
def add_mitigation(*, risk: Risk, values: Mapping[str, Any], by: User) -> Mitigation:
    """An action with ``values`` (any of :data:`ACTION_FIELDS`). Twice, in every word the same, does it once.

    Raises:
        CannotChangeRisk: the risk is closed, nothing says what is done, or its owner is another place's.
    """
    found = held_open(risk)
    made = Mitigation(risk=found)
    _put(made, values)
    said = {name: getattr(made, name) for name in ACTION_FIELDS}
    there = Mitigation.objects.filter(risk=found, removed_at=None, **said).order_by("pk").first()
    if there is not None:
        return there
    last = Mitigation.objects.filter(risk=found).aggregate(last=Max("order"))["last"] or 0
    made.order = last + 1
    with recorded(way=current_way(), by=by):
        made.save()
    return made


@transaction.atomic
def change_mitigation(
    *, mitigation: Mitigation, values: Mapping[str, Any], seen: int, by: User
) -> Mitigation:
    """Save an action. Saving what is stored changes nothing.

    Raises:
        CannotChangeRisk: the risk is closed, or the action cannot be so.
        StaleMitigation: somebody else saved it since ``seen``, or took it out; carries it as it stands.
    """
    risk = held_open(mitigation.risk)
    found = Mitigation.objects.select_for_update(of=("self",)).get(pk=mitigation.pk)
    found.risk = risk
    if found.removed_at is not None:
        raise StaleMitigation("Somebody took this action out while you were editing.", found)
    if found.version != seen:
        raise StaleMitigation(
            "Somebody else changed this action while you were editing. Both are shown: choose which to keep.",
            found,
        )
    stored = {name: getattr(found, name) for name in ACTION_FIELDS}
    _put(found, values)
    if {name: getattr(found, name) for name in ACTION_FIELDS} == stored:
        return found
    found.version += 1
    with recorded(way=current_way(), by=by):
        found.save()
    return found


@transaction.atomic
def remove_mitigation(
    *, mitigation: Mitigation, by: User, at: datetime, seen: int | None = None
) -> None:
    """Take an action out; that it was there stays in the history. Twice changes nothing.

    Raises:
        CannotChangeRisk: the risk is closed.
        StaleMitigation: somebody else saved it since ``seen``; carries it as it stands.
    """
    held_open(mitigation.risk)
    found = Mitigation.objects.select_for_update(of=("self",)).get(pk=mitigation.pk)
    found.risk = mitigation.risk
    if found.removed_at is not None:
        return
    if seen is not None and found.version != seen:
        raise StaleMitigation("Somebody else changed this action since you looked at it.", found)
    with recorded(way=current_way(), by=by):
        Mitigation.objects.filter(pk=found.pk).update(removed_at=at, version=F("version") + 1)


def _put(made: Mitigation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in ACTION_FIELDS:
            raise ValueError(f"'{name}' is no field of a mitigation.")
        setattr(made, name, value)
    if not made.what.strip():
        raise CannotChangeRisk("Say what is done.")
    _check_place(made.risk, made.owner)
    if made.done_on is not None:
        made.percent = 100
    if not 0 <= made.percent <= 100:
        raise CannotChangeRisk("How far it has come is from 0 to 100%.")


def _check_place(
    risk: Risk, chosen: Post | Organisation | Programme | ChangeRequest | None
) -> None:
    if chosen is not None and chosen.place_id != risk.place_id:
        raise CannotChangeRisk("Choose one of this place.")


@transaction.atomic
def add_control(*, risk: Risk, line: str, what: str, gap: str = "", by: User) -> Control:
    """A control of a risk, or a line of assurance. Twice does it once.

    Raises:
        CannotChangeRisk: the risk is closed, or nothing says what it is.
    """
    found = held_open(risk)
    if not what.strip() or line not in ControlLine.values:
        raise CannotChangeRisk("Say what holds the risk back, or who assures of it.")
    values = {"line": line, "what": what.strip(), "gap": gap.strip()}
    with recorded(way=current_way(), by=by):
        there = Control.objects.filter(risk=found, **values).order_by("pk").first()
        return there or Control.objects.create(risk=found, **values)


@transaction.atomic
def remove_control(*, control: Control, by: User) -> None:
    """Take a control out; the history keeps it.

    Raises:
        CannotChangeRisk: the risk is closed.
    """
    held_open(control.risk)
    with recorded(way=current_way(), by=by):
        Control.objects.filter(pk=control.pk).delete()


@transaction.atomic
def add_link(
    *,
    risk: Risk,
    by: User,
    item: PlanItem | None = None,
    change: ChangeRequest | None = None,
    organisation: Organisation | None = None,
    workstream: Programme | None = None,
    fund: str = "",
    line_name: str = "",
    indicator: str = "",
    indicator_set: str = "",
    words: str = "",
) -> Link:
    """Say what a risk hangs together with: one of the three, an indicator, or something by its name. Twice does it once.

    With a ``fund`` (and, without a workstream, perhaps a ``line_name``) it is one line of a partner's money.

    Raises:
        CannotChangeRisk: the risk is closed, nothing or more than one thing is named, or it is another place's.
    """
    found = held_open(risk)
    indicator, indicator_set = indicator.strip(), indicator_set.strip()
    named = [one for one in (item, change, organisation, indicator) if one]
    if len(named) > 1 or (not named and not words.strip()):
        raise CannotChangeRisk("Name one thing that the risk hangs together with.")
    if indicator_set and not indicator:
        raise CannotChangeRisk("Name the indicator of this set.")
    if (fund or line_name) and (organisation is None or not fund or (line_name and workstream)):
        raise CannotChangeRisk("A line of the money is a partner's, of one fund.")
    if item is not None and item.programme.place_id != found.place_id:
        raise CannotChangeRisk("Choose one of this place.")
    for one in (change, organisation, workstream):
        _check_place(found, one)
    values: dict[str, Any] = {
        "item": item,
        "change": change,
        "organisation": organisation,
        "workstream": workstream if organisation else None,
        "fund": fund,
        "line_name": line_name,
        "indicator": indicator,
        "indicator_set": indicator_set,
        "words": words.strip()[:200],
    }
    with recorded(way=current_way(), by=by):
        there = Link.objects.filter(risk=found, **values).order_by("pk").first()
        return there or Link.objects.create(risk=found, **values)


@transaction.atomic
def remove_link(*, link: Link, by: User) -> None:
    """Untie a risk from something; the history keeps it.

    Raises:
        CannotChangeRisk: the risk is closed.
    """
    held_open(link.risk)
    with recorded(way=current_way(), by=by):
        Link.objects.filter(pk=link.pk).delete()


@transaction.atomic
def attach_file(*, risk: Risk, name: str, content: bytes, by: User, at: datetime) -> RiskFile:
    """Keep a file with a risk.

    Raises:
        CannotChangeRisk: the risk is closed or holds too many.
        CannotSave: the file is empty or too large.
    """
    found = held_open(risk)
    if RiskFile.objects.filter(risk=found, removed_at=None).count() >= AT_MOST:
        raise CannotChangeRisk(f"A risk holds {AT_MOST} files at most: take one away first.")
    kept = kept_file(name=name, content=content)
    with recorded(way=current_way(), by=by):
        return RiskFile.objects.create(risk=found, **kept, added_by=by, added_at=at)


def done_on_of(*, is_done: bool, stored: date | None, today: date) -> date | None:
    """The day an action was done: kept once it is, today when it is said first."""
    return (stored or today) if is_done else None
