"""The e-mail of a publication, in words. It goes through the outbox, once per board member and period."""

from django.conf import settings
from django.urls import reverse

from boards.models import Report, ReportKind
from icp.accounts.models import User
from icp.common.outbox import queue_mail
from icp.common.words import british_date
from programmes.models import BoardMember, Period


def tell_boards(period: Period) -> None:
    """Tell every member of the place's boards that the period's reports can be read."""
    place = period.place
    lines = "\n".join(
        f"- {report.get_kind_display()}: {_link(report, place.slug)}"
        for report in _in_order(period)
    )
    members = User.objects.filter(
        is_active=True, pk__in=BoardMember.objects.filter(board__place=place).values("user_id")
    ).order_by("pk")
    for member in members:
        queue_mail(
            key=f"published:{period.pk}:{member.pk}",
            to=member.email,
            subject=f"{place.name}: the reports for {period.name} are published",
            body=(
                f"The reports of {place.name} as at {british_date(period.ends_on)} "
                f"can be read now.\n\n{lines}\n\n"
                "Start with the exception report: it says what is off track, why, what is being "
                "done, and what is wanted from you.\n"
            ),
        )


def _in_order(period: Period) -> list[Report]:
    kinds = list(ReportKind)
    reports = Report.objects.filter(period=period).published().select_related("period")
    return sorted(reports, key=lambda report: kinds.index(ReportKind(report.kind)))


def _link(report: Report, place: str) -> str:
    kwargs = {"place": place, "period": report.period.key, "kind": report.kind}
    return f"{settings.PUBLIC_ADDRESS}{reverse('report', kwargs=kwargs)}"
