"""What of an edit needs to be agreed first, and asking for it (domain section 3, "Change control")."""

import re
from collections.abc import Sequence
from datetime import datetime

from icp.accounts.models import User
from icp.common.words import plural
from programmes.models import (
    Baseline,
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    ChangeState,
    Programme,
)
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
# What the portal calls a request for many rows, and adds where there are more than the one it names.
SHIFTED, PASTED = "Dates of several rows: {}", "Pasted dates: {}"
SEVERAL = re.compile("|".join(one.format(".*") for one in (SHIFTED, PASTED)))
MORE = re.compile(r" and [\d,]+ more rows?$")
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
    of ``why`` is added to what the draft says already; a title that the portal gave it is given anew, by the rows that
    it is about then.

    Raises:
        CannotChangePlan: a line cannot be.
    """
    mine = ChangeRequest.objects.filter(
        programme=programme, drafted_by=by, state=ChangeState.DRAFT
    ).newest_first()
    draft = mine.first()
    if draft and why.strip():
        why = f"{title}: {why}"
    named = _named_in_title(draft) if draft else None
    asked = draft_lines(
        programme=programme,
        lines=lines,
        by=by,
        at=at,
        request=draft,
        title="" if draft else title,
        why=why,
    )
    if named is not None:
        asked.title = _title_for(asked, named)
        asked.save(update_fields=["title"])
    return asked


def title_of(kind: ChangeLineKind, what: str) -> str:
    """What the portal calls a request for one row."""
    return TITLES[kind].format(" ".join(what.split()))[:LONGEST_TITLE].rstrip()


def _named_in_title(draft: ChangeRequest) -> int | None:
    """The key of the line that the portal named it for, 0 where that was none of them alone; None where somebody calls
    it otherwise.
    """
    if SEVERAL.fullmatch(draft.title):
        return 0
    alone = MORE.sub("", draft.title)
    for line in draft.lines.select_related("item__programme").order_by("pk"):
        # What was asked of its row before may have been something else.
        if alone in {title_of(kind, _what(line)) for kind in TITLES}:
            return line.pk
    return None


def _title_for(request: ChangeRequest, named: int) -> str:
    """The line with the key ``named``, or else the first, and how many more there are."""
    lines = request.lines.select_related("item__programme").order_by("pk")
    line = lines.filter(pk=named).first() or lines[0]
    alone, more = title_of(ChangeLineKind(line.kind), _what(line)), lines.count() - 1
    return f"{alone} and {plural(more, 'more row')}" if more else alone


def _what(line: ChangeLine) -> str:
    return str(line.item) if line.item else line.name
