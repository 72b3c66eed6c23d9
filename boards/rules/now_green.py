"""Now green: reported red or amber when last reported, green or complete now. It appears once."""

from boards.rules.facts import Facts, Row, rag_before, rag_now, this_period
from boards.rules.printed import Content, is_now_green, row_content, section


def sections(facts: Facts) -> list[Content]:
    return [
        section(
            f"Green again in {facts.period.name}",
            (_row(row, facts) for row in facts.counted if is_now_green(row, facts)),
            empty="Nothing that was red or amber when last reported is green now.",
        )
    ]


def _row(row: Row, facts: Facts) -> Content:
    before, said = rag_before(row, facts), this_period(row, facts)
    assert before is not None
    assert before.rag is not None
    now = rag_now(row, facts)
    return row_content(
        row,
        facts,
        rag_last=before.rag.value,
        rag_last_period=before.period.name,
        rag_this=now.value if now else None,
        reason_last=before.reason,
        get_to_green_last=before.get_to_green,
        reason=said.reason if said else "",
    )
