"""What of an edit needs to be agreed first, and asking for it (domain section 3, "Change control")."""

import re
from collections.abc import Sequence
from datetime import datetime

from icp.accounts.models import User
from icp.common.words import plural
from programmes.models import Baseline, ChangeLineKind, ChangeRequest, ChangeState, Programme
from programmes.rules import changes as rules
from programmes.services.asked_lines import DraftLine
from programmes.services.changes import draft_lines

__all__ = ["DraftLine", "ask", "is_agreed", "needs_request", "title_of"]

TITLES = {
    ChangeLineKind.ADD: "New row: {}",
    ChangeLineKind.REMOVE: "Remove {}",
    ChangeLineKind.REDATE: "Other dates for {}",
    ChangeLineKind.RESTORE: "Restore {}",
}
# It leaves room for how many rows more there are.
LONGEST_TITLE = 170


def is_agreed(*, programme: Programme) -> bool:
    """Whether the programme's first plan is agreed: until then all is saved at once. One query."""
    return Baseline.objects.filter(programme=programme).exists()


def needs_request(*, programme: Programme, kind: ChangeLineKind) -> bool:
    """Whether this may only be done by an agreed request. One query."""
    return rules.needs_request(has_baseline=is_agreed(programme=programme), kind=kind.value)


def ask(
    *,
    programme: Programme,
    lines: Sequence[DraftLine],
    by: User,
    at: datetime,
    title: str,
    why: str,
) -> ChangeRequest:
    """Ask for these lines in the person's own newest draft of this programme, else in a new one. What one says
    of ``why`` is added to what the draft says already; a ``title`` that the portal gave it tells how many rows more
    it is about.

    Raises:
        CannotChangePlan: a line cannot be.
    """
    mine = ChangeRequest.objects.filter(
        programme=programme, drafted_by=by, state=ChangeState.DRAFT
    ).newest_first()
    draft = mine.first()
    if draft and why.strip():
        why = f"{title}: {why}"
    first = _title_by_portal(draft) if draft else ""
    asked = draft_lines(
        programme=programme,
        lines=lines,
        by=by,
        at=at,
        request=draft,
        title="" if draft else title,
        why=why,
    )
    if first and (more := asked.lines.count() - 1):
        asked.title = f"{first} and {plural(more, 'more row')}"
        asked.save(update_fields=["title"])
    return asked


def title_of(kind: ChangeLineKind, what: str) -> str:
    """What the portal calls a request for one row."""
    return TITLES[kind].format(" ".join(what.split()))[:LONGEST_TITLE]


def _title_by_portal(draft: ChangeRequest) -> str:
    """What the portal called it for its first row; empty where somebody calls it otherwise."""
    line = draft.lines.select_related("item__programme").order_by("pk").first()
    if line is None:
        return ""
    what = f"{line.item.reference} {line.item.name}" if line.item else line.name
    given = title_of(ChangeLineKind(line.kind), what)
    is_given = re.fullmatch(rf"{re.escape(given)}( and [\d,]+ more rows?)?", draft.title)
    return given if is_given else ""
