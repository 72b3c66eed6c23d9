"""What is typed of agreements and their parts, and what the list of them can be asked for."""

from typing import Any, ClassVar

import django_filters as filters
from django import forms

from finance.keeping_forms import AmountField, Kept, WholeFilter, YearField
from finance.models import (
    Agreement,
    AgreementClause,
    AgreementOption,
    AgreementParty,
    ClauseKind,
    Contribution,
    OptionState,
    ShareBand,
)
from icp.common.forms import BritishDateField, NarrativeField
from programmes.models import Organisation, Place


class AgreementForm(Kept):
    starts_on = BritishDateField(label="Starts on")
    ends_on = BritishDateField(label="Ends on, before any option")
    notice_given_on = BritishDateField(label="Notice was given on", required=False)
    notes = NarrativeField(label="Notes", required=False, max_length=4000)

    class Meta:
        model = Agreement
        fields = (
            "title",
            "starts_on",
            "ends_on",
            "notice_months",
            "decide_months",
            "share_rule",
            "notice_given_on",
            "notes",
        )
        labels: ClassVar = {
            "notice_months": "Notice, months",
            "decide_months": "An option is decided before the end, months",
            "share_rule": "Who bears an overspend",
        }
        help_texts: ClassVar = {"notice_months": "", "decide_months": ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "This is before it starts.")
        return cleaned


class OfAgreement(Kept):
    parent = "agreement"

    def choices_of(self, whole: Any) -> None:
        if "organisation" in self.fields:
            parties = whole.parties.values("organisation_id")
            self.choose("organisation", Organisation.objects.filter(pk__in=parties).order_by("pk"))
            self.fields["organisation"].label = "Party"


class PartyForm(OfAgreement):
    class Meta:
        model = AgreementParty
        fields = ("organisation", "is_host")
        labels: ClassVar = {"organisation": "Party", "is_host": "It hosts the pool"}

    def choices_of(self, whole: Any) -> None:
        self.choose("organisation", Organisation.objects.filter(place=self.place).order_by("pk"))


class OptionForm(OfAgreement):
    extends_to = BritishDateField(label="Extends the term to")
    decided_on = BritishDateField(label="Decided on", required=False)

    class Meta:
        model = AgreementOption
        fields = ("extends_to", "state", "decided_on")
        labels: ClassVar = {"state": "It is"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == OptionState.OPEN:
            cleaned["decided_on"] = None
        else:
            self.needs("decided_on", "Say on which day it was decided.")
        end = cleaned.get("extends_to")
        if end and end <= self.instance.agreement.ends_on:
            self.add_error("extends_to", "This is not after the term’s own end.")
        return cleaned


class ContributionForm(OfAgreement):
    year = YearField(label="Financial year")
    amount = AmountField(label="Contribution, £")

    class Meta:
        model = Contribution
        fields = ("organisation", "year", "amount")


class BandForm(OfAgreement):
    above = AmountField(label="Of an overspend above, £")
    percent = forms.DecimalField(
        label="It bears, %", min_value=0, max_value=100, max_digits=5, decimal_places=2
    )

    class Meta:
        model = ShareBand
        fields = ("organisation", "above", "percent")


class ClauseForm(OfAgreement):
    counts_from = BritishDateField(label="Counts from", required=False)
    text = NarrativeField(label="What it says", required=False, max_length=4000)

    class Meta:
        model = AgreementClause
        fields = ("kind", "title", "counts_from", "text")
        labels: ClassVar = {"kind": "It is a"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ClauseKind.VARIATION:
            self.needs("counts_from", "Say from which day the variation counts.")
        return cleaned


class AgreementFilter(WholeFilter):
    party = filters.ChoiceFilter(
        field_name="parties__organisation_id", label="Party", empty_label="Any"
    )
    rule = filters.ChoiceFilter(
        field_name="share_rule",
        label="Who bears an overspend",
        choices=Agreement._meta.get_field("share_rule").flatchoices,
        empty_label="Any",
    )

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(place=place).order_by("pk")
        self.filters["party"].extra["choices"] = list(mine.values_list("pk", "short_name"))
