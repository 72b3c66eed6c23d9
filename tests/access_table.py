"""Who may reach which address: the one table. ``tests/house/test_access.py`` walks it with every role, and fails for
an address that is not in it; ``python -m tests.access_table`` writes it to docs/access.md for people to read.
"""

from dataclasses import dataclass
from pathlib import Path

SIGNED_OUT, ELSEWHERE = "signed out", "role elsewhere"
MEMBER, LEAD, OTHER_LEAD, SRO = "board member", "lead", "another lead", "SRO"
OFFICE, AUDITOR, ADMINISTRATOR = "office", "auditor", "administrator"
FINANCE, PROGRAMME_FINANCE = "finance lead", "programme finance lead"
GOVERNANCE, RISK_OWNER = "governance manager", "risk owner"
ROLES = (
    SIGNED_OUT,
    ELSEWHERE,
    MEMBER,
    LEAD,
    OTHER_LEAD,
    SRO,
    OFFICE,
    FINANCE,
    PROGRAMME_FINANCE,
    GOVERNANCE,
    RISK_OWNER,
    AUDITOR,
    ADMINISTRATOR,
)

EVERYBODY = frozenset(ROLES)
OPENERS = (OFFICE, LEAD, SRO, ADMINISTRATOR, AUDITOR, SIGNED_OUT, *ROLES)
SIGNED_IN = EVERYBODY - {SIGNED_OUT}
HERE = SIGNED_IN - {ELSEWHERE}
OFFICE_ONLY = frozenset({OFFICE})
ITS_LEAD = frozenset({LEAD, OFFICE})
ITS_SRO = frozenset({SRO, OFFICE})
SEARCHERS = frozenset({OFFICE, AUDITOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
# Those who hold what a colleague could do; an administrator asks for others.
COVERED = HERE - {MEMBER, AUDITOR}
WATCHERS = frozenset({ADMINISTRATOR, AUDITOR})
MONEY = frozenset({OFFICE, FINANCE, PROGRAMME_FINANCE, AUDITOR})
# A finance lead for their own organisation.
ENTERERS = frozenset({FINANCE, PROGRAMME_FINANCE})
# Where a partner has a finance lead, nobody enters in their place.
ITS_ENTERER = frozenset({FINANCE})
RUNS_MONTHS = frozenset({PROGRAMME_FINANCE})
RAISERS = frozenset({LEAD, OTHER_LEAD, OFFICE, RISK_OWNER})
# Who says what the boards asked to see.
ASKERS = frozenset({SRO, GOVERNANCE, OFFICE})

KEEPERS = frozenset({OFFICE, PROGRAMME_FINANCE})
MONEY_BY_API = (
    ("financemonth", "months of the money"),
    ("budgetline", "budget lines"),
    ("position", "positions"),
)

# Half signed in, or with a link from a mail: no role is.
NOBODY = frozenset()


@dataclass(frozen=True)
class Address:
    """One address and method. ``refusal`` is what a person with a role in the place gets who may not: 403, and a
    sentence, where they read the page that it is part of or is done on, else 404; it is 403 where that is so of
    anybody. Somebody with a role elsewhere gets 404,
    whoever is signed out the sign-in page or, from the API, 401. Where no role may, all get the refusal.
    """

    name: str
    what: str
    who: frozenset[str]
    method: str = "GET"
    refusal: int = 404


def opener(one: "Address") -> str | None:
    """Who opens an address in a walk that asks once: the office where it may, since it sees most, else the next
    who may; nobody where it is not set up, as single sign-on is not.
    """
    return next((role for role in OPENERS if role in one.who), None)


def page(name: str, what: str, who: frozenset[str] = HERE, refusal: int = 404) -> Address:
    return Address(name, what, who, "GET", refusal)


def press(name: str, what: str, who: frozenset[str], refusal: int = 404) -> Address:
    return Address(name, what, who, "POST", refusal)


ADDRESSES = (
    page("healthz", "whether the web server lives", EVERYBODY),
    page(
        "readyz",
        "whether it is ready; which part is not: from monitoring's address, or with its token",
        EVERYBODY,
    ),
    page(
        "metrics",
        "figures: from monitoring's address, or with its token; else there is no such page",
        EVERYBODY,
    ),
    page("about", "about the portal", EVERYBODY),
    page("accessibility", "accessibility statement", EVERYBODY),
    page("how-to-read", "how to read the reports", EVERYBODY),
    page("reports", "reports: all, the published, or the public ones", EVERYBODY),
    page("invitation", "an invitation, for whoever holds its link", EVERYBODY),
    press("invitation", "accept it", EVERYBODY),
    page("home", "one's first page; signed out, what is public", EVERYBODY),
    page("find", "find a row by its number", SIGNED_IN),
    page("demo-clock", "the demonstration's clock", SIGNED_IN),
    press("demo-clock", "move that clock", SIGNED_IN),
    page("demo-mail", "the demonstration's mail", SIGNED_IN),
    page("demo-message", "one message of it", SIGNED_IN),
    page("api-docs", "how to use the API", SIGNED_IN),
    page("schema", "the API's description", SIGNED_IN),
    page("place", "a place and its programmes"),
    page("programme", "a programme, its plan and Gantt"),
    page("to-project", "what a project file does not hold"),
    page("project-file", "a programme's plan for Microsoft Project"),
    page("differences", "declared beside computed dates"),
    page("item", "a row and what was said of it"),
    page("rows", "rows of the place, filtered"),
    page("rows-download", "the same as a file"),
    page("differences-download", "the same as a file"),
    page("programme-download", "a programme's plan as a file"),
    press("item-owner", "say who owns a row", ITS_LEAD, 403),
    page("plan-edit", "the rows of a plan to edit", ITS_LEAD, 403),
    page("plan-edit-download", "the same as a file", ITS_LEAD, 403),
    press("plan-act", "move rows, give many an owner, shift dates", ITS_LEAD, 403),
    page("plan-paste", "a column to paste", ITS_LEAD, 403),
    press("plan-paste", "paste it", ITS_LEAD, 403),
    page("row-add", "a new row to write", ITS_LEAD, 403),
    press("row-add", "add it, or ask for it", ITS_LEAD, 403),
    *(
        one
        for name, what in (
            ("item-edit", "a row to edit"),
            ("item-split", "a row to split"),
            ("item-move", "where a row goes"),
            ("item-remove", "a row to remove"),
            ("dependency-add", "what a row waits for"),
            ("dependency", "one dependency"),
        )
        for one in (page(name, what, ITS_LEAD, 403), press(name, f"{what}: do", ITS_LEAD, 403))
    ),
    press("item-restore", "restore a row, or ask for it", ITS_LEAD, 403),
    press("attachment-add", "attach a file to a row", ITS_LEAD, 403),
    page("attachment-file", "a file attached to a row"),
    press("attachment-remove", "take a file away", ITS_LEAD, 403),
    page("look-ahead", "what is due and overdue today"),
    page("look-ahead-download", "the same as a file"),
    page("compare", "two states of the plan, side by side"),
    page("compare-download", "the same as a file"),
    page("trend", "what was expected when: promoted rows, slip"),
    page("trend-download", "the same as a file"),
    page("programme-trend", "the same of a programme's milestones"),
    page("programme-trend-download", "the same as a file"),
    page("look-ahead-test", "what became of a month's look-ahead"),
    page("look-ahead-test-download", "the same as a file"),
    page("dependency-warnings", "what dependencies warn of"),
    page("dependency-warnings-download", "the same as a file"),
    page("updates", "updates: one's own, or which there are"),
    page("update", "the monthly update of a programme", ITS_LEAD, 403),
    press("update", "save, copy, submit, recall", ITS_LEAD, 403),
    page("update-nil", "nil return: ask", ITS_LEAD, 403),
    press("update-nil", "nil return: do", ITS_LEAD, 403),
    page("update-share", "one reason for several rows: choose", ITS_LEAD, 403),
    press("update-share", "one reason for several rows: do", ITS_LEAD, 403),
    page("sign-off", "what waits for sign-off, what is late", ITS_SRO | {AUDITOR}),
    page("update-offline", "take a return along, bring it back", ITS_LEAD, 403),
    press("update-offline", "bring it back", ITS_LEAD, 403),
    page("update-offline-file", "the workbook to fill in", ITS_LEAD, 403),
    press("update-offline-mail", "have it mailed to oneself", ITS_LEAD, 403),
    page("update-offline-preview", "what it would change", ITS_LEAD, 403),
    press("update-offline-apply", "save it", ITS_LEAD, 403),
    page("return", "a programme's return"),
    press("return", "sign off, or send back", ITS_SRO, 403),
    page("changes", "change requests of the place"),
    page("changes-download", "the same as a file"),
    page("change", "a change request and who said what"),
    press("change", "propose, agree, refuse, withdraw", ITS_LEAD, 403),
    page("change-history", "its history"),
    page("change-new", "ask for a change of a plan", ITS_LEAD, 403),
    press("change-new", "draft it", ITS_LEAD, 403),
    page("change-edit", "a change request to write", ITS_LEAD, 403),
    press("change-edit", "save it", ITS_LEAD, 403),
    page("change-row", "one more row for it", ITS_LEAD, 403),
    press("change-row", "add the row", ITS_LEAD, 403),
    page("periods", "periods and their dates"),
    press("periods", "open the first period", OFFICE_ONLY, 403),
    page("period", "a period and its returns"),
    press("period", "close a period", OFFICE_ONLY, 403),
    page("money", "the months of the money, or its published reports"),
    page("money-report", "the finance report of a month, once it is published"),
    page("money-report-file", "the same as a file"),
    press("money-report-publish", "publish it", frozenset({OFFICE, PROGRAMME_FINANCE}), 403),
    press("money", "open the first month", RUNS_MONTHS, 403),
    page("money-month", "a month: its partners and its summary", MONEY, 403),
    press(
        "money-month-act", "close a month to finance leads, close it, accept, ask", RUNS_MONTHS, 403
    ),
    page("money-month-lines", "the lines behind a month's figures", MONEY, 403),
    page("money-month-lines-download", "the same as a file", MONEY, 403),
    page("money-gate", "who may still enter figures of a month", RUNS_MONTHS, 403),
    press("money-gate", "set the day it closes, let somebody in, end that", RUNS_MONTHS, 403),
    page("money-rules", "from what on comments and boards are needed", MONEY, 403),
    press("money-rules", "set it", RUNS_MONTHS, 403),
    page("money-basis", "on what basis each partner prepares its figures", MONEY, 403),
    press("money-basis", "write one's own partner's, or any", ENTERERS, 403),
    page("month-end", "a partner's figures of a month", MONEY, 403),
    press("month-end", "enter, hand in, recall", ITS_ENTERER, 403),
    page("month-end-bring", "bring a spreadsheet", ITS_ENTERER, 403),
    press("month-end-bring", "show what a spreadsheet says", ITS_ENTERER, 403),
    page("month-end-download", "a partner's figures as a file", MONEY, 403),
    page("month-end-forecasts", "a partner's forecasts three ways", MONEY, 403),
    page("month-end-forecasts-download", "the same as a file", MONEY, 403),
    page("money-risks", "financial risks, opportunities and mitigations", MONEY, 403),
    page("money-risks-download", "the same as a file", MONEY, 403),
    page("money-risk-new", "one to add", ITS_ENTERER, 403),
    press("money-risk-new", "add it", ITS_ENTERER, 403),
    page("money-risk", "one of them in a month", MONEY, 403),
    press("money-risk", "change or withdraw it", ITS_ENTERER, 403),
    page("money-risks-bring", "bring a spreadsheet of risks", ITS_ENTERER, 403),
    press("money-risks-bring", "show what it says, save it", ITS_ENTERER, 403),
    press("money-risks-forward", "bring last month's forward", ITS_ENTERER, 403),
    page("money-savings", "savings schemes and their performance", MONEY, 403),
    page("money-savings-download", "the same as a file", MONEY, 403),
    page("savings-new", "a scheme to add", ITS_ENTERER, 403),
    press("savings-new", "add it", ITS_ENTERER, 403),
    page("savings-scheme", "a scheme in a month", MONEY, 403),
    press("savings-scheme", "change it", ITS_ENTERER, 403),
    page("savings-partner", "a partner's savings, whole", MONEY, 403),
    press("savings-partner", "change them", ITS_ENTERER, 403),
    page("money-savings-bring", "bring a spreadsheet of schemes", ITS_ENTERER, 403),
    press("money-savings-bring", "show what it says, save it", ITS_ENTERER, 403),
    *(
        one
        for name, plural, what in (
            ("agreement", "agreements", "Section 75 agreement"),
            ("case", "pooling-cases", "business case for pooling"),
            ("headroom", "headrooms", "ring-fenced headroom"),
        )
        for one in (
            page(plural, f"each {what}", MONEY, 403),
            page(f"{plural}-download", "the same as a file", MONEY, 403),
            page(name, f"one {what}", MONEY, 403),
            page(f"{name}-new", f"{what}: one to add", KEEPERS, 403),
            press(f"{name}-new", "add it", KEEPERS, 403),
            page(f"{name}-edit", f"{what}: one to change", KEEPERS, 403),
            press(f"{name}-edit", "change it", KEEPERS, 403),
            page(f"{name}-part-new", f"{what}: a part to add", KEEPERS, 403),
            press(f"{name}-part-new", "add it", KEEPERS, 403),
            page(f"{name}-part", f"{what}: a part of it", KEEPERS, 403),
            press(f"{name}-part", "change it, or take it out", KEEPERS, 403),
        )
    ),
    press("agreement-document-add", "attach a document to an agreement", KEEPERS, 403),
    page("agreement-document", "a document of an agreement", MONEY, 403),
    press("agreement-document-remove", "take a document away", KEEPERS, 403),
    page("money-commentary", "the words beside a month's figures", MONEY, 403),
    press("money-commentary", "draft, accept", RUNS_MONTHS, 403),
    page("virements", "the virements", MONEY, 403),
    page("virements-download", "the same as a file", MONEY, 403),
    page("virement-new", "a virement to propose", ENTERERS, 403),
    press("virement-new", "propose it", ENTERERS, 403),
    page("virement", "a virement", MONEY, 403),
    press("virement", "approve or refuse it", frozenset({OFFICE, PROGRAMME_FINANCE}), 403),
    page("money-line", "a line over the year", MONEY, 403),
    page("money-lines", "the budget lines", MONEY, 403),
    page("money-lines-download", "the same as a file", MONEY, 403),
    page("money-line-new", "a line to add", RUNS_MONTHS, 403),
    press("money-line-new", "add it", RUNS_MONTHS, 403),
    page("money-line-change", "a line to rename or move", RUNS_MONTHS, 403),
    press("money-line-change", "rename or move it", RUNS_MONTHS, 403),
    page("money-lines-merge", "lines to put together", RUNS_MONTHS, 403),
    press("money-lines-merge", "put them together", RUNS_MONTHS, 403),
    page("money-year-open", "the next financial year to open", RUNS_MONTHS, 403),
    press("money-year-open", "preview its lines, open it", RUNS_MONTHS, 403),
    page("money-phases", "budgets to phase", ENTERERS, 403),
    press("money-phases", "phase one's own partner's by a block, or any", ENTERERS, 403),
    page("money-line-phases", "a line's budget over twelve months", ENTERERS, 403),
    press("money-line-phases", "phase it", ENTERERS, 403),
    press("paper-add", "attach a working paper to a line", ENTERERS, 403),
    page(
        "paper-file",
        "a working paper: its own partner, and who runs or watches the money",
        MONEY,
        403,
    ),
    press("paper-remove", "take it away", ENTERERS, 403),
    page("risks", "the registers of risks"),
    page("risks-download", "the same as a file"),
    page("risk-map", "the heat map"),
    page("risk-groups", "risks by owner, register, organisation, category, score, movement"),
    page("risk-groups-download", "the same as a file"),
    page("risk-exposure", "exposure over time, and what risks may cost together"),
    page("risk-settings", "how the place scores"),
    press("risk-settings", "change that", OFFICE_ONLY, 403),
    page("risk-bring", "a register to bring in", OFFICE_ONLY, 403),
    press("risk-bring", "show what a file would change", OFFICE_ONLY, 403),
    page("risk-bring-preview", "what a file would change", OFFICE_ONLY, 403),
    press("risk-bring-preview", "bring it in", OFFICE_ONLY, 403),
    page("risk-reports", "reports of the registers"),
    page("risk-report", "a published report of the registers"),
    page("risk-report-file", "the same as a file"),
    press("risk-report-act", "write, approve, publish it", OFFICE_ONLY, 403),
    page("risk-add", "a risk to raise", RAISERS, 403),
    press("risk-add", "raise it", RAISERS, 403),
    page("risk", "a risk, how it scores and what is done about it"),
    page("risk-history", "its history"),
    page("risk-edit", "a risk to score or change", ITS_LEAD, 403),
    press("risk-edit", "save it", ITS_LEAD, 403),
    press("risk-review", "reviewed, no change", ITS_LEAD, 403),
    press("risk-settle", "let likelihood times impact stand", ITS_LEAD, 403),
    page("risk-deed", "close, merge, move a risk, put it before a board: ask", ITS_LEAD, 403),
    press("risk-deed", "the same: do", ITS_LEAD, 403),
    page("risk-mitigation-add", "an action to add to a risk", ITS_LEAD, 403),
    press("risk-mitigation-add", "add it", ITS_LEAD, 403),
    page("risk-mitigation", "an action to change", ITS_LEAD, 403),
    press("risk-mitigation", "save it, take it out", ITS_LEAD, 403),
    page("risk-control-add", "a control to add", ITS_LEAD, 403),
    press("risk-control-add", "add it", ITS_LEAD, 403),
    page("risk-link-add", "what a risk hangs together with", ITS_LEAD, 403),
    press("risk-link-add", "add it", ITS_LEAD, 403),
    press("risk-attach", "attach a file to a risk", ITS_LEAD, 403),
    page("risk-file", "a file attached to a risk"),
    press("risk-take-off", "take a control, a link or a file away", ITS_LEAD, 403),
    page("glossary", "the glossary"),
    press("glossary", "add an acronym", OFFICE_ONLY, 403),
    page("glossary-download", "the same as a file"),
    page("glossary-entry", "an acronym to change", OFFICE_ONLY, 403),
    press("glossary-entry", "change or remove it", OFFICE_ONLY, 403),
    page("working-days", "which days the place does not work"),
    press("working-days", "set them", OFFICE_ONLY, 403),
    page("import", "files imported", OFFICE_ONLY),
    press("import", "upload a file", OFFICE_ONLY),
    page("plan-file", "the plan as a file to edit", OFFICE_ONLY),
    page("import-preview", "what a file would change", OFFICE_ONLY),
    press("import-apply", "import it", OFFICE_ONLY),
    press("import-discard", "put it aside", OFFICE_ONLY),
    *(page(f"import-errors-{fmt}", "its bad cells", OFFICE_ONLY) for fmt in ("csv", "xlsx")),
    *(page(f"import-left-{fmt}", "rows it does not have", OFFICE_ONLY) for fmt in ("csv", "xlsx")),
    *(
        page(f"import-template-{kind}-{fmt}", "a file to start from", OFFICE_ONLY)
        for kind in ("plan", "programmes")
        for fmt in ("csv", "xlsx")
    ),
    page("people", "people of the place and their roles", WATCHERS),
    page("people-download", "the same as a file", WATCHERS),
    page("calendars", "one's own calendars of milestones"),
    press("calendars", "make one", HERE),
    press("calendar-stop", "stop one of one's own", NOBODY),
    page("calendar-feed", "a calendar, for whoever holds its address", EVERYBODY),
    page("invite", "whom to invite", ADMINISTRATORS, 403),
    press("invite", "invite a person", ADMINISTRATORS, 403),
    page("person", "a person, their roles, seats and posts", WATCHERS),
    press("person-give", "give a role, seat or post", ADMINISTRATORS, 403),
    page("person-take", "take one away: ask", ADMINISTRATORS, 403),
    press("person-take", "take one away", ADMINISTRATORS, 403),
    press("person-invitation", "invite again, or revoke", ADMINISTRATORS, 403),
    page("person-leave", "a person leaves: ask", ADMINISTRATORS, 403),
    press("person-leave", "a person leaves: do", ADMINISTRATORS, 403),
    page("person-sessions", "where a person is signed in", ADMINISTRATORS, 403),
    press("person-sessions", "end all their sessions", ADMINISTRATORS, 403),
    page(
        "join",
        "an invitation to a place; whoever is invited, with an account",
        frozenset({ELSEWHERE}),
    ),
    press("join", "accept it", frozenset({ELSEWHERE})),
    page("covers", "who covers for whom: one's own, or all"),
    press("covers", "ask a colleague to cover", COVERED, 403),
    page("covers-download", "the same as a file"),
    page("cover-end", "end a cover that one is in: ask", frozenset({LEAD, SRO, ADMINISTRATOR})),
    press("cover-end", "end a cover that one is in", frozenset({LEAD, SRO, ADMINISTRATOR})),
    page("place-history", "history of a place's settings and boards"),
    page("board-history", "history of a board and its seats"),
    page("item-history", "history of a row"),
    page("programme-history", "history of a programme"),
    page("period-history", "history of a period"),
    page("return-history", "history of a return"),
    page("glossary-entry-history", "history of an acronym"),
    page("report-history", "history of a report; its readers: office, auditor"),
    page("person-history", "history of a person", WATCHERS),
    page("history", "all that was done in a place, searched", SEARCHERS),
    page("history-download", "the same as a file", SEARCHERS),
    page("report", "a published report"),
    page("report-file", "the same as PDF, CSV, JSON"),
    page("report-narrative", "the narrative of a report", OFFICE_ONLY, 403),
    press("report-narrative", "write it", OFFICE_ONLY, 403),
    press("report-action", "approve, publish, make public", OFFICE_ONLY, 403),
    press("reports-action", "approve or publish all", OFFICE_ONLY, 403),
    page("sign-ins", "who signed in, failed to, or changed a guard", WATCHERS),
    page("sign-ins-download", "the same as a file", WATCHERS),
    press("v1:token", "trade a password for a token", EVERYBODY),
    *(
        page(f"v1:{name}-list", f"{name}s of one's places", SIGNED_IN)
        for name in (
            "place",
            "programme",
            "planitem",
            "status",
            "period",
            "return",
            "changerequest",
            "report",
            "risk",
        )
    ),
    *(
        page(f"v1:{name}-detail", f"one {name}")
        for name in (
            "place",
            "programme",
            "planitem",
            "status",
            "period",
            "return",
            "changerequest",
            "report",
            "risk",
        )
    ),
    *(
        page(f"v1:{name}-list", f"{what} of one's places, as far as one reads them", SIGNED_IN)
        for name, what in MONEY_BY_API
    ),
    *(page(f"v1:{name}-detail", f"one of the {what}", MONEY, 403) for name, what in MONEY_BY_API),
    press("v1:position-list", "enter a line's figures of a month", ITS_ENTERER, 403),
    press("v1:position-month", "enter many lines of a partner's month", ITS_ENTERER, 403),
    Address("v1:position-detail", "change a line's figures", ITS_ENTERER, "PATCH", 403),
    page("v1:comparison", "two states of the plan, by the API"),
    page("v1:dependency-warnings", "what dependencies warn of, by the API"),
    page("v1:trends", "what was expected when, by the API"),
    page("v1:slips", "days of slip by programme, by the API"),
    page("v1:look-ahead-tests", "what became of a look-ahead, by the API"),
    page("v1:look-ahead-rates", "how well programmes keep their word, by the API"),
    page("v1:financial-risks", "financial risks of a month, by the API", MONEY),
    page("v1:savings-schemes", "savings schemes of a month, by the API", MONEY),
    page("v1:agreements", "Section 75 agreements, by the API", MONEY),
    press("v1:status-list", "say something of a row", ITS_LEAD, 403),
    press("v1:risk-list", "raise a risk", ITS_LEAD, 403),
    Address("v1:risk-detail", "change a risk", ITS_LEAD, "PATCH", 403),
    *(
        press(f"v1:risk-{deed}", what, who, 403)
        for deed, what, who in (
            ("review", "reviewed, no change", ITS_LEAD),
            ("settle", "let likelihood times impact stand", ITS_LEAD),
            ("close", "close a risk", ITS_LEAD),
            ("reopen", "open it again", ITS_LEAD),
            ("merge", "merge it into another", ITS_LEAD),
            ("transfer", "move it to another register", ITS_LEAD),
            ("issue", "it has happened: raise the issue", ITS_LEAD),
            ("recommend-removal", "recommend to take it out", ITS_LEAD),
            ("ask-to-see", "a board asked to see it", ASKERS),
            ("need-to-know", "the boards need to know of it", ASKERS),
            ("decide", "decide on its escalation", ITS_SRO),
        )
    ),
    *(
        one
        for name, what in (
            ("mitigation", "an action of a risk"),
            ("control", "a control of a risk"),
            ("link", "what a risk hangs together with"),
        )
        for one in (
            page(f"v1:{name}-list", f"{what}: all of one's places", SIGNED_IN),
            page(f"v1:{name}-detail", what),
            press(f"v1:{name}-list", f"{what}: add it", ITS_LEAD, 403),
            Address(f"v1:{name}-detail", f"{what}: take it away", ITS_LEAD, "DELETE", 403),
        )
    ),
    Address("v1:mitigation-detail", "change an action", ITS_LEAD, "PATCH", 403),
    page("v1:score-list", "scores of risks of one's places, who gave each and why", SIGNED_IN),
    page("v1:score-detail", "one score of a risk"),
    page("v1:riskfile-list", "what is attached to risks of one's places", SIGNED_IN),
    page("v1:riskfile-detail", "what is told of a file attached to a risk"),
    page("v1:riskfile-content", "its bytes"),
    press("v1:riskfile-list", "attach a file to a risk, by the API", ITS_LEAD, 403),
    Address("v1:riskfile-detail", "take it away", ITS_LEAD, "DELETE", 403),
    page(
        "v1:riskimport-list", "files of registers of the places whose office one is of", SIGNED_IN
    ),
    press("v1:riskimport-list", "bring the file of a register", OFFICE_ONLY),
    page("v1:riskimport-detail", "what such a file would change", OFFICE_ONLY),
    *(
        page(f"v1:riskimport-{part}", f"its {part}", OFFICE_ONLY)
        for part in ("differences", "errors", "conflicts")
    ),
    press("v1:riskimport-apply", "bring it in", OFFICE_ONLY),
    page("v1:riskcategory-list", "categories of risk of one's places", SIGNED_IN),
    page("v1:riskcategory-detail", "a category of risk, its appetite and tolerance"),
    press("v1:riskcategory-list", "add a category of risk", OFFICE_ONLY, 403),
    Address("v1:riskcategory-detail", "change it", OFFICE_ONLY, "PATCH", 403),
    page("v1:riskreport-list", "reports of the registers of one's places", SIGNED_IN),
    page("v1:riskreport-detail", "a published one, with its content"),
    Address("v1:status-detail", "change what was said", ITS_LEAD, "PATCH", 403),
    press("v1:planitem-list", "add a row, or ask for it", ITS_LEAD, 403),
    Address("v1:planitem-detail", "change a row, or ask for it", ITS_LEAD, "PATCH", 403),
    press("v1:planitem-move", "move a row", ITS_LEAD, 403),
    press("v1:planitem-remove", "take a row out, or ask for it", ITS_LEAD, 403),
    press("v1:planitem-restore", "bring it back, or ask for it", ITS_LEAD, 403),
    page("v1:planitem-boards", "the boards a row goes to"),
    press("v1:planitem-split", "split a row, or ask for it", ITS_LEAD, 403),
    press("v1:planitem-give-owner", "give several rows to a post", ITS_LEAD, 403),
    press("v1:planitem-shift", "shift several rows, or ask for it", ITS_LEAD, 403),
    page("v1:planitem-attachments", "the files attached to a row"),
    press("v1:planitem-attachments", "attach one", ITS_LEAD, 403),
    page("v1:planitem-attachment", "one of them"),
    page("v1:planitem-slip", "what a slip of a row would push"),
    Address("v1:planitem-boards", "choose them", ITS_LEAD, "PUT", 403),
    page("v1:dependency-list", "what rows of one's places wait for", SIGNED_IN),
    page("v1:dependency-detail", "what a row waits for"),
    press("v1:dependency-list", "say what a row waits for", ITS_LEAD, 403),
    Address("v1:dependency-detail", "change it", ITS_LEAD, "PATCH", 403),
    Address("v1:dependency-detail", "take it back", ITS_LEAD, "DELETE", 403),
    page("v1:planimport-list", "plan files of the places whose office one is of", SIGNED_IN),
    press("v1:planimport-list", "bring a plan file", OFFICE_ONLY),
    page("v1:planimport-detail", "what a plan file would change", OFFICE_ONLY),
    *(
        page(f"v1:planimport-{part}", f"its {part}", OFFICE_ONLY)
        for part in ("differences", "errors", "conflicts", "missing")
    ),
    press("v1:planimport-apply", "import it", OFFICE_ONLY),
    Address("v1:planimport-detail", "put it aside", OFFICE_ONLY, "DELETE"),
    page("v1:calendarfeed-list", "one's own calendars of milestones", SIGNED_IN),
    press("v1:calendarfeed-list", "make one", HERE),
    page("v1:calendarfeed-detail", "one of one's own: here a lead's", frozenset({LEAD})),
    Address("v1:calendarfeed-detail", "stop it", frozenset({LEAD}), "DELETE"),
    press("v1:return-submit", "submit a return", ITS_LEAD, 403),
    press("v1:return-nil", "nil return", ITS_LEAD, 403),
    press("v1:return-recall", "recall it", ITS_LEAD, 403),
    press("v1:return-sign-off", "sign it off", ITS_SRO, 403),
    press("v1:return-send-back", "send it back", ITS_SRO, 403),
    press("v1:changerequest-list", "draft a change request", ITS_LEAD, 403),
    Address("v1:changerequest-detail", "edit it", ITS_LEAD, "PATCH", 403),
    press("v1:changerequest-propose", "propose it", ITS_LEAD, 403),
    press("v1:changerequest-agree", "agree to it, for one side", ITS_LEAD, 403),
    press("v1:changerequest-refuse", "refuse it", ITS_LEAD, 403),
    press("v1:changerequest-withdraw", "withdraw it", ITS_LEAD, 403),
    page("account_login", "the sign-in page", EVERYBODY),
    press("account_login", "sign in", EVERYBODY),
    page("account_signup", "how accounts are made", EVERYBODY),
    page("account_inactive", "that an account is closed", EVERYBODY),
    page("account_reset_password", "a forgotten password", EVERYBODY),
    press("account_reset_password", "ask for the mail", EVERYBODY),
    page("account_reset_password_done", "that a mail is on its way", EVERYBODY),
    page("account_reset_password_from_key", "the link in that mail", EVERYBODY),
    press("account_reset_password_from_key", "choose the password", EVERYBODY),
    page("account_reset_password_from_key_done", "that it is chosen", EVERYBODY),
    page("mfa_authenticate", "the second step of signing in", NOBODY, 302),
    press("mfa_authenticate", "send a code or passkey", NOBODY, 302),
    page("mfa_login_webauthn", "begin with a passkey", NOBODY, 302),
    press("mfa_login_webauthn", "sign in with a passkey", NOBODY, 302),
    page("openid_connect_login", "single sign-on, where it is set up", NOBODY),
    page("openid_connect_callback", "the provider's answer", NOBODY),
    page("account", "your account", SIGNED_IN),
    page("second-factor", "that a second factor is needed", SIGNED_IN),
    page("sessions", "where one is signed in", SIGNED_IN),
    page("session-end", "the same, after the password", SIGNED_IN),
    press("session-end", "end a session", SIGNED_IN),
    page("sessions-end-others", "the same, after the password", SIGNED_IN),
    press("sessions-end-others", "end all others", SIGNED_IN),
    page("tokens", "one's API tokens", SIGNED_IN),
    page("token-make", "the same", SIGNED_IN),
    press("token-make", "make one", SIGNED_IN),
    press("token-revoke", "revoke one of one's own", NOBODY),
    press("sso-unlink", "remove the link to single sign-on", SIGNED_IN),
    page("account_reauthenticate", "the password again", SIGNED_IN),
    press("account_reauthenticate", "the same", SIGNED_IN),
    page("account_change_password", "change the password", SIGNED_IN),
    press("account_change_password", "the same", SIGNED_IN),
    page("account_set_password", "a first password", SIGNED_IN),
    press("account_set_password", "the same", SIGNED_IN),
    page("mfa_index", "one's second factors", SIGNED_IN),
    *(
        make(f"mfa_{name}", what, SIGNED_IN)
        for name, what in (
            ("reauthenticate", "a code again"),
            ("reauthenticate_webauthn", "a passkey again"),
            ("activate_totp", "set up an app for codes"),
            ("generate_recovery_codes", "make recovery codes"),
            ("add_webauthn", "add a passkey"),
            ("edit_webauthn", "rename one's own passkey"),
            ("remove_webauthn", "remove one's own passkey"),
        )
        for make in (page, press)
    ),
    page("mfa_list_webauthn", "one's passkeys", SIGNED_IN),
    # Of one's own, and none of these people has any.
    page("mfa_deactivate_totp", "remove one's own app for codes", NOBODY),
    press("mfa_deactivate_totp", "the same", NOBODY),
    page("mfa_view_recovery_codes", "one's own recovery codes", NOBODY),
    page("mfa_download_recovery_codes", "the same as a file", NOBODY),
    # The last: it ends the session that the walk is in.
    press("account_logout", "sign out", EVERYBODY),
)


def as_markdown() -> str:
    """The table as docs/access.md."""
    head = "| | " + " | ".join(ROLES) + " |"
    lines = [
        f"| {one.what} ({one.method} `{one.name}`) | "
        + " | ".join("yes" if role in one.who else "" for role in ROLES)
        + " |"
        for one in ADDRESSES
    ]
    return "\n".join(
        [
            "# Who may do what",
            "",
            "Made from `tests/access_table.py`, which the tests walk with every role. *Lead* and *SRO* are those of the programme",
            "in question, deputies and accountable officers included; *role elsewhere* has a role in another place only, and learns",
            "nothing of this one. A person may hold several roles.",
            "",
            "A page of other roles does not exist for who may not open it (404), and no link leads there. What is part of a page that",
            "one reads, or is done on it, is refused with a sentence that says who does it (403).",
            "",
            head,
            "| --- |" + " --- |" * len(ROLES),
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    Path("docs/access.md").write_text(as_markdown())
