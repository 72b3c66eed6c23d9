"""What is done with a risk besides writing it: each asked for on a small page of its own, and done by one service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from risks import access, services
from risks.deed_forms import (
    BecauseForm,
    BoardForm,
    DecisionForm,
    IssueForm,
    MergeForm,
    OptionalForm,
    TransferForm,
)
from risks.models import Ground, Risk, RiskKind, RiskState
from risks.views.pages import RiskPage

NOT_YOURS = (
    "You may read this risk. Its leads and the office keep its register, its SRO and the office decide "
    "what goes to the boards."
)


@dataclass(frozen=True)
class Deed:
    """``may`` says whether this person may; ``do`` does it, and returns the risk to go to and what to say.

    ``done_so`` says of the risk as it is now whether just this was done with it already.
    """

    title: str
    text: str
    button: str
    form: type[BecauseForm]
    may: Callable[[RiskPage], bool]
    do: Callable[[RiskPage, Any], tuple[Risk, str]]
    shown: Callable[[Risk], bool] = lambda risk: risk.is_open
    done_so: Callable[[Risk, Any], bool] = lambda risk, said: False


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


def _is_closed_so(risk: Risk, said: dict[str, Any]) -> bool:
    return risk.state == RiskState.CLOSED and risk.ended_because == said["because"].strip()


def _is_open(risk: Risk, said: dict[str, Any]) -> bool:
    return risk.is_open


def _is_merged_so(risk: Risk, said: dict[str, Any]) -> bool:
    return risk.merged_into_id == said["into"].pk


def _is_moved_so(risk: Risk, said: dict[str, Any]) -> bool:
    chosen = said["by_code"].get(said["register"])
    return risk.register.programme_id == (chosen.pk if chosen else None)


def _has_happened_so(risk: Risk, said: dict[str, Any]) -> bool:
    return risk.state == RiskState.CLOSED and risk.ended_because.endswith(said["because"].strip())


def _is_recommended_so(risk: Risk, said: dict[str, Any]) -> bool:
    return risk.removal_because == said["because"].strip()


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
        done_so=_is_closed_so,
    ),
    "reopen": Deed(
        "Open again",
        "Under its own reference; it goes to the boards if its score says so.",
        "Open it again",
        BecauseForm,
        _keeps,
        _reopen,
        lambda risk: not risk.is_open,
        _is_open,
    ),
    "merge": Deed(
        "Merge into another",
        "Its open actions, its links and what boards asked to see of it go over to the other one.",
        "Merge it",
        MergeForm,
        _keeps,
        _merge,
        done_so=_is_merged_so,
    ),
    "transfer": Deed(
        "Move to another register",
        "It gets a reference there. The old one leads to it, and is given to no other risk.",
        "Move it",
        TransferForm,
        _keeps,
        _transfer,
        done_so=_is_moved_so,
    ),
    "issue": Deed(
        "It has happened",
        "An issue is raised from it, with a reference of its own; the risk is closed unless you keep it.",
        "Raise the issue",
        IssueForm,
        _keeps,
        _issue,
        lambda risk: risk.is_open and risk.kind == RiskKind.RISK,
        _has_happened_so,
    ),
    "remove": Deed(
        "Recommend for removal",
        "For a risk that its programme cannot mitigate. The reason stays on record; an empty one takes it back.",
        "Recommend it",
        OptionalForm,
        _changes,
        _remove,
        done_so=_is_recommended_so,
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
