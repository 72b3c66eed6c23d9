"""Look ahead: what falls due in the next period, and what is overdue and still open."""

from boards.rules.facts import Facts, Row, Span, forecast, is_complete
from boards.rules.judgements import is_overdue
from boards.rules.printed import Content, row_content, section
from boards.rules.spans import span_after


def falls_due(row: Row, facts: Facts, following: Span) -> bool:
    """Agreed or forecast finish in the next period, not complete, not overdue."""
    if row.is_summary or is_complete(row, facts) or is_overdue(row, facts):
        return False
    return any(
        day is not None and following.starts_on <= day <= following.ends_on
        for day in (row.finish, forecast(row))
    )


def sections(facts: Facts) -> list[Content]:
    following = span_after(facts.period)
    return [
        section(
            f"Look ahead: {following.name}",
            (row_content(row, facts) for row in facts.counted if falls_due(row, facts, following)),
            empty=f"Nothing that is still open has an agreed or forecast finish in {following.name}.",
        ),
        section(
            "Overdue and still open",
            (row_content(row, facts) for row in facts.counted if is_overdue(row, facts)),
            empty="Nothing is overdue.",
        ),
    ]
