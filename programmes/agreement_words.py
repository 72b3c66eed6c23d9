"""What becomes of an edit of an agreed plan, in words: what is saved at once, and what waits (domain section 3)."""

from collections.abc import Sequence

from icp.common.words import sentence_list
from programmes.models import ChangeRequest

CALLED = {
    "name": "name",
    "kind": "kind",
    "owner": "owner",
    "notes": "notes",
    "boards": "boards",
    "level": "where it is shown",
    "is_placeholder": "whether it is a placeholder",
    "tbc_from": "who supplies a date that is tbc",
    "tbc_by": "by when they supply it",
    "tolerance_months": "tolerance",
}


def saved_words(saved: Sequence[str]) -> str:
    """Saved at once: name and notes. Nothing where nothing was."""
    called = [words for field, words in CALLED.items() if field in saved]
    return f"Saved at once: {sentence_list(called)}." if called else ""


def asked_words(request: ChangeRequest, *, saved: Sequence[str] = ()) -> str:
    """What was saved, what waits, and what to do now. ``saved`` are fields of :data:`CALLED`."""
    said = saved_words(saved)
    what = "nothing else of that" if said else "nothing of that"
    waits = (
        f"The plan is agreed, so {what} is changed yet: {request.reference} asks for it."
        " Say there why, and propose it."
    )
    return f"{said} {waits}".strip()
