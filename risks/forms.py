"""The one place where what a person types of a risk is read and checked: for the pages and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from icp.common.forms import BritishDateField, MoneyField, NarrativeField
from icp.common.money import write_money
from icp.common.words import short_date
from programmes.models import Organisation, Place, Post, Programme
from risks.models import Proximity, Risk, RiskCategory, RiskKind, RiskRules
from risks.services.risks import STEPS

# What a register of the whole is chosen by.
WHOLE = "whole"


@dataclass(frozen=True)
class Choices:
    """What the selects of a place's risks offer. Three queries."""

    posts: dict[int, Post]
    organisations: dict[int, Organisation]
    categories: dict[int, RiskCategory]
    rules: RiskRules

    @classmethod
    def of(cls, place: Place, rules: RiskRules) -> "Choices":
        return cls(
            {one.pk: one for one in Post.objects.filter(place=place).order_by("title")},
            {one.pk: one for one in Organisation.objects.filter(place=place).order_by("name")},
            {
                one.pk: one
                for one in RiskCategory.objects.filter(place=place).order_by("order", "name")
            },
            rules,
        )


def _choice(label: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, help_text=help_text
    )


class RiskForm(forms.Form):
    """All that is written of a risk. ``risk`` is it as stored, None for a new one."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    kind = forms.ChoiceField(label="Kind", choices=RiskKind.choices)
    title = forms.CharField(label="Title", max_length=200)
    cause = NarrativeField(label="Cause", required=False, help_text="Because of what")
    event = NarrativeField(label="Event", required=False, help_text="What may happen")
    consequence = NarrativeField(label="Consequence", required=False, help_text="And what follows")
    owner = _choice("Owner")
    delegate = _choice("Delegate", "Who acts for the owner")
    category = _choice("Category")
    organisation = _choice("Organisation")
    likelihood = _choice("Likelihood now")
    impact = _choice("Impact now")
    inherent_likelihood = _choice("Inherent likelihood")
    inherent_impact = _choice("Inherent impact")
    inherent = forms.IntegerField(
        label="Inherent score, where only the score is known",
        required=False,
        min_value=1,
        max_value=100,
    )
    target_likelihood = _choice("Target likelihood")
    target_impact = _choice("Target impact")
    target = forms.IntegerField(
        label="Target score, where only the score is known",
        required=False,
        min_value=1,
        max_value=100,
    )
    proximity = forms.ChoiceField(
        label="When it would strike", required=False, choices=[("", "Not said"), *Proximity.choices]
    )
    value = MoneyField(label="What it would cost, £", required=False)
    probability = forms.DecimalField(
        label="Probability of that cost, %",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    raised_on = BritishDateField(label="Raised on", required=False)
    review_on = BritishDateField(
        label="Review by", required=False, help_text="Leave it as it is to have it set by the score"
    )
    because = NarrativeField(
        label="Why",
        max_length=1000,
        required=False,
        help_text="Needed where the score changes. Kept with its history",
    )

    def __init__(
        self, data: Any = None, *, choices: Choices, risk: Risk | None = None, **kwargs: Any
    ) -> None:
        initial = initial_of(risk) if risk else {"kind": RiskKind.RISK}
        super().__init__(data, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.lists = choices
        offered: dict[str, list[tuple[Any, str]]] = {
            "owner": [(pk, one.title) for pk, one in choices.posts.items()],
            "organisation": [(pk, one.name) for pk, one in choices.organisations.items()],
            "category": [(pk, one.name) for pk, one in choices.categories.items()],
        }
        offered["delegate"] = offered["owner"]
        for name in STEPS:
            words = choices.rules.impacts if "impact" in name else choices.rules.likelihoods
            offered[name] = [(step, f"{step}: {text}") for step, text in enumerate(words, start=1)]
        for name, found in offered.items():
            empty = "Nobody" if name in ("owner", "delegate") else "Not said"
            self.fields[name].choices = [("", empty), *found]  # type: ignore[attr-defined]
        for name, rows in (("cause", 2), ("event", 2), ("consequence", 2), ("because", 2)):
            self.fields[name].widget.attrs["rows"] = rows

    def values(self) -> dict[str, Any]:
        """What to store, by field of the risk. Only of a valid form."""
        cleaned = self.cleaned_data
        chosen: dict[str, dict[int, Any]] = {
            "owner": self.lists.posts,
            "delegate": self.lists.posts,
            "organisation": self.lists.organisations,
            "category": self.lists.categories,
        }
        written = {
            name: value
            for name, value in cleaned.items()
            if name not in ("version", "because", "register")
        }
        return written | {
            name: found[cleaned[name]] if cleaned[name] else None for name, found in chosen.items()
        }


class NewRiskForm(RiskForm):
    """A new risk: in which register besides."""

    register = forms.ChoiceField(label="Register")

    field_order = ("register", "kind", "title")

    def __init__(self, *args: Any, programmes: list[Programme], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {one.code: one for one in programmes}
        offered = [(one.code, one.name) for one in programmes]
        if whole:
            offered = [(WHOLE, "The whole programme"), *offered]
        self.fields["register"].choices = offered  # type: ignore[attr-defined]

    def programme(self) -> Programme | None:
        """The programme of the chosen register, None for that of the whole."""
        return self.by_code.get(self.cleaned_data["register"])


PLAIN = ("kind", "title", "cause", "event", "consequence", "proximity", "inherent", "target")
KEYS = ("owner", "delegate", "category", "organisation")
DATES = ("raised_on", "review_on")


def initial_of(risk: Risk) -> dict[str, Any]:
    """The risk as the form shows it."""
    return {
        "version": risk.version,
        **{name: getattr(risk, name) for name in (*PLAIN, *STEPS, "value", "probability")},
        **{name: getattr(risk, f"{name}_id") for name in KEYS},
        **{name: short_date(day) if (day := getattr(risk, name)) else "" for name in DATES},
    }


def shown_of(risk: Risk) -> Mapping[str, str]:
    """As :func:`initial_of`, as a browser would send it back."""
    shown = {}
    for name, value in initial_of(risk).items():
        if name == "value" and value is not None:
            shown[name] = write_money(value)
        elif name == "probability" and value is not None:
            shown[name] = f"{value.normalize():f}"
        else:
            shown[name] = "" if value is None else str(value)
    return shown
