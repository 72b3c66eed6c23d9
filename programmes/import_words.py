"""What an import did, in words: for its page and what is said once it is done."""

from icp.common.words import plural, sentence_list
from programmes.models import Place, PlanItem, PlanUpload
from programmes.services.uploads import Preview

# So many rows at most are offered one by one to be removed; of more, all or none.
MOST_TICKS = 200


def imported_words(upload: PlanUpload, shown: Preview) -> str:
    if not upload.found:
        return "This file was imported. Below is how it compares with the plan as it stands now."
    return f"{counted(shown)}. Below is what it changed."


def counted(done: Preview) -> str:
    """2 new rows, 1 changed row, 3 unchanged, 1 removed, 4 to be agreed first"""
    counts = (
        f"{plural(len(done.created), 'new row')}, {plural(len(done.changed), 'changed row')},"
        f" {done.unchanged:,} unchanged"
    )
    removed = len(getattr(done, "removed", ()))
    counts += f", {removed:,} removed" if removed else ""
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


def missing_rows(place: Place, shown: Preview) -> list[dict[str, str]]:
    """The rows that the file does not have, each with its name, to tick; none where they are too many to read."""
    left = getattr(shown, "left", [])
    if not 0 < len(left) <= MOST_TICKS:
        return []
    pairs = [reference.split(" ", 1) for reference in left]
    rows = PlanItem.objects.filter(
        programme__place=place,
        programme__code__in={code for code, _ in pairs},
        plan_id__in={number for _, number in pairs},
    )
    names = {
        f"{code} {number}": name
        for code, number, name in rows.values_list("programme__code", "plan_id", "name")
    }
    return [{"row": reference, "name": names.get(reference, "")} for reference in left]
