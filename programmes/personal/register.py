"""The register of personal data: every field in which the portal holds, or people could write, something of a person.

``tests/house/test_personal_register.py`` compares it with the models, so that no field is added without a word
here; ``python -m tests.personal_register`` writes it into docs/data-protection.md.
"""

from dataclasses import dataclass

ACCOUNT = "while the account exists"
RECORD = "as long as the programme's record"


@dataclass(frozen=True)
class Held:
    """``kept`` says for how long, ``erased`` what :mod:`programmes.personal.erasing` does with it."""

    what: str
    why: str
    kept: str
    erased: str


def _mail(what: str) -> Held:
    return Held(what, "to send it once, and to show what was sent", "KEEP_MAIL_DAYS", "emptied")


def _demo(what: str) -> Held:
    return Held(what, "the demonstration's mail, on a page", "demonstration only", "emptied")


def _token(what: str) -> Held:
    return Held(what, "to use the API", "until revoked, or a new password", "row removed")


def _sign_in(what: str) -> Held:
    return Held(what, "to notice misuse of an account", "KEEP_SIGN_INS_DAYS", "emptied")


def _sign_on(what: str) -> Held:
    return Held(what, "single sign-on", "until unlinked", "row removed")


def _session(what: str) -> Held:
    return Held(what, "to list where one is signed in", "until the session ends", "row removed")


PERSONAL = {
    "accounts.User.email": Held(
        "e-mail address", "to sign in and be written to", ACCOUNT, "pseudonym, in history too"
    ),
    "accounts.User.name": Held(
        "name, or the title of a post", "what colleagues see", ACCOUNT, "pseudonym, in history too"
    ),
    "accounts.User.password": Held("password, hashed", "to sign in", ACCOUNT, "made unusable"),
    "accounts.Invitation.token_hash": Held(
        "hash of an invitation's key", "to let in who was invited", ACCOUNT, "link made dead"
    ),
    "programmes.CalendarFeed.token_hash": Held(
        "hash of a calendar's address",
        "to show a person's own calendar",
        "until erased",
        "row removed",
    ),
    "programmes.Offer.email": Held(
        "e-mail address, as it was typed",
        "to ask somebody with an account into a place",
        "until accepted or withdrawn",
        "row removed",
    ),
    "account.EmailAddress.email": Held(
        "e-mail address", "the sign-in library's copy", ACCOUNT, "row removed"
    ),
    "account.EmailConfirmation.key": Held("a key", "not used", "never written", "row removed"),
    "accounts.ApiToken.name": _token("what its owner called the key"),
    "accounts.ApiToken.token_hash": _token("hash of a key to the API"),
    "accounts.ApiToken.start": _token("the key's first characters"),
    "accounts.ApiToken.last_used_from": _token("network address it was used from"),
    "accounts.SignInEvent.address": _sign_in("network address"),
    "accounts.SignInEvent.device": _sign_in("kind of browser and system"),
    "mfa.Authenticator.data": Held(
        "second factor, locked", "to sign in", "until removed", "row removed"
    ),
    "socialaccount.SocialAccount.uid": _sign_on("the provider's id of the person"),
    "socialaccount.SocialAccount.extra_data": _sign_on("what the provider said of them"),
    "socialaccount.SocialToken.token": _sign_on("not used"),
    "socialaccount.SocialToken.token_secret": _sign_on("not used"),
    "usersessions.UserSession.ip": _session("network address"),
    "usersessions.UserSession.user_agent": _session("kind of browser and system"),
    "usersessions.UserSession.session_key": _session("name of a session"),
    "usersessions.UserSession.data": _session("not used"),
    "sessions.Session.session_key": Held(
        "name of a session", "to stay signed in", "until the session ends", "row removed"
    ),
    "sessions.Session.session_data": Held(
        "whose session it is", "to stay signed in", "until the session ends", "row removed"
    ),
    "common.OutgoingMail.to": _mail("e-mail address"),
    "common.OutgoingMail.subject": _mail("subject, may name a person"),
    "common.OutgoingMail.body": _mail("words, may name a person"),
    "common.OutgoingMail.attachment": _mail("a return to fill in, until it has left"),
    "common.OutgoingMail.attachment_name": _mail("name of that file"),
    "common.SentMail.to": _demo("e-mail address"),
    "common.SentMail.subject": _demo("subject"),
    "common.SentMail.body": _demo("words"),
    "audit.Change.changes": Held(
        "what changed, before and after; of an account its name and address",
        "to say who did what",
        RECORD,
        "pseudonym",
    ),
    "pghistory.Context.metadata": Held(
        "id of who did it, the address of the page, the reason",
        "to say who did what",
        RECORD,
        "e-mail addresses replaced",
    ),
}

# Words that people write. They are asked to write of work, not of people; somebody's name can stand in them.
FREE_TEXT = {
    "accounts.Invitation.host": "who invites",
    "accounts.SignInEvent.reason": "why somebody was signed out everywhere",
    "programmes.Post.title": "title of a post",
    "programmes.Return.question": "what was asked of a return",
    "programmes.ReturnQuestion.question": "what was asked of a return",
    "programmes.ReturnQuestion.answer": "what was answered",
    "programmes.Cover.reason": "why somebody is covered for",
    "programmes.PlanItem.name": "what a row says",
    "programmes.PlanItem.notes": "notes on a row",
    "programmes.PlanItem.removed_because": "why a row was removed",
    "programmes.Attachment.name": "name of an attached file",
    "programmes.Attachment.content": "an attached file",
    "programmes.Dependency.outside": "what a row waits for outside",
    "programmes.Dependency.note": "note on what a row waits for",
    "programmes.ChangeRequest.title": "what a change request asks",
    "programmes.ChangeRequest.why": "why a change is asked for",
    "programmes.ChangeRequest.effect_on_rows": "effect of a change on other rows",
    "programmes.ChangeRequest.effect_on_risks": "effect of a change on risks",
    "programmes.ChangeRequest.effect_on_money": "effect of a change on money",
    "programmes.ChangeRequest.effect_on_outcomes": "effect of a change on outcomes",
    "programmes.ChangeRequest.consulted": "who was consulted on a change",
    "programmes.ChangeRequest.ended_because": "why a change was refused or withdrawn",
    "programmes.ChangeLine.name": "what a new row says",
    "programmes.ChangeLine.notes": "notes on a new row",
    "programmes.Baseline.name": "what a baseline is called",
    "programmes.Status.reason": "reason for a status",
    "programmes.Status.get_to_green": "plan to get to green",
    "programmes.Status.decision_needed": "decision asked for",
    "programmes.Status.need_to_know_note": "what a board needs to know",
    "programmes.Status.correction_note": "what a correction puts right",
    "programmes.PlanUpload.filename": "name of an uploaded file",
    "programmes.PlanUpload.data": "an uploaded file",
    "programmes.PlanUpload.problem": "why an uploaded file cannot be read",
    "programmes.PlanUploadPart.said": "what an uploaded file would change",
    "boards.Report.narrative": "the office's words in a report",
    "boards.Report.content": "what a report prints, frozen when it is published",
    "audit.Change.reason": "why something was changed",
    "boards.Viewing.part": "what of a report was read",
    "boards.ReportFile.data": "a published report as PDF",
    "finance.MonthException.reason": "why somebody may enter late figures",
    "finance.Submission.question": "what was asked of a partner's figures",
    "finance.Submission.answer": "what was answered",
    "finance.Position.comment": "comment on a figure",
    "finance.Position.correction": "what late figures put right",
    "finance.Basis.text": "basis of preparation",
    "finance.Commentary.text": "commentary on figures",
    "finance.Virement.reason": "why budget is moved",
    "finance.Virement.decision": "what was said when a virement was decided",
    "finance.FinanceReport.content": "what a finance report prints, frozen when its month is closed",
    "finance.FinanceReport.pdf": "a published finance report as PDF",
    "finance.WorkingPaper.name": "name of a working paper",
    "finance.WorkingPaper.content": "a working paper",
    "finance.PostedOnce.answer": "what a program was answered when it posted figures",
    "finance.FinancialRisk.title": "what a financial risk is",
    "risks.Risk.title": "what a risk is",
    "risks.Risk.cause": "cause of a risk",
    "risks.Risk.event": "what may happen",
    "risks.Risk.consequence": "what would follow",
    "risks.Risk.removal_because": "why a risk should leave the register",
    "risks.Risk.ended_because": "why a risk ended",
    "risks.FormerReference.because": "why a risk went to another register",
    "risks.Score.because": "why a risk scores so",
    "risks.Escalation.because": "why a risk goes to the boards",
    "risks.Escalation.kept_because": "why it stays before the boards",
    "risks.Escalation.ended_because": "why it came back from the boards",
    "risks.Mitigation.what": "what is done about a risk",
    "risks.Mitigation.progress": "how far that has come",
    "risks.Mitigation.effect": "what it is expected to do",
    "risks.Control.what": "what holds a risk back",
    "risks.Control.gap": "what is missing of it",
    "risks.Link.words": "what a risk hangs together with",
    "risks.RiskFile.name": "name of a file attached to a risk",
    "risks.RiskFile.content": "a file attached to a risk",
    "risks.RiskUpload.filename": "name of a register as a file",
    "risks.RiskUpload.data": "a register as a file",
    "risks.RiskReport.narrative": "the office's words in a risk report",
    "risks.RiskReport.content": "what a risk report prints, frozen when it is published",
    "risks.RiskReport.pdf": "a published risk report as PDF",
    "finance.SavingsScheme.name": "name of a savings scheme",
    "finance.SavingsScheme.progress": "progress of a savings scheme",
    "finance.FinancialRisk.withdrawn_because": "why a financial risk counts no longer",
    "finance.Agreement.title": "title of an agreement",
    "finance.Agreement.notes": "notes on an agreement",
    "finance.AgreementClause.title": "title of a schedule or variation",
    "finance.AgreementClause.text": "what a schedule or variation says",
    "finance.AgreementDocument.name": "name of a document of an agreement",
    "finance.AgreementDocument.content": "a document of an agreement",
    "finance.PoolingCase.title": "title of a business case",
    "finance.PoolingCase.purpose": "what a pooled budget is for",
    "finance.CaseApproval.note": "what a board said of a business case",
    "finance.Headroom.name": "what ring-fenced money is for",
    "finance.Commitment.what": "what ring-fenced money is committed to",
}

NOT_PERSONAL = frozenset(
    {
        "finance.FinanceMonth.state",
        "finance.Submission.state",
        "finance.BudgetLine.fund",
        "finance.BudgetLine.name",
        "finance.Virement.state",
        "finance.FinancialRisk.side",
        "finance.FinancialRisk.ref",
        "finance.SavingsScheme.saving_type",
        "finance.SavingsScheme.provider",
        "finance.SavingsPosition.risk_rating",
        "finance.Agreement.share_rule",
        "finance.AgreementOption.state",
        "finance.AgreementClause.kind",
        "finance.AgreementDocument.sha256",
        "finance.CaseApproval.state",
        "finance.FinanceReport.checksum",
        "finance.FinanceRules.walls",
        "finance.WorkingPaper.sha256",
        "finance.PostedOnce.key",
        "finance.PostedOnce.sha256",
        "finance.PostedOnce.etag",
        "finance.MonthNotice.what",
        "risks.RiskRules.likelihoods",
        "risks.RiskRules.impacts",
        "risks.RiskCategory.name",
        "risks.Register.code",
        "risks.Risk.ref",
        "risks.Risk.kind",
        "risks.Risk.state",
        "risks.Risk.printed_current",
        "risks.Risk.proximity",
        "risks.FormerReference.ref",
        "risks.Score.which",
        "risks.Escalation.ground",
        "risks.Control.line",
        "risks.Link.fund",
        "risks.Link.line_name",
        "risks.Link.indicator",
        "risks.Link.indicator_set",
        "risks.RiskFile.sha256",
        "risks.RiskReport.kind",
        "risks.RiskReport.state",
        "risks.RiskReport.checksum",
        "accounts.SignInEvent.kind",
        "accounts.SignInEvent.how",
        "mfa.Authenticator.type",
        "socialaccount.SocialAccount.provider",
        "socialaccount.SocialApp.provider",
        "socialaccount.SocialApp.provider_id",
        "socialaccount.SocialApp.name",
        "socialaccount.SocialApp.client_id",
        "socialaccount.SocialApp.secret",
        "socialaccount.SocialApp.key",
        "socialaccount.SocialApp.settings",
        "audit.Change.kind",
        "audit.Change.event",
        "audit.Change.fields",
        "audit.Change.about",
        "audit.Change.way",
        "audit.Change.via",
        "boards.Viewing.form",
        "boards.Viewing.way",
        "auth.Permission.name",
        "auth.Permission.codename",
        "auth.Group.name",
        "contenttypes.ContentType.app_label",
        "contenttypes.ContentType.model",
        "common.OutgoingMail.key",
        "accounts.Invitation.scope",
        "programmes.System.name",
        "programmes.System.slug",
        "programmes.Place.name",
        "programmes.Place.slug",
        "programmes.Place.holidays",
        "programmes.Place.closed_days",
        "programmes.Place.worked_holidays",
        "programmes.Place.reminder_days",
        "programmes.Organisation.name",
        "programmes.Organisation.short_name",
        "programmes.Board.name",
        "programmes.Board.short_name",
        "programmes.Board.slug",
        "programmes.Membership.role",
        "programmes.Offer.role",
        "programmes.Programme.code",
        "programmes.Programme.name",
        "programmes.Programme.kind",
        "programmes.Programme.state",
        "programmes.Leadership.role",
        "programmes.Period.key",
        "programmes.Period.name",
        "programmes.Period.state",
        "programmes.Return.state",
        "programmes.GlossaryEntry.acronym",
        "programmes.GlossaryEntry.expansion",
        "programmes.PlanItem.plan_id",
        "programmes.PlanItem.kind",
        "programmes.PlanItem.declared_duration",
        "programmes.PlanItem.scheduling",
        "programmes.PlanItem.level",
        "programmes.Attachment.sha256",
        "programmes.Dependency.kind",
        "programmes.ChangeRequest.state",
        "programmes.ChangeLine.kind",
        "programmes.ChangeLine.item_kind",
        "programmes.ChangeLine.plan_id",
        "programmes.ChangeLine.new_parent",
        "programmes.ChangeLine.declared_duration",
        "programmes.ChangeLine.level",
        "programmes.ChangeLine.scheduling",
        "programmes.CalendarFeed.kind",
        "programmes.Status.rag",
        "programmes.PlanUpload.kind",
        "programmes.PlanUpload.state",
        "programmes.PlanUpload.found",
        "programmes.PlanUpload.decision",
        "programmes.PlanUploadPart.kind",
        "boards.Report.kind",
        "boards.Report.state",
        "boards.Report.checksum",
        "boards.Report.failure",
        "boards.ReportFile.checksum",
    }
)
# Never handed out, not even to the person: they let somebody in.
SECRET = frozenset(
    {
        "data",
        "start",
        "token",
        "token_secret",
        "password",
        "token_hash",
        "key",
        "session_key",
        "session_data",
        "secret",
    }
)
