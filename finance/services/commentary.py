"""Words beside a month's figures: drafted from them, written and accepted by people."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from finance.errors import CannotEnter, StaleMoney
from finance.models import HANDED_IN, Commentary, FinanceMonth, Submission
from finance.rules.commentary import draft
from finance.rules.positions import Amounts
from finance.rules.summary import Line
from finance.selectors import summary_lines
from finance.selectors.months import partners_of
from finance.services.locking import lock_month_for_entry
from icp.accounts.models import User
from programmes.models import Organisation, Programme


@transaction.atomic
def draft_commentary(*, month: FinanceMonth, states: Sequence[str] = HANDED_IN) -> list[Commentary]:
    """A draft for every partner and workstream that has none; drafts follow the figures until somebody accepts one.

    They are of figures in one of ``states``: what is in hand is its partner's own. A draft of figures that are so no
    longer goes with them.

    Raises:
        CannotEnter: the month is closed.
    """
    month = lock_month_for_entry(month)
    handed_in = Submission.objects.filter(month=month, state__in=states)
    partners = set(handed_in.values_list("organisation_id", flat=True))
    lines = [one for one in summary_lines(month=month, partners=partners)[0] if one.amounts]
    kept = {_about(one): one for one in Commentary.objects.select_for_update().filter(month=month)}
    drafts = list(_drafts(month, lines))
    for key in set(kept).difference(_key(about) for about, _ in drafts):
        if kept[key].is_draft:
            kept.pop(key).delete()
    for about, text in drafts:
        found = kept.get(_key(about))
        if found is None:
            named = (
                {"organisation": about}
                if isinstance(about, Organisation)
                else {"workstream": about}
            )
            kept[_key(about)] = Commentary.objects.create(month=month, text=text, **named)
        elif found.is_draft and found.text != text:
            found.text = text
            found.version += 1
            found.save()
    return list(kept.values())


@transaction.atomic
def accept_commentary(
    *, commentary: Commentary, text: str, by: User, at: datetime, expected_version: int
) -> Commentary:
    """Keep ``text`` as a person's words. Accepting the same words again changes nothing.

    Raises:
        CannotEnter: the month is closed, nothing is said, or the draft went with the figures that it was of.
        StaleMoney: somebody else wrote meanwhile.
    """
    lock_month_for_entry(commentary.month)
    found = Commentary.objects.select_for_update().filter(pk=commentary.pk).first()
    if found is None:
        raise CannotEnter("The figures that this was drafted from were taken back meanwhile.")
    if found.text == text and not found.is_draft:
        return found
    if not text.strip():
        raise CannotEnter("Say something, or leave the draft as it is.")
    if found.version != expected_version:
        raise StaleMoney(
            f"Somebody else wrote meanwhile: “{found.text}”. Put both together, then accept.", found
        )
    found.text, found.accepted_by, found.accepted_at = text, by, at
    found.version += 1
    found.save()
    return found


def _about(one: Commentary) -> tuple[str, int]:
    if one.organisation_id:
        return "partner", one.organisation_id
    return "workstream", one.workstream_id or 0


def _key(about: Organisation | Programme) -> tuple[str, int]:
    return ("partner" if isinstance(about, Organisation) else "workstream", about.pk)


def _drafts(
    month: FinanceMonth, lines: list[Line]
) -> Iterable[tuple[Organisation | Programme, str]]:
    for partner in partners_of(place=month.place, year=month.year):
        mine = [one for one in lines if one.organisation == partner.short_name]
        if mine:
            yield partner, draft(_by(mine, "name"), number=month.number)
    names = {one.workstream for one in lines if one.workstream}
    for workstream in Programme.objects.in_place(month.place).filter(name__in=names).in_order():
        mine = [one for one in lines if one.workstream == workstream.name]
        yield workstream, draft(_by(mine, "organisation"), number=month.number)


def _by(lines: list[Line], field: str) -> dict[str, list[Amounts]]:
    found: dict[str, list[Amounts]] = {}
    for one in lines:
        if one.amounts:
            found.setdefault(getattr(one, field), []).append(one.amounts)
    return found
