"""Files attached to rows: kept whole, handed out as downloads only, taken away without losing that they were there."""

import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from icp.common.files import KeptFile
from programmes.errors import CannotSave, Refused
from programmes.models import Attachment, PlanItem

AT_MOST = 50
NAME_LIMIT = 150
# What no file system takes, or what would turn a name about in the reader's eyes.
UNWANTED = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ud800-\udfff]'
)


def clean_name(name: str) -> str:
    """The last part of a path, with nothing in it that a file's name cannot be; its ending is kept.

    ``../../a.pdf`` is ``a.pdf``; a name of which nothing is left is ``file``.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = " ".join(UNWANTED.sub(" ", last).split()).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = kept, "", ""
    return f"{stem[:NAME_LIMIT].strip()}{dot}{ending}" or "file"


def kept_file(
    *, name: str, content: bytes, refuse: Callable[[str], Refused] = CannotSave
) -> dict[str, Any]:
    """What is stored of a file that somebody attaches: its name made clean, its bytes, their number and SHA-256.

    Raises:
        Refused: what ``refuse`` makes of a sentence: it is empty or larger than ``UPLOAD_MAX_BYTES``.
    """
    if not content:
        raise refuse("The file is empty.")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise refuse(f"The file is larger than {most} MB: attach a smaller one.")
    return {
        "name": clean_name(name),
        "content": content,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }


@transaction.atomic
def attach(*, item: PlanItem, name: str, content: bytes, by: User, at: datetime) -> Attachment:
    """Keep a file with a row.

    Raises:
        CannotSave: it is empty or larger than ``UPLOAD_MAX_BYTES``, or the row was removed or holds too many.
    """
    if item.removed_at:
        raise CannotSave(f"{item.reference} was removed from the plan: restore it first.")
    kept = kept_file(name=name, content=content)
    if item.attachments.filter(removed_at=None).count() >= AT_MOST:  # type: ignore[attr-defined]
        raise CannotSave(f"A row holds {AT_MOST} files at most: take one away first.")
    with recorded(way=current_way(), by=by):
        return Attachment.objects.create(item=item, **kept, added_by=by, added_at=at)


@transaction.atomic
def take_away(*, attachment: KeptFile, by: User, at: datetime) -> None:
    """Empty a file of any kind; that it was attached, by whom and when stays. Twice changes nothing."""
    found = type(attachment)._default_manager.select_for_update().get(pk=attachment.pk)
    if found.removed_at:
        return
    with recorded(way=current_way(), by=by):
        found.content, found.removed_at = b"", at
        found.save(update_fields=["content", "removed_at"])
