"""Working papers of a line: kept whole, handed out as downloads only, taken away without losing that they were there."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from finance.errors import CannotKeepPaper
from finance.models import BudgetLine, WorkingPaper
from icp.accounts.models import User
from programmes.services.attachments import AT_MOST, clean_name


@transaction.atomic
def attach_paper(
    *, line: BudgetLine, name: str, content: bytes, by: User, at: datetime
) -> WorkingPaper:
    """Keep a file with a line.

    Raises:
        CannotKeepPaper: it is empty or larger than ``UPLOAD_MAX_BYTES``, or the line holds too many.
    """
    if not content:
        raise CannotKeepPaper("The file is empty.")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise CannotKeepPaper(f"The file is larger than {most} MB: attach a smaller one.")
    if WorkingPaper.objects.filter(line=line, removed_at=None).count() >= AT_MOST:
        raise CannotKeepPaper(f"A line holds {AT_MOST} files at most: take one away first.")
    return WorkingPaper.objects.create(
        line=line,
        name=clean_name(name),
        content=content,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        added_by=by,
        added_at=at,
    )


@transaction.atomic
def take_paper_away(*, paper: WorkingPaper, at: datetime) -> None:
    """Empty a file; that it was attached, by whom and when stays. Taking it away twice changes nothing."""
    found = WorkingPaper.objects.select_for_update().get(pk=paper.pk)
    if found.removed_at:
        return
    found.content, found.removed_at = b"", at
    found.save(update_fields=["content", "removed_at"])
