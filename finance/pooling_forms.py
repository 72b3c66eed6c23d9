"""What is typed of business cases and headroom, and what the lists of them can be asked for."""

from typing import Any, ClassVar

import django_filters as filters
from django import forms

from finance.forms import MoneyField
from finance.keeping_forms import AmountField, Kept, WholeFilter, YearField
from finance.models import (
    Agreement,
    ApprovalState,
    CaseApproval,
    CaseContribution,
    Commitment,
    Headroom,
    PoolingCase,
)
from finance.models.month import FIRST_YEAR, LAST_YEAR
from icp.common.forms import BritishDateField, NarrativeField
from programmes.models import Board, Organisation, Place


class CaseForm(Kept):
    year = YearField(label="First year")
    years = forms.IntegerField(label="Years for certain", min_value=1, max_value=20)
    options = forms.IntegerField(
        label="Further years that may follow, one by one", min_value=0, max_value=20
    )
    purpose = NarrativeField(label="What it is for", required=False, max_length=4000)

    class Meta:
        model = PoolingCase
        fields = ("title", "year", "years", "options", "agreement", "purpose")

    def choices_of(self, whole: Any) -> None:
        self.choose("agreement", Agreement.objects.filter(place=self.place).in_order())
        self.fields["agreement"].label = "Under the agreement"


class OfCase(Kept):
    parent = "case"


class CaseContributionForm(OfCase):
    amount = AmountField(label="Each year, £")

    class Meta:
        model = CaseContribution
        fields = ("organisation", "amount")

    def choices_of(self, whole: Any) -> None:
        self.choose("organisation", Organisation.objects.filter(place=self.place).order_by("pk"))
        self.fields["organisation"].label = "Partner"


class ApprovalForm(OfCase):
    decided_on = BritishDateField(label="Decided on", required=False)

    class Meta:
        model = CaseApproval
        fields = ("board", "state", "decided_on", "note")
        labels: ClassVar = {"state": "It is", "note": "What was said"}

    def choices_of(self, whole: Any) -> None:
        self.choose("board", Board.objects.filter(place=self.place).order_by("order", "pk"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == ApprovalState.WAITING:
            cleaned["decided_on"] = None
        else:
            self.needs("decided_on", "Say on which day it was decided.")
        return cleaned


class HeadroomForm(Kept):
    year = YearField(label="Financial year")
    allocation = AmountField(label="Allocation, £")

    class Meta:
        model = Headroom
        fields = ("name", "year", "allocation")
        labels: ClassVar = {"name": "What it is kept for"}


class CommitmentForm(Kept):
    parent = "headroom"
    amount = MoneyField(label="Committed, £", help_text="In brackets where it is given back.")
    quarter = forms.TypedChoiceField(
        label="Quarter",
        coerce=int,
        choices=[
            (1, "April to June"),
            (2, "July to September"),
            (3, "October to December"),
            (4, "January to March"),
        ],
    )

    class Meta:
        model = Commitment
        fields = ("what", "quarter", "amount")
        labels: ClassVar = {"what": "What it is committed to"}


class YearFilter(WholeFilter):
    year = filters.NumberFilter(
        label="Year it begins in", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class CaseFilter(YearFilter):
    class Meta:
        model = PoolingCase
        fields: tuple[str, ...] = ()


class HeadroomFilter(YearFilter):
    words_in = "name"

    class Meta:
        model = Headroom
        fields: tuple[str, ...] = ()
