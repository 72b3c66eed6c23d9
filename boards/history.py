"""What history pages call a report."""

from django.db.models import QuerySet, Subquery
from django.urls import reverse

from boards.models import Report, ReportKind
from icp.audit.models import Change
from programmes.history.names import Named, register


def since_publication(changes: QuerySet[Change]) -> QuerySet[Change]:
    """Of a report's changes the publication and what came after: what was written before was a draft's."""
    published = changes.filter(changes__state__1="published").order_by("id").values("id")[:1]
    return changes.filter(id__gte=Subquery(published))


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
