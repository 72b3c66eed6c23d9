"""What a row waits for: said, changed and taken back by who edits its plan. It moves nobody's dates."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import CannotSave, StaleDependency
from programmes.models import Dependency, PlanItem

FIELDS = (
    "predecessor",
    "outside",
    "outside_programme",
    "outside_date",
    "kind",
    "lag_days",
    "note",
)


@transaction.atomic
def add_dependency(*, item: PlanItem, values: Mapping[str, Any], by: User) -> Dependency:
    """Have the row wait for another row, or for something outside. ``values`` are of :data:`FIELDS`.

    Raises:
        CannotSave: it waits for itself, for that row already, for a row of another place or for a removed one.
    """
    # Two who say the same at once take turns, and the second is told.
    held = PlanItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if held.removed_at:
        raise CannotSave(f"{item.reference} was removed from the plan: it waits for nothing.")
    _check(item, values)
    with recorded(way=current_way(), by=by):
        return Dependency.objects.create(successor=item, **values)


@transaction.atomic
def change_dependency(
    *, dependency: Dependency, values: Mapping[str, Any], seen: int, by: User
) -> Dependency:
    """Say otherwise what a row waits for. ``seen`` is the version one looked at.

    Raises:
        CannotSave: as :func:`add_dependency`.
        StaleDependency: somebody else changed it since; carries it as it stands, None where it was taken back.
    """
    found = _held(dependency, seen)
    _check(found.successor, values, without=found)
    with recorded(way=current_way(), by=by):
        for name, value in values.items():
            setattr(found, name, value)
        found.version += 1
        found.save()
    return found


@transaction.atomic
def remove_dependency(*, dependency: Dependency, seen: int, by: User) -> None:
    """Take back that a row waits for something.

    Raises:
        StaleDependency: somebody else changed it since ``seen``.
    """
    found = _held(dependency, seen)
    with recorded(way=current_way(), by=by):
        found.delete()


def _held(dependency: Dependency, seen: int) -> Dependency:
    # The row that waits first, as who imports a plan holds it: neither writes over what the other says.
    rows = PlanItem.objects.filter(waits_for=dependency.pk).select_for_update(
        of=("self",), no_key=True
    )
    list(rows.values_list("pk"))
    found = (
        Dependency.objects.select_for_update(of=("self",))
        .select_related("successor__programme", "predecessor__programme", "outside_programme")
        .filter(pk=dependency.pk)
        .first()
    )
    if found is None:
        raise StaleDependency("Somebody else took this dependency back meanwhile.", current=None)
    if found.version != seen:
        raise StaleDependency(
            "Somebody else changed this dependency while you were editing."
            " Both are shown: save again to keep yours.",
            current=found,
        )
    return found


def _check(item: PlanItem, values: Mapping[str, Any], *, without: Dependency | None = None) -> None:
    before = values.get("predecessor")
    outside = values.get("outside_programme")
    place = item.programme.place_id
    if outside and outside.place_id != place:
        raise CannotSave("Choose a programme of this place.")
    if before is None:
        return
    if before.pk == item.pk:
        raise CannotSave(f"{item.reference} cannot wait for itself.")
    if before.programme.place_id != place:
        raise CannotSave("Choose a row of this place.")
    if before.removed_at:
        raise CannotSave(f"{before.reference} was removed from the plan.")
    twice = Dependency.objects.filter(successor=item, predecessor=before)
    if without:
        twice = twice.exclude(pk=without.pk)
    if twice.exists():
        raise CannotSave(f"{item.reference} waits for {before.reference} already.")
