"""What is done with a risk besides writing it: each asked for on a small page of its own, and done by one service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from icp.common.forms import NarrativeField
from programmes.models import Board, Programme
from risks import access, services
from risks.models import Escalation, Ground, Risk, RiskKind
from risks.views.pages import RiskPage

WHOLE = "whole"
# What is decided of a ground of escalation.
DECISIONS = (("end", "It comes back from the boards"), ("keep", "It stays before the boards"))
NOT_YOURS = (
    "You may read this risk. Its leads and the office keep its register, its SRO and the office decide "
    "what goes to the boards."
)


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
    register = forms.ChoiceField(label="Register")

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
    ground = forms.TypedChoiceField(label="Ground", coerce=int)
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


@dataclass(frozen=True)
class Deed:
    """``may`` says whether this person may; ``do`` does it, and returns the risk to go to and what to say."""

    title: str
    text: str
    button: str
    form: type[BecauseForm]
    may: Callable[[RiskPage], bool]
    do: Callable[[RiskPage, Any], tuple[Risk, str]]
    shown: Callable[[Risk], bool] = lambda risk: risk.is_open


def _keeps(page: RiskPage) -> bool:
    return page.may_keep(page.risk)


def _changes(page: RiskPage) -> bool:
    return page.may_change(page.risk)


def _asks(page: RiskPage) -> bool:
    return access.may_ask(roles=page.roles, risk=page.risk)


def _decides(page: RiskPage) -> bool:
    return access.may_decide(roles=page.roles, risk=page.risk)


def _when(page: RiskPage) -> dict[str, Any]:
    return {"by": page.user, "at": page.at, "today": page.today, "seen": page.seen}


def _close(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    done = services.close_risk(risk=page.risk, because=said["because"], **_when(page))
    return done, f"{done.ref} is closed."


def _reopen(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    done = services.reopen_risk(risk=page.risk, because=said["because"], **_when(page))
    return done, f"{done.ref} is open again."


def _merge(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    services.merge_risk(risk=page.risk, into=said["into"], because=said["because"], **_when(page))
    return said["into"], f"{page.risk.ref} is merged into {said['into'].ref}."


def _transfer(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    code = said["register"]
    done = services.transfer_risk(
        risk=page.risk,
        programme=said["by_code"].get(code),
        because=said["because"],
        by=page.user,
        today=page.today,
        seen=page.seen,
    )
    return done, f"{page.risk.ref} is {done.ref} now. The old reference leads to it."


def _issue(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    made = services.promote_to_issue(
        risk=page.risk, because=said["because"], keep=said["keep"], **_when(page)
    )
    return made, f"{made.ref} is the issue that {page.risk.ref} became."


def _remove(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    done = services.recommend_removal(
        risk=page.risk, because=said["because"], by=page.user, seen=page.seen
    )
    if not done.removal_because:
        return done, "The recommendation is taken back."
    return done, f"{done.ref} is recommended for removal. Who keeps the register closes it, or not."


def _board(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    services.ask_to_see(
        risk=page.risk,
        ground=Ground.BOARD,
        board=said["board"],
        because=said["because"],
        **_when(page),
    )
    return page.risk, f"{page.risk.ref} goes to {said['board']}."


def _know(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    services.ask_to_see(
        risk=page.risk, ground=Ground.NEED_TO_KNOW, because=said["because"], **_when(page)
    )
    return page.risk, f"{page.risk.ref} goes to the boards: they need to know."


def _decide(page: RiskPage, said: dict[str, Any]) -> tuple[Risk, str]:
    ground = said["by_key"][said["ground"]]
    if said["decision"] == "keep":
        services.keep_escalated(
            escalation=ground, because=said["because"], by=page.user, seen=page.seen
        )
        return page.risk, f"{page.risk.ref} stays before the boards."
    services.end_escalation(
        escalation=ground,
        because=said["because"],
        **_when(page),
    )
    return page.risk, f"{page.risk.ref} no longer goes to the boards on this ground."


DEEDS: dict[str, Deed] = {
    "close": Deed(
        "Close",
        "It leaves the register of open risks, and the boards with it. It can be opened again.",
        "Close it",
        BecauseForm,
        _keeps,
        _close,
    ),
    "reopen": Deed(
        "Open again",
        "Under its own reference; it goes to the boards if its score says so.",
        "Open it again",
        BecauseForm,
        _keeps,
        _reopen,
        lambda risk: not risk.is_open,
    ),
    "merge": Deed(
        "Merge into another",
        "Its open actions, its links and what boards asked to see of it go over to the other one.",
        "Merge it",
        MergeForm,
        _keeps,
        _merge,
    ),
    "transfer": Deed(
        "Move to another register",
        "It gets a reference there. The old one leads to it, and is given to no other risk.",
        "Move it",
        TransferForm,
        _keeps,
        _transfer,
    ),
    "issue": Deed(
        "It has happened",
        "An issue is raised from it, with a reference of its own; the risk is closed unless you keep it.",
        "Raise the issue",
        IssueForm,
        _keeps,
        _issue,
        lambda risk: risk.is_open and risk.kind == RiskKind.RISK,
    ),
    "remove": Deed(
        "Recommend for removal",
        "For a risk that its programme cannot mitigate. The reason stays on record; an empty one takes it back.",
        "Recommend it",
        OptionalForm,
        _changes,
        _remove,
    ),
    "board": Deed(
        "A board asked to see it",
        "It stands in the register of escalated risks whatever its score, until somebody decides otherwise.",
        "Put it before the board",
        BoardForm,
        _asks,
        _board,
    ),
    "know": Deed(
        "The boards need to know",
        "It stands in the register of escalated risks whatever its score.",
        "Put it before the boards",
        BecauseForm,
        _asks,
        _know,
    ),
    "decide": Deed(
        "Decide on its escalation",
        "A score puts a risk before the boards by itself; people alone take it back.",
        "Decide",
        DecisionForm,
        _decides,
        _decide,
    ),
}
