"""What of an edit needs to be agreed first, and asking for it (domain section 3, "Change control")."""

from collections.abc import Sequence
from datetime import datetime

from icp.accounts.models import User
from programmes.models import Baseline, ChangeLineKind, ChangeRequest, ChangeState, Programme
from programmes.rules import changes as rules
from programmes.services.asked_lines import DraftLine
from programmes.services.changes import draft_lines

__all__ = ["DraftLine", "ask", "is_agreed", "needs_request"]


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
    of ``why`` is added to what the draft says already.

    Raises:
        CannotChangePlan: a line cannot be.
    """
    mine = ChangeRequest.objects.filter(
        programme=programme, drafted_by=by, state=ChangeState.DRAFT
    ).newest_first()
    draft = mine.first()
    if draft and why.strip():
        why = f"{title}: {why}"
    return draft_lines(
        programme=programme,
        lines=lines,
        by=by,
        at=at,
        request=draft,
        title="" if draft else title,
        why=why,
    )
