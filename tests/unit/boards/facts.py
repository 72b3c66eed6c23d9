"""Plans and what was said of them, as small as a test needs."""

from dataclasses import replace
from datetime import date

from boards.rules.facts import Facts, Programme, Row, Said, Span
from programmes.rules.rag import Rag

NOVEMBER = Span("2019-11", "November 2019", date(2019, 11, 1), date(2019, 11, 30))
DECEMBER = Span("2019-12", "December 2019", date(2019, 12, 1), date(2019, 12, 31))
JANUARY = Span("2020-01", "January 2020", date(2020, 1, 1), date(2020, 1, 31))

IT = Programme(
    code="IT",
    name="IT Enabler",
    kind="enabler group",
    state="live",
    parent=None,
    leads=("IT Enabler Lead",),
    sros=("Chief Executive",),
    accountable_officer="Managing Director",
    return_state="signed off",
    handed_in=True,
)
ESTATES = replace(IT, code="EST", name="Estates Enabler", sros=("Director of Finance",))


def said(rag=None, period=JANUARY, **more):
    return Said(period=period, rag=Rag(rag) if rag else None, **more)


def row(plan_id="11", *, programme="IT", finish=date(2020, 2, 14), **more):
    given = {
        "name": f"Row {plan_id}",
        "kind": "task",
        "start": date(2019, 4, 1),
        "plan_start": date(2019, 4, 1),
        "plan_finish": finish,
    }
    return Row(programme=programme, plan_id=plan_id, finish=finish, **(given | more))


def facts(
    *rows,
    programmes=(IT, ESTATES),
    first_issue=False,
    period=JANUARY,
    glossary=None,
    changes=(),
    gone=(),
):
    return Facts(
        place="City & Hackney",
        place_slug="city-and-hackney",
        period=period,
        first_issue=first_issue,
        programmes=programmes,
        rows=tuple(rows),
        glossary=glossary or {},
        changes=tuple(changes),
        gone=tuple(gone),
    )


def ids(section):
    """The numbers of the rows of a section."""
    return [found["plan_id"] for found in section["rows"]]
