"""What history pages call the things of the money."""

from finance.models import Fund, Side
from finance.rules.years import FinanceMonthKey
from programmes.history.names import Named, register


def _month(year: str, number: str) -> Named:
    return Named(FinanceMonthKey(int(year), int(number)).name)


def _of_month(what: str, year: str, number: str) -> Named:
    return Named(f"{what}, {_month(year, number).text}")


def _line(partner: str, fund: str, workstream: str, name: str) -> Named:
    return Named(f"{partner} {Fund(fund).label.lower()}: {workstream or name}")


def _position(partner: str, workstream: str, name: str, year: str, number: str) -> Named:
    return _of_month(f"{partner} {workstream or name}", year, number)


def _risk(partner: str, side: str, ref: str, title: str) -> Named:
    return Named(f"{partner} {Side(side).label.lower()} {ref}: {title}")


def _virement(number: str) -> Named:
    return Named(f"V {number}")


def _of_number(what: str, number: str) -> Named:
    return Named(f"{what}, month {number}")


def _of_whole(part: str, whole: str) -> Named:
    return Named(f"{part}, {whole}")


def _register_agreements() -> None:
    """What is pooled by agreement, and money that is kept for a purpose."""
    of, by = "agreement__title", "organisation__short_name"
    register("finance.agreement", "Agreement", "title")
    register("finance.agreementparty", "Party", by, of, say=_of_whole)
    register("finance.agreementoption", "Option", "extends_to", of, say=_of_whole)
    register("finance.contribution", "Contribution", by, of, say=_of_whole)
    register("finance.shareband", "Share of an overspend", by, of, say=_of_whole)
    register("finance.agreementclause", "Schedule or variation", "title", of, say=_of_whole)
    register("finance.agreementdocument", "Document", "name", of, say=_of_whole)
    register("finance.poolingcase", "Business case", "title")
    register("finance.casecontribution", "Contribution", by, "case__title", say=_of_whole)
    register("finance.caseapproval", "Approval", "board__name", "case__title", say=_of_whole)
    register("finance.headroom", "Headroom", "name")
    register("finance.commitment", "Commitment", "what", "headroom__name", say=_of_whole)


def register_money() -> None:
    """Let history pages name every kind of thing that finance holds."""
    month = ("month__year", "month__number")
    register("finance.financemonth", "Month", "year", "number", say=_month)
    register("finance.monthexception", "Exception", "user__name", *month, say=_of_month)
    register("finance.submission", "Submission", "organisation__short_name", *month, say=_of_month)
    line = ("organisation__short_name", "fund", "workstream__name", "name")
    register("finance.budgetline", "Budget line", *line, say=_line)
    said = ("line__organisation__short_name", "line__workstream__name", "line__name")
    register("finance.position", "Position", *said, *month, say=_position)
    register("finance.phase", "Phase", *(f"line__{name}" for name in line), say=_line)
    register("finance.basis", "Basis of preparation", "organisation__short_name")
    register("finance.commentary", "Commentary", "workstream__name", *month, say=_of_month)
    register("finance.virement", "Virement", "number", say=_virement)
    register("finance.virementline", "Line of a virement", "virement__number", say=_virement)
    register("finance.workingpaper", "Working paper", "name")
    risk = ("organisation__short_name", "side", "ref", "title")
    register("finance.financialrisk", "Financial risk", *risk, say=_risk)
    register("finance.riskposition", "Financial risk", "risk__title", *month, say=_of_month)
    register("finance.savingsscheme", "Savings scheme", "name")
    register(
        "finance.savingsposition", "Savings", "organisation__short_name", *month, say=_of_month
    )
    plan = ("scheme__name", "number")
    register("finance.savingsplan", "Savings plan", *plan, say=_of_number)
    _register_agreements()
    register("finance.financereport", "Finance report", *month, say=_month)
    register("finance.financerules", "Finance rules", "place__name")
