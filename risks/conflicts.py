"""Two people's values of one risk side by side, and the choice between them."""

from collections.abc import Mapping

from django.http import QueryDict

from icp.audit.as_at import copies_at, row_of
from programmes.edit_conflicts import Difference, with_chosen, words
from risks.forms import RiskForm, shown_of
from risks.models import Risk
from risks.rules.agreed import SCORES

# Not values that two people could differ in.
APART = ("version", "because")


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
    theirs, was, mine = shown_of(risk), _as_it_was(risk, seen), _mine(form, risk)
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


def _as_it_was(risk: Risk, version: int) -> Mapping[str, str]:
    """The risk as the person was shown it, from its history; nothing where there was no such version."""
    copy = copies_at(Risk, [(risk.pk, version)]).get(risk.pk)
    return shown_of(row_of(copy)) if copy else {}


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
