"""Triggers that several tables share, whoever asks."""

import pgtrigger


def refusing_every_change(refuse: str) -> list[pgtrigger.Trigger]:
    """Three triggers that run ``refuse`` before a row is put in, changed or taken away: for the row as it would be,
    and as it was. ``refuse`` is SQL that raises where it refuses, with ``{row}`` for OLD or NEW.
    """
    old, new = (refuse.replace("{row}", row) for row in ("OLD", "NEW"))
    return [
        pgtrigger.Trigger(
            name="frozen_insert",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=new + "RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="frozen_update",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=old + new + "RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="frozen_delete",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=old + "RETURN OLD;",
        ),
    ]
