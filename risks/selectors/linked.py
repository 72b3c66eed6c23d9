"""What risks hang together with, in words for a file."""

from collections import defaultdict
from collections.abc import Collection

from risks.models import Link


def linked_words(keys: Collection[int]) -> dict[int, str]:
    """What each of these risks (keys) hangs together with; of those that hang with something. One query.

    Of a line of the money only whose it is, as those are told who do not read the money.
    """
    beside = ("item__programme", "change", "organisation", "workstream")
    found: dict[int, list[str]] = defaultdict(list)
    for one in Link.objects.filter(risk__in=keys).select_related(*beside).order_by("pk"):
        said = " ".join(part for part in (_thing(one), one.words) if part)
        if said not in found[one.risk_id]:
            found[one.risk_id].append(said)
    return {key: "; ".join(said) for key, said in found.items()}


def _thing(one: Link) -> str:
    if one.item:
        return f"row {one.item.reference}"
    if one.change:
        return f"change request {one.change.number}"
    if one.organisation:
        of = f", {one.workstream.code}" if one.workstream else ""
        return f"money of {one.organisation.short_name}{of}"
    return f"indicator {one.indicator_words}" if one.indicator else ""
