"""Two people's values of one risk side by side, and the choice between them; what changed before a deed is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from icp.audit.as_at import copies_at, row_of
from icp.common.words import quoted, short_date
from programmes.edit_conflicts import Difference, with_chosen, words
from risks.forms import Choices, RiskForm, shown_of
from risks.models import Risk
from risks.rules.agreed import SCORES

# Not values that two people could differ in.
APART = ("version", "because")
# What is not typed of a risk, and is another after a deed.
BESIDES: Mapping[str, tuple[str, Callable[[Risk], str]]] = {
    "ref": ("Reference", lambda risk: risk.ref),
    "state": ("State", lambda risk: risk.get_state_display()),
    "ended_because": ("Why it ended", lambda risk: risk.ended_because),
    "removal_because": ("Recommended for removal", lambda risk: risk.removal_because),
    "reviewed_on": (
        "Last reviewed",
        lambda risk: short_date(risk.reviewed_on) if risk.reviewed_on else "",
    ),
    "printed_current": ("Score that its source prints", lambda risk: risk.printed_current),
}


def chosen(data: QueryDict, risk: Risk) -> QueryDict:
    """What was typed of a risk, with the other person's value wherever that one was chosen."""
    return with_chosen(
        data,
        version=risk.version,
        theirs=lambda: {name: [value] for name, value in shown_of(risk).items()},
    )


def differences(form: RiskForm, risk: Risk) -> list[Difference]:
    """What differs between a valid form and the risk as stored, if somebody else saved it meanwhile."""
    seen = form.cleaned_data["version"] or 0
    if seen == risk.version:
        return []
    before = _as_it_was(risk, seen)
    theirs, was, mine = shown_of(risk), shown_of(before) if before else {}, _mine(form, risk)
    names = [name for name in theirs if name not in APART]
    if was and all(was[name] == theirs[name] for name in names):
        return []
    return [
        Difference(
            name=name,
            label=str(form.fields[name].label),
            mine=words(form, name, mine[name]),
            theirs=words(form, name, theirs[name]),
            keep="theirs" if was and mine[name] == was[name] else "mine",
        )
        for name in names
        if mine[name] != theirs[name]
    ]


def _as_it_was(risk: Risk, version: int) -> Risk | None:
    """The risk as the person was shown it, from its history; None where there was no such version."""
    copy = copies_at(Risk, [(risk.pk, version)]).get(risk.pk)
    return row_of(copy) if copy else None


@dataclass(frozen=True)
class Change:
    """What one field said when the risk was shown, and says now, in words."""

    name: str
    label: str
    was: str
    now: str

    @property
    def words(self) -> str:
        return f"{self.label}: {quoted(self.was)} became {quoted(self.now)}"


def changes_since(risk: Risk, seen: int, choices: Choices) -> list[Change]:
    """What others changed of a risk since its version ``seen``; nothing where there was no such version."""
    was = _as_it_was(risk, seen)
    if was is None:
        return []
    form = RiskForm(choices=choices, risk=risk)
    then, now = shown_of(was), shown_of(risk)
    written = [
        Change(
            name,
            str(form.fields[name].label),
            words(form, name, then[name]),
            words(form, name, now[name]),
        )
        for name in now
        if name not in APART and then[name] != now[name]
    ]
    besides = [
        Change(name, label, say(was) or "Nothing", say(risk) or "Nothing")
        for name, (label, say) in BESIDES.items()
        if say(was) != say(risk)
    ]
    return [*written, *besides]


def _mine(form: RiskForm, risk: Risk) -> Mapping[str, str]:
    """What was typed, written as the stored one is."""
    typed = Risk(pk=risk.pk)
    for name, value in form.values().items():
        setattr(typed, name, value)
    for which in SCORES:
        likelihood, impact = (
            getattr(typed, f"{which}_{part}") for part in ("likelihood", "impact")
        )
        if likelihood is not None and impact is not None:
            setattr(typed, which, likelihood * impact)
    return shown_of(typed)
