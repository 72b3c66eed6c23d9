"""A file against what was saved since it was written: what it changes, and what somebody else changed too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Meanwhile:
    """Fields by name. ``changed``: the file alone says otherwise, so it wins. ``conflicts``: both say otherwise, each
    something else, so somebody chooses. What only others changed is in neither: it stands.
    """

    changed: frozenset[str]
    conflicts: frozenset[str]


def meanwhile(
    *, was: Mapping[str, Any] | None, now: Mapping[str, Any], brought: Mapping[str, Any]
) -> Meanwhile:
    """``was`` is what stood when the file was written, None where that is not known: then whatever differs is a conflict.

    ``now`` is what is stored, ``brought`` what the file says; only the file's fields are looked at.
    """
    different = {name for name, value in brought.items() if now[name] != value}
    if was is None:
        return Meanwhile(frozenset(), frozenset(different))
    theirs = {name for name in different if was[name] == brought[name]}
    mine = {name for name in different if was[name] == now[name]}
    return Meanwhile(frozenset(mine), frozenset(different - mine - theirs))
