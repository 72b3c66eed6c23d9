"""The table of who may do what, walked address by address with every role."""

from copy import copy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.safestring import SafeString

from boards import services as reports
from boards.models import Report
from finance.models import (
    Agreement,
    AgreementDocument,
    AgreementParty,
    BudgetLine,
    CaseApproval,
    Commitment,
    FinancialRisk,
    Headroom,
    PoolingCase,
    Position,
    RiskPosition,
    SavingsScheme,
    Submission,
    WorkingPaper,
)
from finance.rules.years import FinanceMonthKey
from finance.services import (
    close_month,
    open_month,
    propose_virement,
    publish_finance_report,
)
from icp.accounts import middleware
from icp.accounts.services import invite
from icp.common import clock
from icp.common.models import SentMail
from icp.common.tabular import write_csv
from icp.operations import heartbeat
from programmes import context
from programmes.exporters.return_file import HEADINGS
from programmes.models import (
    Attachment,
    ChangeLineKind,
    Dependency,
    FinanceLead,
    GlossaryEntry,
    Organisation,
    PlaceRole,
    PlanUpload,
)
from programmes.services.changes import DraftLine, draft_lines
from programmes.services.feeds import make_feed
from programmes.services.uploads import store_upload
from risks.models import RiskCategory, RiskReport, RiskUpload
from risks.services import add_control, add_link, add_mitigation, attach_file, raise_risk
from risks.services import reports as risk_reports
from tests import access_table as table
from tests.access_table import ADDRESSES, Address
from tests.factories import (
    NOW,
    CoverFactory,
    MembershipFactory,
    OfferFactory,
    PlaceFactory,
    UserFactory,
)
from tests.integration.cycle.conftest import make_world

PLAN = b"programme,plan_id,outline_level,kind,name,duration,start,finish,complete,scheduling\n"


class SameFile:
    """A file that reads the same however often it is sent; a plan, where nothing else is said."""

    def __init__(self, name="plan.csv", data=PLAN):
        self.name, self.data = name, data

    def read(self, *_):
        return self.data


def named_addresses(resolver=None, prefix=""):
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            space = f"{found.namespace}:" if found.namespace else ""
            yield from named_addresses(found, prefix + space)
        else:
            yield prefix + (found.name or str(found.pattern))


def test_every_address_is_in_the_table():
    known = {one.name for one in ADDRESSES}
    found = set(named_addresses())
    assert found - known == set(), "Say in tests/access_table.py who may reach these."
    assert known - found == set(), "These stand in the table, and nowhere else."


def test_the_page_for_people_says_the_same():
    written = (Path(settings.BASE_DIR) / "docs/access.md").read_text()
    assert written == table.as_markdown(), "Run: .venv/bin/python -m tests.access_table"


def link_for_a_newcomer(world) -> str:
    newcomer = UserFactory()
    newcomer.set_unusable_password()
    newcomer.save()
    issued = invite(
        user=newcomer, scope=world.place.slug, host=world.place.name, by=None, at=clock.now()
    )
    return issued.link


def finance_lead(place):
    partner = Organisation.objects.get(place=place, short_name="AP")
    return FinanceLead.objects.create(organisation=partner, user=UserFactory()).user


@pytest.fixture
def place(db):
    """A place in mid month with one of everything, and what its addresses are made of."""
    return furnish(make_world())


def furnish(world):
    """One of everything in the world, and what its addresses are made of."""
    heartbeat.beat()  # Without a timer the portal is not ready.
    said = world.say_the_red_row()
    handed_in = said.period.returns.get(programme=world.programme)
    GlossaryEntry.objects.create(place=world.place, acronym="BAU", expansion="Business as usual")
    report = Report.objects.filter(period=world.january, kind="exceptions").first()
    SentMail.objects.create(to="post@example.org", subject="Hello", body="", sent_at=NOW)
    upload = store_upload(
        place=world.place,
        kind=PlanUpload.Kind.PLAN,
        filename="plan.csv",
        data=PLAN,
        by=world.office,
        at=NOW,
    )
    filled_in = PlanUpload.objects.create(
        place=world.place,
        kind=PlanUpload.Kind.RETURN,
        programme=world.programme,
        period=world.february,
        filename="return.csv",
        data=b"".join(write_csv(HEADINGS, [])),
        uploaded_by=world.lead,
        uploaded_at=NOW,
    )
    cover = CoverFactory(
        place=world.place,
        person=world.lead,
        deputy=world.sro,
        starts_on=date(2020, 3, 2),
        ends_on=date(2020, 3, 6),
    )
    change = draft_lines(
        programme=world.programme,
        lines=[DraftLine(kind=ChangeLineKind.REMOVE, item=world.items[3])],
        by=world.lead,
        at=NOW,
        why="It is done elsewhere.",
    )
    partner = Organisation.objects.create(place=world.place, name="A partner", short_name="AP")
    line = BudgetLine.objects.create(organisation=partner, year=2019, fund="pooled", name="All")
    spare = BudgetLine.objects.create(organisation=partner, year=2019, fund="pooled", name="Spare")
    moved = propose_virement(
        place=world.place,
        year=2019,
        from_month=11,
        amounts={line.pk: Decimal(5), spare.pk: Decimal(-5)},
        reason="A lift.",
        by=world.lead,
        at=NOW,
    )
    closed = open_month(place=world.place, key=FinanceMonthKey(2019, 10))
    position = Position.objects.create(
        line=line,
        month=closed,
        annual_budget=5,
        ytd_budget=4,
        ytd_actual=4,
        forecast_outturn=5,
        entered_at=NOW,
    )
    Submission.objects.create(
        month=closed,
        organisation=partner,
        state="accepted",
        submitted_by=world.lead,
        submitted_at=NOW,
        accepted_by=world.office,
        accepted_at=NOW,
    )
    risk = FinancialRisk.objects.create(
        organisation=partner, year=2019, side="risk", ref="1", title="Prices"
    )
    scheme = SavingsScheme.objects.create(
        organisation=partner,
        year=2019,
        name="Fewer journeys",
        saving_type="productivity",
        starts_on=date(2019, 4, 1),
        value=1200,
    )
    RiskPosition.objects.create(
        risk=risk, month=closed, full_value=900, probability=50, weighted=800, entered_at=NOW
    )
    close_month(
        month=closed,
        by=world.office,
        at=clock.database_moment(),
        today=date(2020, 2, 10),
        without_late_partners=True,
    )
    publish_finance_report(report=closed.report, by=world.office_too, at=NOW)
    agreement = Agreement.objects.create(
        place=world.place,
        title="A pool",
        starts_on=date(2019, 4, 1),
        ends_on=date(2020, 3, 31),
    )
    party = AgreementParty.objects.create(agreement=agreement, organisation=partner)
    document = AgreementDocument.objects.create(
        agreement=agreement,
        name="a.pdf",
        content=b"a",
        size=1,
        sha256="0" * 64,
        added_by=world.office,
        added_at=NOW,
    )
    case = PoolingCase.objects.create(place=world.place, title="Pool it", year=2019)
    approval = CaseApproval.objects.create(case=case, board=world.board)
    headroom = Headroom.objects.create(place=world.place, year=2019, name="Winter", allocation=1000)
    commitment = Commitment.objects.create(headroom=headroom, quarter=3, what="Beds", amount=400)
    raised = raise_risk(
        place=world.place,
        programme=world.programme,
        values={"title": "A server fails", "likelihood": 4, "impact": 4},
        by=world.lead,
        at=NOW,
        today=NOW.date(),
    )
    shown = RiskReport.objects.get(period=world.january, kind="escalated")
    shown = risk_reports.build_report(report=shown, at=NOW)
    risk_reports.approve_report(report=shown, seen=shown.version, by=world.office_too, at=NOW)
    risk_reports.publish_report(report=shown, by=world.office_too, at=NOW)
    brought = RiskUpload.objects.create(
        place=world.place,
        filename="register.csv",
        data=b"title\nAnother\n",
        uploaded_by=world.office,
        uploaded_at=NOW,
    )
    action = add_mitigation(risk=raised, values={"what": "Mirror it."}, by=world.lead)
    category = RiskCategory.objects.create(
        place=world.place, name="Delivery", appetite=8, tolerance=12
    )
    control = add_control(risk=raised, line="control", what="A mirror.", by=world.lead)
    link = add_link(risk=raised, words="Days without servers", by=world.lead)
    file = attach_file(risk=raised, name="a.pdf", content=b"a", by=world.lead, at=NOW)
    made = make_feed(user=world.lead, place=world.place, kind="mine", at=NOW)
    world.parts = {
        "secret": made.address.rpartition("/")[2].removesuffix(".ics"),
        "place": world.place.slug,
        "code": "IT",
        "plan_id": "11",
        "board": world.board.slug,
        "item": world.items[0].pk,
        "period": world.january.key,
        "kind": "exceptions",
        "fmt": "csv",
        "form": "json",
        "action": "approve",
        "change": change.number,
        "number": SentMail.objects.get(subject="Hello").pk,
        "provider_id": "sso",
        "uidb36": "0",
        "key": world.february.key,
        "year": "2019-20",
        "month_number": 10,
        "made": "csv",
        "virement": moved.number,
        "ref": raised.ref,
        "deed": "close",
        "mitigation": action.pk,
        "part": "files",
        "which": "escalated",
        "by": "owner",
        "partner": partner.pk,
        "line": line.pk,
        "risk": risk.pk,
        "scheme": scheme.pk,
        "agreement": agreement.pk,
        "agreement_part": "party",
        "agreement_part_key": party.pk,
        "document": document.pk,
        "case": case.pk,
        "case_part": "approval",
        "case_part_key": approval.pk,
        "headroom": headroom.pk,
        "headroom_part": "commitment",
        "headroom_part_key": commitment.pk,
        "token": link_for_a_newcomer(world).rstrip("/").rpartition("/")[2],
    }
    waits = Dependency.objects.create(successor=world.items[0], outside="A tariff")
    row = world.items[0]
    kept = Attachment.objects.create(
        item=world.items[0],
        name="a.pdf",
        content=b"a",
        size=1,
        sha256="0" * 64,
        added_by=world.lead,
    )
    paper = WorkingPaper.objects.create(
        line=line,
        name="a.xlsx",
        content=b"a",
        size=1,
        sha256="0" * 64,
        added_by=world.lead,
        added_at=NOW,
    )
    world.parts["attached"] = kept.pk
    row.refresh_from_db(fields=["version"])
    world.bodies = {
        "item-owner": {"owner": "", "seen": 0},
        "money-month-act": {"do": "lock"},
        "money-gate": {"do": "date"},
        "money-basis": {"partner": partner.pk},
        "money-commentary": {"do": "draft"},
        "virement": {"do": "refuse", "decision": "Not now."},
        "person-take": {"kind": "board", "key": world.board.pk},
        "person-invitation": {"do": "withdraw"},
        "change": {"do": "propose", "version": change.version},
        "risk-deed": {"because": "It is done with.", "version": raised.version},
        "risk-report-act": {"version": 1, "narrative": "", "do": "approve"},
        "v1:risk-list": {"place": world.place.slug, "programme": "IT", "title": "Another"},
        "v1:risk-detail": {"title": "Another"},
        **{
            f"v1:risk-{deed}": {"because": "It was looked at."}
            for deed in ("close", "reopen", "issue", "recommend-removal", "need-to-know")
        },
        "v1:risk-merge": {"because": "The same.", "into": raised.ref},
        "v1:risk-transfer": {"because": "Theirs.", "register": "IC"},
        "v1:risk-ask-to-see": {"board": world.board.short_name},
        "v1:risk-decide": {"ground": "score", "decision": "keep", "because": "Not yet."},
        "v1:riskcategory-list": {
            "place": world.place.slug,
            "name": "Finance",
            "appetite": 8,
            "tolerance": 12,
        },
        "v1:riskcategory-detail": {"tolerance": 15},
        "v1:mitigation-list": {"risk": raised.pk, "what": "Move half."},
        "v1:mitigation-detail": {"percent": 50},
        "v1:control-list": {"risk": raised.pk, "line": "first line", "what": "A watch."},
        "v1:link-list": {"risk": raised.pk, "words": "Backups"},
        "v1:riskimport-list": {
            "place": world.place.slug,
            "file": SameFile("register.csv", b"title\nAnother\n"),
        },
        "v1:riskfile-list": {"risk": raised.pk, "file": SameFile()},
        "v1:status-list": {"item": world.items[2].pk, "rag": "green"},
        "v1:planitem-list": {"programme": world.programme.pk, "name": "A new row"},
        "v1:planitem-detail": {"notes": "Asked for."},
        "v1:planitem-move": {"step": "down"},
        "v1:planitem-remove": {"because": "Not funded."},
        "v1:planitem-boards": {"boards": ["AOG"]},
        "v1:planitem-split": {"new_name": "The second part"},
        **{
            f"v1:planitem-{deed}": {
                "programme": world.programme.pk,
                "rows": [{"id": row.pk, "version": row.version}],
                **more,
            }
            for deed, more in (("give-owner", {"owner": None}), ("shift", {"days": 5}))
        },
        "v1:dependency-list": {"successor": world.items[0].pk, "outside": "Another tariff"},
        "v1:dependency-detail": {"lag_days": 2},
        "v1:planitem-attachments": {"file": SameFile()},
        "v1:planimport-list": {"place": world.place.slug, "file": SameFile()},
        "v1:calendarfeed-list": {"place": world.place.slug, "kind": "mine"},
        "v1:status-detail": {"reason": "Later parts."},
        "v1:return-sign-off": {"submitted_at": NOW.isoformat()},
        "v1:return-send-back": {
            "question": "Why?",
            "submitted_at": NOW.isoformat(),
        },
        "v1:changerequest-list": {
            "place": world.place.slug,
            "programme": "IT",
            "title": "One row less",
            "lines": [{"kind": "remove", "item": world.items[2].pk}],
        },
        "v1:position-list": {"line": line.pk, "month": 10},
        "v1:position-month": {"month": 10, "lines": [{"line": line.pk, "version": 1}]},
        "v1:position-detail": {"comment": "As planned."},
        "v1:changerequest-detail": {"title": "Another"},
        "v1:changerequest-agree": {"side": "programme"},
        "v1:changerequest-refuse": {"because": "Not now."},
    }
    acts = ("detail", "propose", "agree", "refuse", "withdraw")
    world.headers = {
        "v1:position-detail": {"If-Match": f'"{position.pk}-1"'},
        "v1:status-detail": {"If-Match": f'"{said.pk}-1"'},
        "v1:planimport-apply": {"If-Match": "*"},
        "v1:riskimport-apply": {"If-Match": "*"},
        "v1:dependency-detail": {"If-Match": f'"{waits.pk}-1"'},
        **{name: {"If-Match": f'"{raised.pk}-{raised.version}"'} for name in of_one("risk")},
        "v1:riskcategory-detail": {"If-Match": f'"{category.pk}-{category.version}"'},
        "v1:mitigation-detail": {"If-Match": f'"{action.pk}-{action.version}"'},
        **{
            f"v1:changerequest-{name}": {"If-Match": f'"{change.pk}-{change.version}"'}
            for name in acts
        },
    }
    for name in ("detail", "move", "remove", "restore", "split"):
        world.headers[f"v1:planitem-{name}"] = {"If-Match": f'"{row.pk}-{row.version}"'}
    world.headers["v1:planitem-boards"] = {"If-Match": f'"{row.pk}-boards-"'}
    world.numbers = {
        **dict.fromkeys(
            ("session-end", "token-revoke", "mfa_edit_webauthn", "mfa_remove_webauthn"), 1
        ),
        **dict.fromkeys(
            (
                "person",
                "person-give",
                "person-take",
                "person-invitation",
                "person-leave",
                "person-sessions",
                "person-history",
            ),
            world.member.pk,
        ),
        "calendar-stop": 0,
        "update-offline-preview": filled_in.pk,
        "update-offline-apply": filled_in.pk,
        "cover-end": cover.pk,
        "dependency": waits.pk,
        "attachment-file": kept.pk,
        "attachment-remove": kept.pk,
        "paper-file": paper.pk,
        "paper-remove": paper.pk,
        "risk-file": file.pk,
        "risk-bring-preview": brought.pk,
        "risk-take-off": file.pk,
        "glossary-entry": GlossaryEntry.objects.get(acronym="BAU").pk,
        "glossary-entry-history": GlossaryEntry.objects.get(acronym="BAU").pk,
        "import-preview": upload.pk,
        "import-apply": upload.pk,
        "import-discard": upload.pk,
        "import-errors-csv": upload.pk,
        "import-errors-xlsx": upload.pk,
        "import-left-csv": upload.pk,
        "import-left-xlsx": upload.pk,
        "v1:place-detail": world.place.pk,
        "v1:programme-detail": world.programme.pk,
        **{
            f"v1:planitem-{name}": world.items[0].pk
            for name in (
                "detail",
                "move",
                "remove",
                "restore",
                "boards",
                "split",
                "attachments",
                "attachment",
                "slip",
            )
        },
        "v1:status-detail": said.pk,
        "v1:dependency-detail": waits.pk,
        **dict.fromkeys(of_one("planimport"), upload.pk),
        **dict.fromkeys(of_one("riskimport"), brought.pk),
        "v1:calendarfeed-detail": made.feed.pk,
        **dict.fromkeys(of_one("risk"), raised.pk),
        "v1:mitigation-detail": action.pk,
        "v1:control-detail": control.pk,
        "v1:link-detail": link.pk,
        "v1:score-detail": raised.scores.earliest("pk").pk,
        "v1:riskfile-detail": file.pk,
        "v1:riskfile-content": file.pk,
        "v1:riskcategory-detail": category.pk,
        "v1:riskreport-detail": shown.pk,
        "v1:period-detail": world.february.pk,
        "v1:report-detail": report.pk,
        "v1:financemonth-detail": closed.pk,
        "v1:budgetline-detail": line.pk,
        "v1:position-detail": position.pk,
        **{f"v1:changerequest-{name}": change.pk for name in acts},
        **{
            f"v1:return-{name}": handed_in.pk
            for name in ("detail", "submit", "nil", "recall", "sign-off", "send-back")
        },
    }
    for waiting in Report.objects.filter(period=world.january):
        reports.build_report(report=waiting, at=NOW)
    reports.approve_all(period=world.january, by=world.office_too, at=NOW)
    reports.publish_all(period=world.january, by=world.office_too, at=NOW)
    public = Report.objects.get(period=world.january, kind="achievements")
    reports.set_public(report=public, is_public=True, by=world.office)
    return world


@pytest.fixture
def clients(place) -> dict[str, Client]:
    """A browser for each role, signed in where the role is."""

    def over(role):
        return MembershipFactory(place=place.place, role=role).user

    elsewhere = MembershipFactory(place=PlaceFactory()).user
    OfferFactory(place=place.place, user=elsewhere)
    people = {
        table.ELSEWHERE: elsewhere,
        table.MEMBER: place.member,
        table.LEAD: place.lead,
        table.OTHER_LEAD: place.other_lead,
        table.SRO: place.sro,
        table.OFFICE: place.office,
        table.FINANCE: finance_lead(place.place),
        table.PROGRAMME_FINANCE: over(PlaceRole.FINANCE),
        table.GOVERNANCE: over(PlaceRole.GOVERNANCE),
        table.RISK_OWNER: over(PlaceRole.RISK_OWNER),
        table.AUDITOR: over(PlaceRole.AUDITOR),
        table.ADMINISTRATOR: over(PlaceRole.ADMINISTRATOR),
    }
    found = {role: Client(raise_request_exception=False) for role in table.ROLES}
    for role, user in people.items():
        found[role].force_login(user)
    return found


def path_of(one: Address, place) -> str:
    """The first pattern of that name that the parts at hand can fill."""
    for params in _patterns(one.name):
        parts = {
            name: place.numbers.get(one.name, place.parts.get(name))
            if name == "pk"
            else place.parts[name]
            for name in params
        }
        return reverse(one.name, kwargs=parts)
    raise AssertionError(f"{one.name} has no pattern.")


def _patterns(name):
    """The names of the parts of each pattern called ``name``."""
    resolver = get_resolver()
    if ":" in name:
        space, name = name.split(":")
        _, resolver = resolver.namespace_dict[space]
    for possibilities, _, _, _ in resolver.reverse_dict.getlist(name):
        yield possibilities[0][1]


# What is sent as a form is: with a file.
FILES_BY_API = (
    "v1:planimport-list",
    "v1:planitem-attachments",
    "v1:riskfile-list",
    "v1:riskimport-list",
)


def answer(one: Address, place, client) -> tuple[int, str]:
    """Status and ``Location`` of the address for ``client``; what it changed is undone."""
    asked = {"data": place.bodies.get(one.name, {}), "headers": place.headers.get(one.name, {})}
    if one.name.startswith("v1:") and one.name not in FILES_BY_API:
        asked["content_type"] = "application/json"
    if one.method == "GET":
        asked = {}
    held = transaction.savepoint()
    try:
        found = getattr(client, one.method.lower())(path_of(one, place), **asked)
        return found.status_code, found.headers.get("Location", "")
    finally:
        transaction.savepoint_rollback(held)


def of_one(kind: str) -> set[str]:
    """Where the API tells of one such thing, and where each thing is done to it."""
    found = {one.name for one in ADDRESSES if one.name.startswith(f"v1:{kind}-")}
    return found - {f"v1:{kind}-list"}


# Above these stands a page on which each reader finds their own, or their office's, and nobody else's.
OWN = {
    "cover-end",
    "v1:calendarfeed-detail",
    "v1:planimport-list",
    *of_one("planimport"),
    "v1:riskimport-list",
    *of_one("riskimport"),
}


def pages_above(place) -> dict[Address, list[Address]]:
    """For each address the pages that it is part of or is done on: those above it, below the place itself."""
    pages = {path_of(one, place): one for one in ADDRESSES if one.method == "GET"}
    root = reverse("place", kwargs={"place": place.place.slug})
    found: dict[Address, list[Address]] = {}
    for one in ADDRESSES:
        path = path_of(one, place)
        above = _folder_of(path) if one.method == "GET" else path
        found[one] = []
        while above not in ("/", root) and one.name not in OWN:
            found[one] += [pages[above]] if above in pages else []
            above = _folder_of(above)
    return found


def _folder_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"


def refusal_of(role: str, above: list[Address]) -> int:
    """What a role that may not gets, by the one rule (``programmes/views/places.py`` says it)."""
    told = role != table.ELSEWHERE and any(role in page.who for page in above)
    return 403 if told else 404


def test_the_table_says_where_refusals_are_told_in_a_sentence(place):
    found = pages_above(place)
    differently = [
        f"{one.method} {one.name}: {one.refusal}"
        for one in ADDRESSES
        if (refused := table.HERE - one.who)
        and one.who
        and one.refusal != min(refusal_of(role, found[one]) for role in refused)
    ]
    assert not differently, "\n".join(differently)


def wrong(one: Address, role: str, above: list[Address], status: int, location: str) -> str:
    """What is wrong with the answer, if anything."""
    to_sign_in = status == 302 and "/accounts/login/" in location
    if status >= 500:
        return f"{role}: {status}"
    if not one.who:
        return "" if to_sign_in or status == one.refusal else f"{role} got {status}"
    if role in one.who:
        refused = to_sign_in or status in (401, 403, 404)
        return f"{role} may, and got {status}" if refused else ""
    if role == table.SIGNED_OUT:
        return "" if to_sign_in or status in (401, 403) else f"{role} got {status}"
    expected = refusal_of(role, above)
    return "" if status == expected else f"{role} got {status} instead of {expected}"


def wrong_in(place, clients, asked) -> list[str]:
    above = pages_above(place)
    for client in clients.values():
        client.get("/about/")  # Notes the session, which no answer below has to do again.
    return [
        f"{one.method} {path_of(one, place)}: {problem}"
        for number, one in enumerate(ADDRESSES)
        for role in asked(one, number)
        if (problem := wrong(one, role, above[one], *answer(one, place, clients[role])))
    ]


def all_refused_and_one_let_in(one: Address, number: int) -> list[str]:
    """Each role that may not, and one of those that may: another one for the next address."""
    may = [role for role in table.ROLES if role in one.who]
    let_in = may[number % len(may)] if may else ""
    return [role for role in table.ROLES if role == let_in or role not in one.who]


@pytest.fixture
def undrawn(monkeypatch):
    """Pages are decided on and not drawn: the walks that count queries, and those in a browser, draw them."""
    monkeypatch.setattr(Template, "render", lambda *_, **__: SafeString(""))


@pytest.fixture
def known(monkeypatch):
    """What somebody is in a place is asked once: whatever an answer changes of it, a walk undoes. So is the noting of
    their session, which each minute of a walk would have every answer do again.
    """
    find, found = context._find, {}

    def once(request):
        key = request.user.pk, request.resolver_match and request.resolver_match.kwargs.get("place")
        if key not in found:
            found[key] = find(request)
        return copy(found[key][0]), found[key][1]

    monkeypatch.setattr(context, "_find", once)
    monkeypatch.setattr(middleware, "NOTED_EVERY", 3600)


def test_each_role_is_let_in_or_refused_as_the_table_says(place, clients, undrawn, known):
    found = wrong_in(place, clients, all_refused_and_one_let_in)
    assert not found, "\n".join(found)


@pytest.mark.soak
def test_each_page_is_drawn_for_each_role_that_may(place, clients):
    found = wrong_in(place, clients, lambda *_: table.ROLES)
    assert not found, "\n".join(found)


def test_lists_of_the_api_hold_nothing_of_a_place_one_has_no_role_in(place, clients):
    lists = [one for one in ADDRESSES if one.name.endswith("-list") and one.method == "GET"]
    for one in lists:
        found = clients[table.ELSEWHERE].get(path_of(one, place)).json()
        # A report that is marked public is there for anybody; one's own place is one's own.
        seen = {"v1:place-list": 1, "v1:report-list": 1}.get(one.name, 0)
        assert found["count"] == seen, one.name
        assert place.place.name not in str(found["results"]) or one.name == "v1:report-list"
