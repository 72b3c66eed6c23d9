"""A register as a table: one line a risk, with stable ids, as CSV and Excel."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from icp.common.batches import in_batches
from icp.common.tabular import SheetForm
from risks.models import Proximity, Risk, RiskKind
from risks.rules.content import MitigationLine, RiskLine
from risks.rules.quarters import quarters_of_year
from risks.selectors.linked import linked_words

AT_ONCE = 500

COLUMNS = (
    "id",
    "ref",
    "kind",
    "register",
    "title",
    "cause",
    "event",
    "consequence",
    "owner",
    "delegate",
    "category",
    "organisation",
    "inherent_likelihood",
    "inherent_impact",
    "inherent",
    "likelihood",
    "impact",
    "current",
    "printed_current",
    "target_likelihood",
    "target_impact",
    "target",
    "residual_q1",
    "residual_q2",
    "residual_q3",
    "residual_q4",
    "movement",
    "proximity",
    "value",
    "probability",
    "raised_on",
    "review_on",
    "escalated_because",
    "flags",
    "mitigations",
    "linked",
    "state",
    "version",
)
# Columns that are there to be read, or that a risk is known by: none is brought in.
NOT_BROUGHT = ("id", "movement", "escalated_because", "flags", "linked", "state", "version")
# The sheet hides what a risk is known by, and guards it: a file brought back changes the risk it came from.
FORM = SheetForm(
    hidden=("id", "version"),
    locked=("id", "version", "ref"),
    choices={"kind": RiskKind.values, "proximity": Proximity.values},
    instructions=(
        "These are the registers as they stood when the file was downloaded.",
        "Change what you like, add rows below, and bring the file back under Risks, Bring a register in.",
        "A new row needs a title, and the code of its register: PC, or IC for the whole.",
        "A risk keeps its reference. A row that you delete here stays in the register.",
        "Residuals, movement, what goes to the boards, flags, actions, what is linked and state are there to be read: "
        "what you change in them, or in the register of a risk that is there, is not brought in.",
        "value is in pounds, what it would cost; probability is of that cost, in percent.",
        "Scores are kept as they are written: a current one that is not likelihood times impact is flagged, not changed.",
        "Of inherent and target scores change likelihood and impact, or the score alone: then these two are emptied.",
        "You will see every difference, and what others changed meanwhile, before anything is written.",
    ),
)


def headings(as_at: date) -> list[str]:
    """The columns' names. The quarters are those of the financial year that holds ``as_at``."""
    year = quarters_of_year(as_at)[0].year_name
    return [f"{name} {year}" if name.startswith("residual") else name for name in COLUMNS]


def rows_of(found: Iterable[tuple[Risk, RiskLine]]) -> Iterator[list[Any]]:
    """Of each risk as it is stored, and what follows from it. A query for so many of them."""
    for some in in_batches(found, AT_ONCE):
        linked = linked_words([risk.pk for risk, _ in some])
        for risk, one in some:
            yield _row(risk, one, linked.get(risk.pk, ""))


def _row(risk: Risk, one: RiskLine, linked: str) -> list[Any]:
    return [
        one.pk,
        one.ref,
        one.kind,
        one.register,
        one.title,
        one.cause,
        one.event,
        one.consequence,
        one.owner,
        one.delegate,
        one.category,
        one.organisation,
        risk.inherent_likelihood,
        risk.inherent_impact,
        one.inherent,
        one.likelihood,
        one.impact,
        one.current,
        one.printed_current,
        risk.target_likelihood,
        risk.target_impact,
        one.target,
        *one.residual,
        one.moved.words,
        one.proximity,
        risk.value,
        risk.probability,
        one.raised_on,
        one.review_on,
        one.because or "",
        "; ".join(one.flags),
        "; ".join(mitigation_words(action) for action in one.mitigations),
        linked,
        one.state,
        one.version,
    ]


def mitigation_words(one: MitigationLine) -> str:
    """What, who, by when, how far."""
    parts = [one.what.rstrip(".")]
    if one.owner:
        parts.append(one.owner)
    if one.due_on:
        parts.append(f"by {one.due_on.isoformat()}")
    parts.append("done" if one.done_on else f"{one.percent}%")
    return ", ".join(parts)
