"""Financial risks as lists print and files hold them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from finance.rules.exposure import (
    MITIGATION,
    OPPORTUNITY,
    RISK,
    Bridge,
    Exposure,
    SideTotals,
    Signs,
    share,
)
from icp.common.money import in_thousands

WORDS = {RISK: "Risk", OPPORTUNITY: "Opportunity", MITIGATION: "Mitigation"}
PLURALS = {RISK: "Risks", OPPORTUNITY: "Opportunities", MITIGATION: "Mitigations"}
TBC = "TBC"
COLUMNS = (
    "organisation",
    "side",
    "ref",
    "title",
    "full_value",
    "probability_percent",
    "recurrent",
    "non_recurrent",
    "weighted",
    "weighted_entered",
    "weighted_computed",
    "share_percent",
    "movement",
    "brought_forward",
    "carried_forward",
    "flags",
)


@dataclass(frozen=True)
class RiskLine:
    """One as it is printed, £000."""

    exposure: Exposure
    side: str
    full_value: str
    probability: str
    weighted: str
    computed: str
    share: str
    movement: str


def percent(value: Decimal | None) -> str:
    """45.5%, or TBC where it is not known."""
    return TBC if value is None else f"{value.normalize():f}%"


def _thousands(value: Decimal | None) -> str:
    return TBC if value is None else in_thousands(value)


def shares(found: Sequence[Exposure]) -> dict[int, Decimal | None]:
    """Each one's share of its side in percent, to one place, by the key of the risk."""
    signs = Signs(found)
    wholes = {side: signs.amount(found, side) for side in WORDS}
    said = {one.risk: share(one, signs, wholes[one.side]) for one in found}
    return {
        key: None if value is None else value.quantize(Decimal("0.1"))
        for key, value in said.items()
    }


def lines(shown: Sequence[Exposure], found: Sequence[Exposure]) -> list[RiskLine]:
    """Those ``shown`` of all that were ``found``, of which their shares are."""
    parts = shares(found)
    return [
        RiskLine(
            exposure=one,
            side=WORDS[one.side],
            full_value=_thousands(one.full_value),
            probability=percent(one.probability),
            weighted=_thousands(one.weighted),
            computed=_thousands(one.computed),
            share="–" if (part := parts[one.risk]) is None else f"{part}%",
            movement=in_thousands(one.movement),
        )
        for one in shown
    ]


def file_rows(shown: Sequence[Exposure], found: Sequence[Exposure]) -> Iterator[list[Any]]:
    """In the order of :data:`COLUMNS`, in pounds; empty is to be confirmed."""
    parts = shares(found)
    for one in shown:
        yield [
            one.organisation,
            WORDS[one.side],
            one.ref,
            one.title,
            one.full_value,
            one.probability,
            one.recurrent,
            one.non_recurrent,
            one.weighted,
            one.entered,
            one.computed,
            parts[one.risk],
            one.movement,
            "yes" if one.brought_forward else "no",
            one.carried_forward,
            " ".join(one.flags),
        ]


def side_rows(found: Sequence[SideTotals]) -> list[dict[str, Any]]:
    """A row for each side, £000. What risks may cost is in brackets, as unfavourable."""
    names = (
        "full_value",
        "weighted",
        "movement",
        "brought_forward",
        "in_year",
        "carried_forward",
    )
    rows = []
    for one in found:
        turn = -1 if one.side == RISK else 1
        values = {name: getattr(one, name) for name in names}
        printed = {
            name: in_thousands(None if value is None else turn * value)
            for name, value in values.items()
        }
        rows.append(
            {"label": PLURALS[one.side], "count": one.count, "unknown": one.unknown, **printed}
        )
    return rows


def bridge_rows(steps: Bridge) -> list[tuple[str, str, bool]]:
    """From the reported variance to the mitigated one, £000, and whether a step is a sum."""
    return [
        ("Reported forecast variance", in_thousands(steps.reported), True),
        ("Risks, weighted", in_thousands(-steps.risks), False),
        ("Unmitigated", in_thousands(steps.unmitigated), True),
        ("Opportunities and mitigations, weighted", in_thousands(steps.offsets), False),
        ("Mitigated", in_thousands(steps.mitigated), True),
    ]
