"""What is typed of agreements, business cases and headroom, and of their parts."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from finance.forms import MoneyField
from finance.models import (
    Agreement,
    AgreementClause,
    AgreementOption,
    AgreementParty,
    ApprovalState,
    CaseApproval,
    CaseContribution,
    ClauseKind,
    Commitment,
    Contribution,
    Headroom,
    OptionState,
    PoolingCase,
    ShareBand,
)
from finance.models.month import FIRST_YEAR, LAST_YEAR
from finance.rules.years import read_year, year_name
from icp.common.forms import BritishDateField, NarrativeField
from programmes.filters import FilterInWords
from programmes.models import Board, Organisation, Place


class YearField(forms.CharField):
    """A financial year, written 2019/20, as the year in which it begins."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=9, help_text="Such as 2019/20.", **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            year = read_year(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(f"Write a year from {year_name(FIRST_YEAR)} on.")
        return year

    def run_validators(self, value: Any) -> None:
        """The length is that of the text, which was read already."""

    def prepare_value(self, value: Any) -> Any:
        return year_name(value) if isinstance(value, int) else value


class AmountField(MoneyField):
    """Pounds, nought or more."""

    def to_python(self, value: Any) -> Decimal | None:
        found = super().to_python(value)
        if found is not None and found < 0:
            raise forms.ValidationError("Write nought or a positive amount.")
        return found


class Kept(forms.ModelForm):  # type: ignore[type-arg]
    """A form over a whole or one of its parts; ``version`` is that of the whole which was looked at."""

    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )
    # The part's field that is its whole, which the address says.
    parent = ""

    def _get_validation_exclusions(self) -> set[str]:
        # What the address says is checked with the rest: the same part twice is said at the form.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out - {self.parent, "place"}

    def __init__(self, *args: Any, place: Place, whole: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if self.parent:
            setattr(self.instance, self.parent, whole)
        else:
            self.instance.place = place
        self.initial["version"] = whole.version if whole is not None else 0
        self.choices_of(whole)

    def choices_of(self, whole: Any) -> None:
        """Let fields offer what belongs to the place alone."""

    def choose(self, name: str, rows: "QuerySet[Any]") -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def needs(self, name: str, sentence: str) -> None:
        if not self.errors.get(name) and not self.cleaned_data.get(name):
            self.add_error(name, sentence)


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


class DocumentForm(forms.Form):
    file = forms.FileField(
        label="Choose a document",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choose a file.", "max_length": "Its name is too long."},
    )


class WholeFilter(FilterInWords):
    """Filters over the agreements, cases or headrooms of one place."""

    q = filters.CharFilter(method="by_words", label="Words in its title", max_length=100)
    words_in = "title"

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"{self.words_in}__icontains": value})


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
