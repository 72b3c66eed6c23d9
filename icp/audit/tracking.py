"""Switching history on for a table: django-pghistory's copy of each row, and a line in the journal of changes."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Model

M = TypeVar("M", bound=Model)

# The columns whose changes the journal tells, by the model's label in lower case.
JOURNALLED: dict[str, list[str]] = {}

LINE = """
IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
IF TG_OP <> 'INSERT' THEN before := jsonb_build_object({before}); END IF;
IF TG_OP <> 'DELETE' THEN after := jsonb_build_object({after}); END IF;
IF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;
PERFORM icp_journal('{kind}', TG_OP, r.id, before, after, ARRAY[{about}]::text[], {place}, {programme}, {reason});
RETURN NULL;
"""


def tracked(
    *,
    place: str = "NULL::bigint",
    programme: str = "NULL::bigint",
    about: Sequence[str] = (),
    reason: str = "''",
    without: Sequence[str] = (),
    quiet: Sequence[str] = (),
    secret: Sequence[str] = (),
) -> Callable[[type[M]], type[M]]:
    """Keep the history of a model: its inserts, updates and deletes, raw SQL included.

    ``place``, ``programme`` and ``reason`` are SQL over the changed row ``r``; ``about`` likewise, each the
    text of something whose history this is a part of, besides the row itself. Fields ``without`` are in no
    history (large or secret); ``quiet`` ones are kept but are no change worth a line; of ``secret`` ones
    the journal says that they changed, and nothing keeps their value.
    """

    def decorate(model: type[M]) -> type[M]:
        left_out = [*without, *secret]
        pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=left_out,
        )(model)
        kind = model._meta.label_lower
        told = _told(model, {*without, *quiet})
        JOURNALLED[kind] = [str(field.column) for field in told]
        line = LINE.format(
            kind=kind,
            before=_columns(told, "OLD", secret),
            after=_columns(told, "NEW", secret),
            about=", ".join([f"'{kind}:' || r.id", *about]),
            place=place,
            programme=programme,
            reason=reason,
        )
        pgtrigger.register(
            pgtrigger.Trigger(
                name="journal",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("r", model._meta.db_table), ("before", "jsonb"), ("after", "jsonb")],
                func=line,
            )
        )(model)
        return model

    return decorate


def _told(model: type[Model], left_out: set[str]) -> "list[models.Field[Any, Any]]":
    return [
        field
        for field in model._meta.local_concrete_fields
        if not field.primary_key and field.name not in left_out
    ]


def _columns(told: "list[models.Field[Any, Any]]", row: str, secret: Sequence[str]) -> str:
    """The arguments of ``jsonb_build_object``: each column's name and value."""
    parts = []
    for field in told:
        value = f"{row}.{field.column}"
        if field.name in secret:
            value = _that_it_changed(field) if row == "NEW" else "NULL"
        parts.append(f"'{field.column}', {value}")
    return ", ".join(parts)


def _that_it_changed(field: "models.Field[Any, Any]") -> str:
    return (
        f"CASE WHEN TG_OP = 'UPDATE' AND NEW.{field.column} IS DISTINCT FROM OLD.{field.column}"
        " THEN 'changed' END"
    )
