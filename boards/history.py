"""What history pages call a report."""

from django.urls import reverse

from boards.models import Report, ReportKind
from programmes.history.names import Named, register


def address_of(report: Report) -> str:
    """The address of its page. Needs ``period.place`` loaded."""
    return _address(report.kind, report.period.place.slug, report.period.key)


def _address(kind: str, place: str, period: str) -> str:
    return reverse("report", kwargs={"place": place, "period": period, "kind": kind})


def _report(kind: str, period: str, place: str, key: str) -> Named:
    return Named(f"{ReportKind(kind).label}, {period}", _address(kind, place, key))


def register_reports() -> None:
    columns = ("kind", "period__name", "period__place__slug", "period__key")
    register("boards.report", "Report", *columns, say=_report)
