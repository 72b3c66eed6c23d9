"""Which risks moved: by their current score since a moment, and on the map between two days."""

from datetime import date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from icp.common.clock import start_of
from risks.models.risk import RiskQuerySet
from risks.rules.heat import Step
from risks.selectors.standing import last_day_before

# The last current score of each risk among those given so.
LATEST = """
    SELECT DISTINCT ON (risk_id) risk_id, {columns}
    FROM risks_score
    WHERE which = 'current' AND {given}
    ORDER BY risk_id, given_at DESC, id DESC
"""
# Closed over the end of a day, which it takes twice: as :func:`risks.selectors.standing.closed_over`.
CLOSED_OVER = "closed_on <= %s AND reopened_on > %s"
BEFORE, BETWEEN = "given_at < %s", "given_at >= %s AND given_at < %s"
# The risks asked for, each beside the current score that it had just before a moment, and whether it was closed then
# and is open again: one look through the scores, where asking of every risk by itself takes ten times as long.
MOVED = f"""
SELECT r.id
FROM ({{asked}}) AS r (id, current, created_at)
LEFT JOIN ({LATEST.format(columns="score", given=BEFORE)}) was ON was.risk_id = r.id
LEFT JOIN risks_closedtime closed ON closed.risk_id = r.id AND {CLOSED_OVER}
WHERE ((was.risk_id IS NOT NULL OR r.created_at < %s) AND closed.id IS NULL) {{existed}} AND {{moved}}
"""  # nosec B608  # noqa: S608 - its words are those above
HOW = {
    "new": ("IS FALSE", "TRUE"),
    "same": ("IS TRUE", "r.current IS NOT DISTINCT FROM was.score"),
    "up": (
        "IS TRUE",
        "(r.current > was.score OR (r.current IS NOT NULL AND was.score IS NULL))",
    ),
    "down": (
        "IS TRUE",
        "(r.current < was.score OR (r.current IS NULL AND was.score IS NOT NULL))",
    ),
}

SQUARE = "likelihood, impact"
Stood = dict[tuple[Step | None, Step | None], list[str]]
# Thousands of risks move between few squares. Asked of those alone that were scored between the two days, and before:
# no other can have moved. No reference has a space, and one text is read faster than a list of thousands.
STOOD = f"""
SELECT was.likelihood, was.impact, now.likelihood, now.impact, string_agg(asked.ref, ' ')
FROM ({{asked}}) AS asked (id, ref, ended_on)
JOIN ({LATEST.format(columns=SQUARE, given=BETWEEN)}) now ON now.risk_id = asked.id
JOIN ({LATEST.format(columns=SQUARE, given=BEFORE)}) was ON was.risk_id = asked.id
WHERE (asked.ended_on IS NULL OR asked.ended_on > %s) AND asked.id NOT IN (
    SELECT risk_id FROM risks_closedtime WHERE ({CLOSED_OVER}) OR ({CLOSED_OVER})
)
GROUP BY 1, 2, 3, 4
"""  # nosec B608  # noqa: S608 - its words are those above


def moved_since(rows: RiskQuerySet, *, movement: str, since: datetime) -> RawSQL | tuple[()]:
    """Keys of those of the rows that moved so since a moment: as :func:`risks.rules.scores.moved` says it, asked in sets."""
    existed, moved = HOW[movement]
    try:
        asked, values = _asked(rows, "pk", "current", "created_at")
    except EmptyResultSet:
        return ()
    question = MOVED.format(asked=asked, existed=existed, moved=moved)
    day = last_day_before(since)
    return RawSQL(question, [*values, since, day, day, since])  # noqa: S611 # nosec B611 - its words are those above


def squares_between(rows: RiskQuerySet, *, after: date, until: date) -> Stood:
    """Where the rows stood by their current scores at the end of two days, and which of them, by reference. One query.

    One that was closed on either day stood nowhere then, whether it is open again or not.
    """
    first, last = (start_of(day + timedelta(days=1)) for day in (after, until))
    try:
        asked, values = _asked(rows, "pk", "ref", "ended_on")
    except EmptyResultSet:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            STOOD.format(asked=asked),
            [*values, first, last, first, max(after, until), after, after, until, until],
        )
        return {
            (_step(*square[:2]), _step(*square[2:])): refs.split()
            for *square, refs in cursor.fetchall()
        }


def _asked(rows: RiskQuerySet, *columns: str) -> tuple[str, tuple]:
    """The question for these columns, and its values.

    Raises:
        EmptyResultSet: Django knows without asking that there are none.
    """
    return rows.order_by().values_list(*columns).query.sql_with_params()


def _step(likelihood: int | None, impact: int | None) -> Step | None:
    """None for a score without likelihood and impact."""
    return None if likelihood is None or impact is None else (likelihood, impact)
