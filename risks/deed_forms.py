"""What is asked before something is done with a risk."""

from typing import Any

from django import forms

from icp.common.forms import NarrativeField
from programmes.models import Board, Programme
from risks import access
from risks.models import Escalation, Risk
from risks.views.pages import RiskPage

WHOLE = "whole"
# What is decided of a ground of escalation.
DECISIONS = (("end", "It comes back from the boards"), ("keep", "It stays before the boards"))


class BecauseForm(forms.Form):
    """Every deed says why."""

    because = NarrativeField(label="Why", max_length=1000)

    def __init__(self, data: Any = None, *, page: RiskPage) -> None:
        super().__init__(data)
        self.fields["because"].widget.attrs["rows"] = 3
        self.page = page

    def known(self) -> dict[str, Any]:
        """What the form offered to choose from, by what was chosen."""
        return {name: getattr(self, name) for name in ("by_code", "by_key") if hasattr(self, name)}


class OptionalForm(BecauseForm):
    """A deed that may say why."""

    def __init__(self, data: Any = None, *, page: RiskPage) -> None:
        super().__init__(data, page=page)
        self.fields["because"].required = False


class TransferForm(BecauseForm):
    register = forms.ChoiceField(
        label="Register",
        error_messages={"invalid_choice": "Choose a register that the risk is not in already."},
    )

    field_order = ("register", "because")

    def __init__(self, data: Any = None, *, page: RiskPage) -> None:
        super().__init__(data, page=page)
        found = Programme.objects.filter(place=page.place).in_order()
        self.by_code = {one.code: one for one in found if one.pk != page.risk.register.programme_id}
        offered = [(code, one.name) for code, one in self.by_code.items()]
        if page.risk.register.programme_id:
            offered = [(WHOLE, "The whole programme"), *offered]
        self.fields["register"].choices = offered  # type: ignore[attr-defined]


class MergeForm(BecauseForm):
    into = forms.CharField(
        label="Reference of the risk that holds it already", max_length=24, help_text="As in PC1"
    )

    field_order = ("into", "because")

    def clean_into(self) -> Risk:
        ref = self.cleaned_data["into"].replace(" ", "").upper()
        rows = access.risks_of(place=self.page.place, roles=self.page.roles)
        found = rows.filter(ref=ref).select_related("register").first()
        if found is None:
            raise forms.ValidationError(f"There is no risk {ref} in this place.")
        # What is merged writes into the other: its actions, its links, who asked to see it.
        if not self.page.may_change(found):
            raise forms.ValidationError(
                f"You may read {ref}, and not change it: ask its owner, the leads of its programme or the office."
            )
        return found


class IssueForm(BecauseForm):
    keep = forms.BooleanField(label="It may happen again: keep the risk open too", required=False)

    def __init__(self, data: Any = None, *, page: RiskPage) -> None:
        super().__init__(data, page=page)
        self.fields["because"].label = "What has happened"


class BoardForm(OptionalForm):
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(), label="Board that asked", empty_label=None
    )

    field_order = ("board", "because")

    def __init__(self, data: Any = None, *, page: RiskPage) -> None:
        super().__init__(data, page=page)
        boards = Board.objects.filter(place=page.place).order_by("order", "pk")
        self.fields["board"].queryset = boards  # type: ignore[attr-defined]


class DecisionForm(BecauseForm):
    ground = forms.TypedChoiceField(
        label="Ground",
        coerce=int,
        error_messages={
            "invalid_choice": "It does not go to the boards on this ground any more: it was decided."
        },
    )
    decision = forms.ChoiceField(label="Decision", choices=DECISIONS, widget=forms.RadioSelect)

    field_order = ("ground", "decision", "because")

    def __init__(self, data: Any = None, *, page: RiskPage) -> None:
        super().__init__(data, page=page)
        grounds = Escalation.objects.filter(risk=page.risk, ended_at=None).select_related("board")
        self.by_key = {one.pk: one for one in grounds.order_by("began_on", "pk")}
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.get_ground_display()}{f': {one.board}' if one.board else ''}")
            for key, one in self.by_key.items()
        ]
