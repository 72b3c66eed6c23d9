"""What a place has that a plan file may refer to."""

from programmes.importers.plan import Known
from programmes.models import Place, PlanItem, Programme
from programmes.selectors.periods import holidays_of
from programmes.selectors.posts import posts_by_word


def known_of(*, place: Place, programme: str = "") -> Known:
    """For reading a plan file of any kind. ``programme`` is the code that was said to be meant. Three queries."""
    programmes = list(Programme.objects.in_place(place).in_order().values_list("code", "name"))
    rows: dict[str, list[tuple[str, str]]] = {code: [] for code, _ in programmes}
    taken: dict[str, set[str]] = {code: set() for code, _ in programmes}
    found = PlanItem.objects.filter(programme__place=place).order_by("programme_id", "position")
    for code, number, name, removed in found.values_list(
        "programme__code", "plan_id", "name", "removed_at"
    ):
        taken[code].add(number)
        if removed is None:
            rows[code].append((number, name))
    return Known(
        programmes={code for code, _ in programmes},
        posts=posts_by_word(place=place),
        programme=programme,
        names={word.casefold(): code for code, name in programmes for word in (code, name)},
        rows=rows,
        taken=taken,
        holidays=holidays_of(place),
    )
