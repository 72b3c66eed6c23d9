"""Inherent and target scores as a file says them: likelihood, impact, and a score that may be known alone."""

from collections.abc import Mapping
from typing import Any

SCORES = ("inherent", "target")
STEPS = (
    "likelihood",
    "impact",
    *(f"{which}_{part}" for which in SCORES for part in ("likelihood", "impact")),
)


class Contradiction(ValueError):
    """A score and a likelihood times impact that do not agree; ``name`` is the score's."""

    def __init__(self, name: str, product: int) -> None:
        super().__init__(f"{name} is not {product}")
        self.name, self.product = name, product


def agreed(values: Mapping[str, Any], *, was: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values with each score agreeing with its likelihood and impact. ``was`` is what the file was written from,
    None of a new risk: of the two that one holds which the file changed. A score changed alone leaves no likelihood
    and impact.

    Raises:
        Contradiction: both were changed, or the risk is new.
    """
    found = dict(values)
    for which in SCORES:
        found |= _agreed(which, values, was)
    return found


def _agreed(which: str, values: Mapping[str, Any], was: Mapping[str, Any] | None) -> dict[str, Any]:
    names = [f"{which}_likelihood", f"{which}_impact"]
    if which not in values or not any(name in values for name in names):
        return {}
    before = was or {}
    steps = {name: values.get(name, before.get(name)) for name in names}
    if None in steps.values():
        return {}
    product = steps[names[0]] * steps[names[1]]
    said = values[which]
    if said in (None, product) or (was is not None and said == was[which]):
        return {which: product}
    if was is not None and all(steps[name] == was[name] for name in names):
        return dict.fromkeys(names)
    raise Contradiction(which, product)
