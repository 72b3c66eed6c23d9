"""What an import did, in words: for its page and what is said once it is done."""

from icp.common.words import plural, sentence_list
from programmes.models import PlanUpload
from programmes.services.uploads import Preview


def imported_words(upload: PlanUpload, shown: Preview) -> str:
    if not upload.found:
        return "This file was imported. Below is how it compares with the plan as it stands now."
    return f"{counted(shown)}. Below is what it changed."


def counted(done: Preview) -> str:
    """2 new rows, 1 changed row, 3 unchanged, 4 to be agreed first"""
    counts = (
        f"{plural(len(done.created), 'new row')}, {plural(len(done.changed), 'changed row')},"
        f" {done.unchanged:,} unchanged"
    )
    asked = len(getattr(done, "asked", ()))
    return f"{counts}, {asked:,} to be agreed first" if asked else counts


def requests_words(done: Preview) -> str:
    """What an import drafted, and what to do with it; nothing where it drafted none."""
    requests = getattr(done, "requests", [])
    if not requests:
        return ""
    return (
        f"{sentence_list(requests)} {'asks' if len(requests) == 1 else 'ask'} for what needs to be agreed:"
        " say why, and propose it."
    )
