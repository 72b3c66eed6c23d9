"""Working papers of a line: kept whole, handed out as downloads only, taken away without losing that they were there."""

from datetime import datetime

from django.db import transaction

from finance.errors import CannotKeepPaper
from finance.models import BudgetLine, WorkingPaper
from icp.accounts.models import User
from programmes.services.attachments import AT_MOST, kept_file


@transaction.atomic
def attach_paper(
    *, line: BudgetLine, name: str, content: bytes, by: User, at: datetime
) -> WorkingPaper:
    """Keep a file with a line.

    Raises:
        CannotKeepPaper: it is empty or larger than ``UPLOAD_MAX_BYTES``, or the line holds too many.
    """
    kept = kept_file(name=name, content=content, refuse=CannotKeepPaper)
    if WorkingPaper.objects.filter(line=line, removed_at=None).count() >= AT_MOST:
        raise CannotKeepPaper(f"A line holds {AT_MOST} files at most: take one away first.")
    return WorkingPaper.objects.create(line=line, **kept, added_by=by, added_at=at)
