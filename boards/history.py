"""What history pages call a report."""

from django.urls import reverse

from boards.models import Report
from programmes.history.names import Named, register


def name_reports(pks: set[int]) -> dict[int, Named]:
    found = Report.objects.filter(pk__in=pks).select_related("period__place").defer("content")
    return {report.pk: Named(str(report), address_of(report)) for report in found}


def address_of(report: Report, name: str = "report") -> str:
    """The address of its page, or of another page of it. Needs ``period.place`` loaded."""
    period = report.period
    kwargs = {"place": period.place.slug, "period": period.key, "kind": report.kind}
    return reverse(name, kwargs=kwargs)


def register_reports() -> None:
    register("boards.report", word="Report", namer=name_reports)
