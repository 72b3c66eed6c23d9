from boards.models import Report


def locked(report: Report) -> Report:
    """The report as it is stored now, held until the transaction ends, with its period and place."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("period__place", "closed_by", "approved_by")
        .get(pk=report.pk)
    )
