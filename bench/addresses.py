"""Every address of the portal, with the demonstration's arguments: found in the URL patterns, never listed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from boards.demo.loading import SLUG
from boards.models import Report, ReportKind
from finance.models import (
    Agreement,
    AgreementDocument,
    AgreementParty,
    BudgetLine,
    CaseApproval,
    Commitment,
    FinanceMonth,
    FinancialRisk,
    Headroom,
    PoolingCase,
    Position,
    SavingsScheme,
    WorkingPaper,
)
from icp.accounts.models import User
from icp.common.models import SentMail
from programmes.models import (
    Attachment,
    CalendarFeed,
    ChangeRequest,
    Cover,
    Dependency,
    GlossaryEntry,
    Organisation,
    Period,
    Place,
    PlanItem,
    PlanUpload,
    Programme,
    Return,
    Status,
)
from risks.models import (
    Control,
    Link,
    Mitigation,
    Risk,
    RiskCategory,
    RiskFile,
    RiskReport,
    RiskUpload,
    Score,
)

# The link of an invitation that the bench makes.
INVITED = "a-link-of-the-bench"
# The secret of a calendar that the bench makes.
CALENDAR = "a-calendar-of-the-bench"
# The short name of a place beside the demonstration's, which invites its office.
INVITING = "next-door"
# What stands for an argument, by its name; several values are several pages.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "place": (SLUG,),
    "code": ("IT",),
    "plan_id": ("11",),
    "board": ("aog",),
    "key": ("2020-02",),
    "period": ("2020-01",),
    "kind": tuple(ReportKind.values),
    "form": ("pdf", "csv", "json"),
    "fmt": ("csv", "xlsx"),
    "action": ("approve",),
    "token": (INVITED,),
    "change": ("1",),
    "year": ("2019-20",),
    "month_number": ("10",),
    "virement": ("1",),
    "agreement_part": ("party",),
    "case_part": ("approval",),
    "headroom_part": ("commitment",),
    "ref": ("PC1",),
    "which": ("escalated",),
    "by": ("owner", "register", "organisation", "category", "score", "movement"),
    "part": ("files",),
    "deed": (
        "close",
        "reopen",
        "merge",
        "transfer",
        "issue",
        "remove",
        "board",
        "know",
        "decide",
    ),
    "made": ("pdf", "xlsx", "csv", "json"),
    "secret": (CALENDAR,),
    # Single sign-on is not set up in the demonstration: it answers that there is none.
}
# Somebody's own passkey, session or token: with no such row the page says that it is not theirs.
ONES_OWN = (
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "session-end",
    "token-revoke",
    "calendar-stop",
)
# A return that somebody filled in offline.
OF_A_RETURN = ("update-offline-preview", "update-offline-apply")
# The sign-in library's own pages take secrets sent by mail; without one they say that it is no good.
OF_THE_SIGN_IN = {"key": ("no-such-key",), "uidb36": ("0",)}
# Arguments that are keys of the database: the first row of a table.
KEYS: dict[str, type[Model]] = {
    "item": PlanItem,
    "number": SentMail,
    "import-preview": PlanUpload,
    "import-apply": PlanUpload,
    "import-discard": PlanUpload,
    "import-errors-csv": PlanUpload,
    "import-errors-xlsx": PlanUpload,
    "import-left-csv": PlanUpload,
    "import-left-xlsx": PlanUpload,
    "glossary-entry": GlossaryEntry,
    "glossary-entry-history": GlossaryEntry,
    "person": User,
    "cover": Cover,
    "dependency": Dependency,
    "attached": Attachment,
    "attachment-file": Attachment,
    "attachment-remove": Attachment,
    "line": BudgetLine,
    "risk": FinancialRisk,
    "scheme": SavingsScheme,
    "agreement": Agreement,
    "agreement_part_key": AgreementParty,
    "document": AgreementDocument,
    "case": PoolingCase,
    "case_part_key": CaseApproval,
    "headroom": Headroom,
    "headroom_part_key": Commitment,
    "mitigation": Mitigation,
    "risk-file": RiskFile,
    "risk-bring-preview": RiskUpload,
    "risk-take-off": RiskFile,
    "partner": Organisation,
    "paper-file": WorkingPaper,
    "paper-remove": WorkingPaper,
    "v1:place": Place,
    "v1:programme": Programme,
    "v1:planitem": PlanItem,
    "v1:status": Status,
    "v1:period": Period,
    "v1:return": Return,
    "v1:changerequest": ChangeRequest,
    "v1:report": Report,
    "v1:financemonth": FinanceMonth,
    "v1:budgetline": BudgetLine,
    "v1:position": Position,
    "v1:risk": Risk,
    "v1:mitigation": Mitigation,
    "v1:control": Control,
    "v1:link": Link,
    "v1:score": Score,
    "v1:riskfile": RiskFile,
    "v1:riskimport": RiskUpload,
    "v1:riskcategory": RiskCategory,
    "v1:riskreport": RiskReport,
    "v1:dependency": Dependency,
    "v1:planimport": PlanUpload,
    "v1:calendarfeed": CalendarFeed,
}
# What people add to an address, by its name.
QUERIES: dict[str, tuple[str, ...]] = {
    "rows": ("page=2", "rag=none&late=on&open=on&q=a", "programme=CE&last_rag=red", "sort=finish"),
    "look-ahead": ("programme=IT", "page=2&overdue=2"),
    "programme": ("levels=1", "beside=first"),
    "plan-edit": ("words=a", "show=removed", "page=2"),
    "plan-paste": ("row=1&row=2",),
    "row-add": ("after=11",),
    "compare": ("before=baseline-1", "before_at=2020-01-01", "programme=IT&every=on"),
    "look-ahead-test": ("month=2020-02&outcome=missed", "programme=IT"),
    "dependency-warnings": ("concern=broken",),
    "item": ("slip=4&unit=weeks",),
    "update": ("show=all", "show=all&page=2"),
    "find": ("q=IT+11", "q=digital"),
    "people": ("role=lead&who=a", "state=active"),
    "sign-ins": ("kind=failures&who=a", "address=127."),
    "v1:planitem-list": ("board=AOG&page_size=500",),
    "v1:planitem-slip": ("days=20",),
    "v1:dependency-warnings": ("programme=IT&concern=broken",),
    "v1:dependency-list": ("programme=IT&kind=FS", "row=IT+11"),
    "v1:trends": ("programme=IT",),
    "v1:look-ahead-tests": ("month=2020-02&outcome=missed", "programme=IT"),
    "changes": ("programme=IT&state=agreed", "mine=on"),
    "change-new": ("row=11", "new"),
    "reports": ("kind=exceptions",),
    "virements": ("state=approved",),
    "v1:mitigation-list": ("ref=PC1&overdue=true",),
    "v1:link-list": ("row=IT+11",),
    "v1:financial-risks": ("year=2019/20&month=10&side=risk",),
    "v1:savings-schemes": ("year=2019/20&month=10&partner=CCG",),
    "agreements": ("q=section&rule=contributions",),
    "agreement": ("overspend=250000",),
    "money-savings": ("type=productivity", "q=crisis"),
    "money-risks": ("side=risk&flagged=on", "q=acute"),
    "money-month-lines": ("fund=icf&workstream=any&partner=CCG",),
    "money-lines": ("year=2019&partner=CCG&fund=aligned",),
    "risk-map": ("which=inherent", "moved_from=2020-01-01&band=red"),
    "risk-report": ("register=PC",),
    "risks": (
        "escalated=yes",
        "escalated=next",
        "movement=up&band=red",
        "flag=printed",
        "register=PC&sort=owner&state=",
    ),
    "month-end": ("unit=pounds",),
    "history": ("field=status.rag", "programme=IT&page=2", "way=command&date_from=1/1/2020"),
}
# A page of the measurements, what is for monitoring and not for people, and single sign-on, which is not set up.
NOT_THE_PORTALS = {
    "bare",
    "bare-save",
    "metrics",
    "readyz",
    "openid_connect_login",
    "openid_connect_callback",
}


class NoArgument(LookupError):
    """An address has an argument for which the bench has no value."""


@dataclass(frozen=True)
class Address:
    """``label`` is the same at every size, keys of the database left out."""

    name: str
    label: str
    path: str


def addresses() -> Iterator[Address]:
    """Each named address of the portal, and those of its lists with filters."""
    for name, arguments in _patterns(get_resolver().url_patterns):
        if name in NOT_THE_PORTALS:
            continue
        for values in product(*(_values(name, argument) for argument in arguments)):
            chosen = dict(zip(arguments, values, strict=True))
            words = [value for value in values if isinstance(value, str) and value != SLUG]
            path = reverse(name, kwargs=chosen)
            for query in ("", *QUERIES.get(name, ())):
                asked = f"?{query}" if query else ""
                yield Address(name, " ".join([name, *words]) + asked, path + asked)


def _patterns(
    entries: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, list[str]]]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            inside = f"{entry.namespace}:" if entry.namespace else ""
            yield from _patterns(entry.url_patterns, namespace + inside)
        else:
            if not entry.name:
                raise NoArgument(f"The address {entry.pattern} has no name.")
            yield namespace + entry.name, list(entry.pattern.regex.groupindex)


def _values(name: str, argument: str) -> tuple[Any, ...]:
    model = KEYS.get(argument)
    if name in ONES_OWN:
        return (1,)
    if name == "join":
        return (INVITING,)
    if name in OF_A_RETURN and argument == "pk":
        filled_in = PlanUpload.objects.filter(kind=PlanUpload.Kind.RETURN).order_by("pk")
        return (filled_in.values_list("pk", flat=True)[0],)
    if argument == "pk":  # Every operation on one row is called after the row.
        model = KEYS.get(name) or KEYS.get(name.split("-")[0])
    if model is not None:
        return (first_key(model),)
    known = OF_THE_SIGN_IN if name.startswith("account_") else ARGUMENTS
    try:
        return known[argument]
    except KeyError:
        raise NoArgument(
            f"The address '{name}' takes '{argument}': give bench/addresses.py a value for it."
        ) from None


def first_key(model: type[Model]) -> int:
    """The key of the row that stands for others: what hangs on a row is asked for under IT 11."""
    rows = model._default_manager.order_by("pk")
    if model is PlanItem:
        rows = rows.filter(programme__code="IT", plan_id="11")
    if model is Dependency:
        rows = rows.filter(successor__programme__code="IT", successor__plan_id="11")
    if model is Mitigation:
        rows = rows.filter(risk__ref=ARGUMENTS["ref"][0])
    return int(rows.values_list("pk", flat=True)[0])
