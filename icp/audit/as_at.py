"""Rows as they stood at a moment, from django-pghistory's copies of them: for any tracked model."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from icp.audit.models import ChangeKind


def as_they_stood(
    model: type[models.Model], *, at: datetime, queryset: type[QuerySet[Any]] = QuerySet
) -> Any:
    """The copies of a model's rows that were in force at ``at``: one for each row that existed then.

    They have the model's own fields, so its filters work on them; give its ``queryset`` class to chain its
    own. Rows removed since are among them, rows added since are not.
    """
    event: Any = model.pgh_event_model  # type: ignore[attr-defined]
    later = event.objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"), pgh_created_at__lte=at
    )
    copies = queryset(model=event).filter(~Exists(later), pgh_created_at__lte=at)
    return copies.exclude(pgh_label=ChangeKind.DELETE)


def copies_at(model: type[models.Model], versions: Iterable[tuple[int, int]]) -> dict[int, Any]:
    """The copies of a model's rows at these versions of them, each given as its row's key and the version; by key.

    The newest, where there are several of one row; a row that never had that version is left out. One query, and none
    for none. The model has a ``version``.
    """
    by_version: dict[int, list[int]] = defaultdict(list)
    for key, version in versions:
        by_version[version].append(key)
    if not by_version:
        return {}
    wanted = Q()
    for version, keys in by_version.items():
        wanted |= Q(version=version, pgh_obj_id__in=keys)
    copies = model.pgh_event_model.objects.filter(wanted)  # type: ignore[attr-defined]
    return {copy.pgh_obj_id: copy for copy in copies.order_by("pgh_id")}


def row_of(copy: Any) -> Any:
    """The copy as a row of its model, with what was loaded beside it. Never to be saved."""
    model = copy.pgh_tracked_model
    row = model()
    row._state.adding = False
    for field in model._meta.concrete_fields:
        setattr(row, field.attname, getattr(copy, field.attname))
        loaded = copy._meta.get_field(field.name)
        if field.is_relation and loaded.is_cached(copy):
            field.set_cached_value(row, loaded.get_cached_value(copy))
    return row
