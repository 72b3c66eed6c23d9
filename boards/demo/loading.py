"""Loading the demonstration, step by step, as the place's own people would have done it."""

import csv
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from boards import services as reports
from boards.demo.agreements import load_agreements
from boards.demo.changes import make_change_requests
from boards.demo.foresight import say_in_february, tie_rows_together
from boards.demo.money import load_money
from boards.demo.people import make_people
from boards.demo.risks import load_risks, review_risks
from boards.demo.words import CE_WORDS, IT_WORDS, NARRATIVE
from boards.models import Report, ReportKind
from finance.models import FinanceReport
from finance.services import close_month, publish_finance_report
from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.models import DemoClock
from icp.common.tabular import Limits
from programmes import services
from programmes.importers.plan import PlanRow, read_plan
from programmes.importers.programmes import read_programmes
from programmes.models import (
    Board,
    GlossaryEntry,
    ItemKind,
    Leadership,
    LeadershipRole,
    Organisation,
    Period,
    PeriodState,
    Place,
    PlanItem,
    Programme,
    Return,
    ReturnState,
    System,
)
from programmes.rules.rag import OFF_TRACK, Rag
from programmes.services.plan_import import import_plan
from programmes.services.programme_import import import_programmes
from risks.models import RiskReport
from risks.services import reports as risk_reports

DATA = Path(__file__).parent / "data"
# They come with the portal (or from whoever measures it), so only the disk limits them.
OWN_FILES = Limits(size=sys.maxsize, rows=sys.maxsize, seconds=math.inf)
SLUG = "city-and-hackney"
TODAY = date(2020, 2, 14)
DIRECTOR, MANAGER = "IC Programme Director", "IC Programme Manager"
PUBLIC = (ReportKind.ACHIEVEMENTS, ReportKind.LOOK_AHEAD, ReportKind.FULL_PLAN)

ORGANISATIONS = (
    ("City and Hackney Clinical Commissioning Group", "CCG"),
    ("London Borough of Hackney", "LBH"),
    ("City of London Corporation", "CoLC"),
    ("Homerton University Hospital", "Homerton"),
    ("East London NHS Foundation Trust", "ELFT"),
    ("GP Confederation", "GP Confederation"),
    ("Voluntary and community sector", "VCS"),
)
BOARDS = (
    ("City Integrated Commissioning Board", "City ICB", "city-icb", True),
    ("Hackney Integrated Commissioning Board", "Hackney ICB", "hackney-icb", True),
    ("Accountable Officers Group", "AOG", "aog", True),
    ("CCG Governing Body", "Governing Body", "governing-body", True),
    ("Transformation Board", "Transformation Board", "transformation-board", False),
)


class NotADemonstration(Exception):
    """Only the demonstration may be loaded with demonstration data."""


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8-sig") as opened:
        return list(csv.DictReader(opened))


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=UTC)


@contextmanager
def _on(day: date, *, by: User | None = None) -> Iterator[None]:
    """Inside the ``with`` block it is ``day``, so that history tells what was done when, and by whom."""
    DemoClock.objects.update(today=day)
    with recorded(way=Way.COMMAND, by=by, via="load_demo"):
        yield
    DemoClock.objects.update(today=TODAY)


@transaction.atomic
def load_demo() -> Place | None:
    """Load everything, or nothing when the place is there already (then ``None``).

    Raises:
        NotADemonstration: the settings are not the demonstration's.
    """
    if not settings.DEMO:
        raise NotADemonstration("Only the demonstration can be loaded with this data.")
    if Place.objects.filter(slug=SLUG).exists():
        return None
    january, people = load_until_the_close()
    publish_reports(period=january, by=people[MANAGER])
    make_change_requests(
        january.place, lead=_first_holders(january.place, "lead")["IT"], office=people[DIRECTOR]
    )
    load_the_money(january.place, people)
    with _on(date(2020, 2, 12)):
        february = Period.objects.get(place=january.place, key="2020-02")
        say_in_february(february=february, leads=_first_holders(january.place, "lead"))
        review_risks(january.place, at=_at(2020, 2, 12))
    return january.place


def load_the_money(place: Place, people: dict[str, User]) -> None:
    """Months 1 to 10 of 2019/20, all of them closed."""
    closer = people["Programme Finance Lead"]
    with _on(date(2020, 2, 11), by=closer):
        month = load_money(place, people)
        load_agreements(place, keeper=closer)
        month = close_month(month=month, by=closer, at=_at(2020, 2, 12), today=date(2020, 2, 12))
    with _on(date(2020, 2, 13), by=people[DIRECTOR]):
        report = FinanceReport.objects.get(month=month)
        publish_finance_report(report=report, by=people[DIRECTOR], at=_at(2020, 2, 13))


@transaction.atomic
def load_until_the_close(*, data: Path = DATA) -> tuple[Period, dict[str, User]]:
    """The place up to January's close, its reports waiting: January, and the people by name.

    ``data`` is the folder of the CSV files: another may hold a plan of another size.
    """
    DemoClock.objects.update_or_create(only=True, defaults={"today": TODAY})
    with _on(date(2020, 1, 2)):
        place = make_place(data)
        people = make_people_and_programmes(place, data=data)
        december, january = (
            services.open_period(place=place, day=date(2019, 12, 1)),
            services.open_period(place=place, day=date(2020, 1, 1)),
        )
    # December's office kept its returns elsewhere: what is known of it are the RAGs that January's
    # paper prints as last month's. Its reports were made before the portal, and are not made again.
    _import_plan_in(january, people, file=data / "plan.csv")
    published = _rows(data / "exceptions.csv")
    with _on(date(2020, 1, 3), by=people[MANAGER]):
        tie_rows_together(place=place)
        load_risks(place, by=people[MANAGER], at=_at(2020, 1, 3))
    _make_statuses(december, published, column="rag_last_period", at=_at(2020, 1, 3))
    with _on(date(2020, 1, 6), by=people[DIRECTOR]):
        _close_before_the_portal(december, by=people[DIRECTOR])
    _make_statuses(january, published, column="rag_this_period", at=_at(2020, 1, 30))
    with _on(date(2020, 2, 1)):
        services.turn_the_day(place=place, today=date(2020, 2, 1), at=_at(2020, 2, 1))
    with _on(date(2020, 2, 4), by=people[DIRECTOR]):
        services.close_period(
            period=january, by=people[DIRECTOR], at=_at(2020, 2, 4), today=date(2020, 2, 4)
        )
    return january, people


def make_place(data: Path) -> Place:
    """The place with its partners, boards and acronyms."""
    system = System.objects.create(name="North East London", slug="north-east-london")
    place = Place.objects.create(system=system, name="City & Hackney", slug=SLUG)
    Organisation.objects.bulk_create(
        Organisation(place=place, name=name, short_name=short) for name, short in ORGANISATIONS
    )
    Board.objects.bulk_create(
        Board(place=place, name=name, short_name=short, slug=slug, takes_decisions=decides, order=n)
        for n, (name, short, slug, decides) in enumerate(BOARDS, start=1)
    )
    GlossaryEntry.objects.bulk_create(
        GlossaryEntry(place=place, acronym=row["acronym"], expansion=row["expansion"])
        for row in _rows(data / "glossary.csv")
    )
    return place


def make_people_and_programmes(place: Place, *, data: Path = DATA) -> dict[str, User]:
    """The programmes with their posts, and a person in every post."""
    file = read_programmes((data / "programmes.csv").read_bytes(), "programmes.csv", existing=set())
    import_programmes(place=place, file=file, by=None)
    return make_people(place)


def _import_plan_in(january: Period, people: dict[str, User], *, file: Path) -> None:
    """The plan arrives in January, so that its ticks count as January's (the first issue)."""
    place = january.place
    codes = set(Programme.objects.in_place(place).values_list("code", flat=True))
    plan = read_plan(file.read_bytes(), file.name, programmes=codes, limits=OWN_FILES)
    plan = replace(plan, rows=_owned_by_leads(plan.rows, place=place))
    with _on(date(2020, 1, 2)):
        import_plan(place=place, file=plan, by=people[MANAGER])
        PlanItem.objects.filter(programme__place=place, ticked=True).update(ticked_in=january)


def _owned_by_leads(rows: list[PlanRow], *, place: Place) -> list[PlanRow]:
    """The published plan names no owners: each task and milestone gets the post that leads its programme, the
    first where several do.
    """
    leads: dict[str, str] = {}
    duties = Leadership.objects.filter(programme__place=place, role=LeadershipRole.LEAD)
    for code, title in duties.order_by("order", "pk").values_list("programme__code", "post__title"):
        leads.setdefault(code, title)
    return [
        replace(row, owner="" if row.kind == ItemKind.SUMMARY else leads.get(row.programme, ""))
        for row in rows
    ]


def _make_statuses(
    period: Period, published: list[dict[str, str]], *, column: str, at: datetime
) -> None:
    """The published RAGs as statuses, and every programme's return signed off."""
    items = {
        (item.programme.code, item.plan_id): item
        for item in PlanItem.objects.filter(programme__place=period.place).select_related(
            "programme"
        )
    }
    leads = _first_holders(period.place, "lead")
    for row in published:
        item = items[row["programme"], row["plan_id"]]
        rag = Rag(row[column])
        reason, plan = _words(row["programme"], row["plan_id"]) if rag in OFF_TRACK else ("", "")
        lead = leads[row["programme"]]
        with _on(at.date(), by=lead):
            services.record_status(
                item=item,
                period=period,
                by=lead,
                at=at,
                expected_version=0,
                values={"rag": rag, "reason": reason, "get_to_green": plan},
            )
    signers = _first_holders(period.place, "sro")
    for programme in Programme.objects.in_place(period.place).reporting().in_order():
        lead, signer = leads[programme.code], signers[programme.code]
        handed_in = {"submitted_by": lead, "submitted_at": at}
        with _on(at.date(), by=lead):
            made, _ = Return.objects.update_or_create(
                programme=programme,
                period=period,
                defaults={"state": ReturnState.SUBMITTED, **handed_in},
            )
        with _on(at.date(), by=signer):
            made.state = ReturnState.SIGNED_OFF
            made.signed_off_by, made.signed_off_at = signer, at
            made.save()


def _words(programme: str, plan_id: str) -> tuple[str, str]:
    return IT_WORDS.get(plan_id, CE_WORDS) if programme == "IT" else CE_WORDS


def _first_holders(place: Place, role: str) -> dict[str, User]:
    """The first person in that role, by programme code."""
    found: dict[str, User] = {}
    for programme in Programme.objects.in_place(place).prefetch_related("leadership__post__holder"):
        duties = sorted(programme.leadership.all(), key=lambda duty: (duty.role, duty.order))
        found[programme.code] = next(
            duty.post.holder for duty in duties if duty.role == role and duty.post.holder
        )
    return found


def _close_before_the_portal(period: Period, *, by: User) -> None:
    period.state = PeriodState.CLOSED
    period.closed_by, period.closed_at = by, _at(2020, 1, 6)
    period.save()


def publish_reports(*, period: Period, by: User) -> None:
    """Build each waiting report of the period, give it its narrative, approve and publish it.

    ``by`` is of the office, and not who closed the period.
    """
    for report in Report.objects.filter(period=period).order_by("pk"):
        with _on(date(2020, 2, 4), by=by):
            built = reports.build_report(report=report, at=_at(2020, 2, 4))
            written = reports.write_narrative(
                report=built, text=NARRATIVE[report.kind], by=by, expected_version=built.version
            )
        with _on(date(2020, 2, 6), by=by):
            approved = reports.approve_report(report=written, by=by, at=_at(2020, 2, 6))
            published = reports.publish_report(report=approved, by=by, at=_at(2020, 2, 6))
            reports.set_public(report=published, is_public=report.kind in PUBLIC, by=by)
    publish_risk_reports(period=period, by=by)


def publish_risk_reports(*, period: Period, by: User) -> None:
    """The same for the period's reports of the registers; their words are what their figures give."""
    for report in RiskReport.objects.filter(period=period).order_by("pk"):
        with _on(date(2020, 2, 4), by=by):
            built = risk_reports.build_report(report=report, at=_at(2020, 2, 4))
        with _on(date(2020, 2, 6), by=by):
            approved = risk_reports.approve_report(
                report=built, seen=built.version, by=by, at=_at(2020, 2, 6)
            )
            risk_reports.publish_report(report=approved, by=by, at=_at(2020, 2, 6))
