"""Categories of risk, on the page of how the place scores: who saves second sees both values and chooses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from icp.audit.as_at import copies_at
from icp.common.numbers import LARGEST
from programmes.edit_conflicts import Difference, with_chosen
from risks.models import RiskCategory
from risks.models.settings import MOST_SCORE
from risks.services.settings import CATEGORY


class CategoryForm(forms.Form):
    """A category: ``stored`` as it stands, None for a new one."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    category = forms.IntegerField(
        min_value=0, max_value=LARGEST, required=False, widget=forms.HiddenInput
    )
    name = forms.CharField(label="Category", max_length=80)
    appetite = forms.IntegerField(
        label="Accepted up to a score of", min_value=1, max_value=MOST_SCORE
    )
    tolerance = forms.IntegerField(
        label="Not borne above a score of", min_value=1, max_value=MOST_SCORE
    )

    def __init__(self, data: Any = None, *, stored: RiskCategory | None = None) -> None:
        super().__init__(data, initial=shown_of(stored) if stored else {})

    def values(self) -> dict[str, Any]:
        """What to store. Only of a valid form."""
        return {name: self.cleaned_data[name] for name in CATEGORY}


def shown_of(stored: RiskCategory) -> dict[str, Any]:
    """The category as the form shows it."""
    said = {name: getattr(stored, name) for name in CATEGORY}
    return {**said, "version": stored.version, "category": stored.pk}


def chosen(data: QueryDict, stored: RiskCategory | None) -> QueryDict:
    """What was typed, with the other person's value wherever that one was chosen."""
    if stored is None:
        return data
    theirs = {name: [str(getattr(stored, name))] for name in CATEGORY}
    return with_chosen(data, version=stored.version, theirs=lambda: theirs)


def differences(form: CategoryForm, stored: RiskCategory) -> list[Difference]:
    """What differs between a valid form and the category as stored. What one did not change the other's stands for."""
    was, mine = _as_it_was(stored, form.cleaned_data["version"] or 0), form.values()
    theirs = {name: getattr(stored, name) for name in CATEGORY}
    return [
        Difference(
            name=name,
            label=str(form.fields[name].label),
            mine=str(mine[name]),
            theirs=str(theirs[name]),
            keep="theirs" if mine[name] == was.get(name) else "mine",
        )
        for name in CATEGORY
        if mine[name] != theirs[name]
    ]


def again(data: QueryDict, stored: RiskCategory) -> CategoryForm:
    """The form as it was typed, upon what is stored now."""
    shown = data.copy()
    shown["version"], shown["category"] = str(stored.version), str(stored.pk)
    form = CategoryForm(shown, stored=stored)
    form.is_valid()
    return form


def _as_it_was(stored: RiskCategory, version: int) -> Mapping[str, Any]:
    """The category as the person was shown it, from its history; nothing where there was no such version."""
    copy = copies_at(RiskCategory, [(stored.pk, version)]).get(stored.pk)
    return {name: getattr(copy, name) for name in CATEGORY} if copy else {}
