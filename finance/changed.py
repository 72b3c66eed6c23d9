"""What a file would change of what is stored, each field from what it says to what it would say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from finance.rules.positions import NOUGHT
from finance.rules.years import MONTHS, FinanceMonthKey
from finance.services.savings_file import SchemeSaid
from icp.common.money import in_pounds
from icp.common.words import british_date, plural

NOT_KNOWN = "not known"
LABELS = {
    "saving_type": "Type",
    "provider": "Provider",
    "workstream_id": "Workstream",
    "starts_on": "Starts on",
    "value": "Plan, full year",
    "mitigated_value": "Mitigated value",
    "progress": "Progress",
    "plan_ytd": "Plan to date",
    "actual_ytd": "Saved to date",
    "forecast_full_year": "Forecast, full year",
    "at_risk": "At risk",
    "risk_rating": "Risk rating",
}
IN_WORDS = ("saving_type", "provider", "progress", "risk_rating")


@dataclass(frozen=True)
class Change:
    """One field, in words and £."""

    label: str
    old: str
    new: str


def changed(
    labels: Mapping[str, str],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    write: Callable[[str, Any], str],
) -> list[Change]:
    """The fields of ``labels`` that ``new`` says otherwise."""
    return [
        Change(label, write(name, old[name]), write(name, new[name]))
        for name, label in labels.items()
        if name in new and old[name] != new[name]
    ]


def changes_of_scheme(
    old: SchemeSaid, new: SchemeSaid, workstreams: Mapping[int, str]
) -> list[Change]:
    """Every field of a scheme, of what the month says of it and of its plan by month. ``workstreams`` are names by key."""

    def write(name: str, value: Any) -> str:
        if name == "workstream_id":
            return workstreams.get(value, "none")
        if name == "starts_on":
            return british_date(value)
        if name in IN_WORDS:
            return str(value) or "nothing"
        return NOT_KNOWN if value is None else in_pounds(value)

    said = changed(LABELS, {**old.facts, **old.figures}, {**new.facts, **new.figures}, write)
    return [*said, *_of_plan(old, new)]


def _of_plan(old: SchemeSaid, new: SchemeSaid) -> list[Change]:
    if old.plan == new.plan:
        return []
    if not old.plan or not new.plan:
        label = "Plan by month" if new.plan else "Plan by month, which is taken away"
        return [Change(label, _whole(old), _whole(new))]
    return [
        Change(
            f"Plan of {FinanceMonthKey(2019, number).starts_on:%B}",
            in_pounds(old.plan.get(number)),
            in_pounds(new.plan.get(number)),
        )
        for number in range(1, MONTHS + 1)
        if old.plan.get(number) != new.plan.get(number)
    ]


def _whole(said: SchemeSaid) -> str:
    if not said.plan:
        return "none"
    return f"{plural(len(said.plan), 'month')}, in all {in_pounds(sum(said.plan.values(), NOUGHT))}"
