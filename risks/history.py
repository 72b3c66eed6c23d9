"""What history pages call the things of the registers."""

from django.urls import reverse

from programmes.history.names import Named, register
from risks.models import ControlLine, Ground, RiskReportKind


def _risk(ref: str, title: str, place: str) -> Named:
    return Named(f"{ref} {title}", _address(ref, place))


def _address(ref: str, place: str) -> str:
    return reverse("risk", kwargs={"place": place, "ref": ref})


def _of_risk(what: str, ref: str, place: str) -> Named:
    return Named(f"{what[:80]}, {ref}", _address(ref, place))


def _link(words: str, indicator: str, ref: str, place: str) -> Named:
    what = words or indicator
    return _of_risk(what, ref, place) if what else Named(ref, _address(ref, place))


def _escalation(ground: str, ref: str, place: str) -> Named:
    return _of_risk(Ground(ground).label, ref, place)


def _control(line: str, ref: str, place: str) -> Named:
    return _of_risk(ControlLine(line).label, ref, place)


def _residual(quarter: str, year: str, ref: str, place: str) -> Named:
    return _of_risk(f"Q{quarter} {year}", ref, place)


def _report(kind: str, period: str, place: str, key: str) -> Named:
    return Named(
        f"{RiskReportKind(kind).label}, {period}",
        reverse("risk-report", kwargs={"place": place, "period": key, "which": kind}),
    )


def register_risks() -> None:
    """Let history pages name every kind of thing that the registers hold."""
    register("risks.riskrules", "Risk rules", "place__name")
    register("risks.riskcategory", "Risk category", "name")
    register("risks.register", "Register", "code")
    register("risks.risk", "Risk", "ref", "title", "place__slug", say=_risk)
    risk = ("risk__ref", "risk__place__slug")
    register("risks.residual", "Residual score", "quarter", "year", *risk, say=_residual)
    register("risks.escalation", "Escalation", "ground", *risk, say=_escalation)
    register("risks.mitigation", "Mitigation", "what", *risk, say=_of_risk)
    register("risks.control", "Control", "line", *risk, say=_control)
    register("risks.link", "Link", "words", "indicator", *risk, say=_link)
    register("risks.riskfile", "Attachment", "name", *risk, say=_of_risk)
    register("risks.riskupload", "File", "filename")
    report = ("kind", "period__name", "period__place__slug", "period__key")
    register("risks.riskreport", "Risk report", *report, say=_report)
