"""A report's content: as it is stored, or as it would be if the period closed now."""

from boards.models import Report
from boards.rules import content as rules
from boards.rules.printed import Content
from boards.selectors.facts import gather, glossary_of
from programmes.models import Period


def content_of(report: Report) -> Content:
    """The report's content. While it is not published its annex follows the place's glossary.

    Needs ``period.place`` loaded; one query for a draft, none for a published report.
    """
    assert report.content is not None
    if report.is_published:
        content: Content = report.content
        return content
    return rules.with_narrative(
        report.content,
        narrative=report.narrative,
        glossary=glossary_of(place=report.period.place),
    )


def preview(*, period: Period, kind: str) -> Content:
    """What the report would say if the period closed as things stand, marked a draft."""
    return {**rules.build(kind, gather(period=period)), "draft": True}
