"""Of which tables history is kept, and why not of the others: the one table. ``tests/house/test_tracking.py``
compares it with the models and with the database; ``python -m tests.tracking_table`` writes it to docs/tracked.md.
"""

from pathlib import Path

# What is tracked, in words.
TRACKED = {
    "accounts.User": "a person: name, address, whether the account is open; that the password changed, never the password",
    "accounts.Invitation": "an invitation: to whom, by whom, used or withdrawn; never its link",
    "programmes.System": "a system",
    "programmes.Place": "a place and the settings of its cycle",
    "programmes.Organisation": "a partner organisation",
    "programmes.Board": "a board",
    "programmes.BoardMember": "a person's seat on a board",
    "programmes.Membership": "a person's role over a place",
    "programmes.FinanceLead": "who enters an organisation's position",
    "programmes.Cover": "who does a colleague's work for a time",
    "programmes.Post": "a post and who holds it",
    "programmes.Programme": "a programme",
    "programmes.Leadership": "a post's duty in a programme",
    "programmes.PlanItem": "a row of a plan",
    "programmes.ItemBoard": "a board that a row goes to",
    "programmes.ChangeLineBoard": "a board that a new row is to go to",
    "programmes.Attachment": "a file attached to a row: its name, size and who brought it; not its bytes",
    "programmes.Dependency": "what a row waits for",
    "programmes.ChangeRequest": "a request to add, remove or re-date rows, and who agreed or refused it",
    "programmes.ChangeLine": "what a request does to one row",
    "programmes.Offer": "what somebody with an account is asked to hold in a place: to which address, by whom, until when",
    "programmes.CalendarFeed": "a person's calendar address: what it shows and that it was revoked; never its secret",
    "programmes.Period": "a reporting period",
    "programmes.Return": "a programme's return in a period",
    "programmes.ReturnQuestion": "what was asked of a return, and the answer",
    "programmes.Status": "what a lead says of a row in a period",
    "programmes.GlossaryEntry": "an acronym",
    "programmes.PlanUpload": "a file to import: its name, who brought it, when it was applied; not its bytes",
    "finance.FinanceMonth": "a month of the accounts: open, closed to finance leads, closed",
    "finance.MonthException": "who may enter figures after the month was closed to finance leads",
    "finance.Submission": "a partner's month: handed in, queried, accepted; its ledger's totals",
    "finance.BudgetLine": "a line of a partner's budget",
    "finance.Position": "what a line says at a month's end",
    "finance.Phase": "a line's budget of one month",
    "finance.Basis": "on what basis a partner prepares its figures",
    "finance.Commentary": "words beside a month's figures",
    "finance.Virement": "budget moved between lines, and who approved it",
    "finance.VirementLine": "what one line gives or takes",
    "finance.FinancialRisk": "a financial risk, opportunity or mitigation",
    "finance.RiskPosition": "what is said of one at a month's end",
    "finance.SavingsScheme": "a savings scheme",
    "finance.SavingsPosition": "savings at a month's end",
    "finance.SavingsPlan": "what a savings scheme plans to save in a month",
    "finance.Agreement": "a Section 75 agreement",
    "finance.AgreementParty": "a party to an agreement",
    "finance.AgreementOption": "an option to extend an agreement, and how it was decided",
    "finance.Contribution": "what a party contributes to a pool in a year",
    "finance.ShareBand": "what of an overspend a party bears",
    "finance.AgreementClause": "a schedule or variation of an agreement",
    "finance.AgreementDocument": "a document of an agreement: its name, size and who brought it; not its bytes",
    "finance.PoolingCase": "a business case for pooling",
    "finance.CaseContribution": "what a partner contributes by a business case",
    "finance.CaseApproval": "what a board says of a business case",
    "finance.Headroom": "ring-fenced money of a year",
    "finance.Commitment": "what is committed of it in a quarter",
    "finance.FinanceReport": "a finance report: who published it; not its content, which never changes",
    "finance.FinanceRules": "from what on a place asks for comments and boards",
    "finance.WorkingPaper": "a file attached to a line: its name, size and who brought it; not its bytes",
    "risks.RiskRules": "how a place scores: its scales and the lines its scores cross",
    "risks.RiskCategory": "a category of risk, its appetite and tolerance",
    "risks.Register": "a register of risks",
    "risks.Risk": "a risk or an issue",
    "risks.Residual": "a risk's residual score at a quarter's end",
    "risks.Escalation": "why a risk is before the boards, and who decided that it no longer is",
    "risks.Mitigation": "what is done about a risk",
    "risks.Control": "what holds a risk back, and who assures of it",
    "risks.Link": "what a risk hangs together with",
    "risks.RiskFile": "a file attached to a risk: its name, size and who brought it; not its bytes",
    "risks.RiskUpload": "a register to bring in: its name, who brought it, when it was applied; not its bytes",
    "risks.RiskReport": "a risk report: its state, narrative, who approved and published it; not its content, which never changes",
    "boards.Report": "a report: its state, narrative, who approved and published it; not its content, which never changes",
}

NOT_TRACKED = {
    "audit.Change": "it is the journal itself, to which the application may only add",
    "pghistory.Context": "it is history itself, to which the application may only add",
    "risks.Score": "a trigger refuses any change: the row is its own history",
    "risks.ClosedTime": "a trigger refuses any change: the row is its own history",
    "risks.FormerReference": "a trigger refuses any change: the row is its own history",
    "boards.Viewing": "who read which paper: the application may only add to it",
    "boards.ReportFile": "a trigger refuses any change: the row is its own history",
    "programmes.Baseline": "a trigger refuses any change: the row is its own history",
    "programmes.AgreedDates": "a trigger refuses any change: the row is its own history",
    "programmes.Reminder": "written once and never changed: the row is its own record",
    "finance.MonthNotice": "written once and never changed: the row is its own record",
    "finance.PostedOnce": "a program's key and the answer it got: written once, and gone after a month",
    "common.OutgoingMail": "post on its way: each row says itself when it was made, sent or refused",
    "common.SentMail": "the demonstration's mail, shown on a page",
    "common.DemoClock": "the demonstration's clock; nobody may set it elsewhere",
    "account.EmailAddress": "the sign-in library's own copy of a person's address",
    "account.EmailConfirmation": "not used: addresses are confirmed by invitation",
    "accounts.SignInEvent": "what happened at the door: the application may only add to it",
    "accounts.ApiToken": "a key to the API: making and revoking one is a sign-in event",
    "mfa.Authenticator": "a second factor: adding and removing one is a sign-in event; its past would keep secrets",
    "socialaccount.SocialAccount": "a tie to single sign-on: making and removing it is a sign-in event",
    "socialaccount.SocialApp": "not used: the provider comes from the environment",
    "socialaccount.SocialToken": "not used: the provider's tokens are not kept",
    "usersessions.UserSession": "where somebody is signed in; gone with the session",
    "auth.Group": "not used: roles are memberships, seats and posts",
    "auth.Permission": "Django's own list, made by its migrations",
    "contenttypes.ContentType": "Django's own list, made by its migrations",
    "sessions.Session": "gone when one signs out",
}


def as_markdown() -> str:
    """The table as docs/tracked.md."""
    lines = [f"| `{label}` | yes | {words} |" for label, words in TRACKED.items()]
    lines += [f"| `{label}` | no | {words} |" for label, words in NOT_TRACKED.items()]
    return "\n".join(
        [
            "# Of which tables history is kept",
            "",
            "Made from `tests/tracking_table.py`, which the tests compare with the models and the database.",
            "How history is kept and read: [audit.md](audit.md).",
            "",
            "| table | history | what, or why not |",
            "| --- | --- | --- |",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    Path("docs/tracked.md").write_text(as_markdown())
