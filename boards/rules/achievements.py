"""Achievements: what was first reported complete in the period."""

from boards.rules.facts import Facts, Row, first_complete, is_complete
from boards.rules.printed import Content, row_content, section
from icp.common.words import british_date


def is_achievement(row: Row, facts: Facts) -> bool:
    """First reported complete in this period, whatever its finish; in the first issue, all complete."""
    if row.is_summary or not is_complete(row, facts):
        return False
    return facts.first_issue or first_complete(row) == facts.as_at


def sections(facts: Facts) -> list[Content]:
    heading = (
        f"Achieved by {british_date(facts.as_at)}"
        if facts.first_issue
        else f"Achieved in {facts.period.name}"
    )
    return [
        section(
            heading,
            (row_content(row, facts) for row in facts.counted if is_achievement(row, facts)),
            empty="No task or milestone was first reported complete in this period.",
        )
    ]
