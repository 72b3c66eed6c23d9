"""The one place where fields and their values become words for history pages."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from icp.common.presenters import local, short_date
from programmes.history.names import Key, Named

NOTHING = "nothing"
# Where a field's own name says too little.
WORDS = {
    "status.rag": "RAG",
    "status.item": "row",
    "status.get_to_green": "get to green",
    "planitem.plan_id": "number",
    "planitem.parent": "heading above",
    "planitem.position": "place in the plan",
    "planitem.start_tbc": "start to be confirmed",
    "planitem.finish_tbc": "finish to be confirmed",
    "planitem.declared_duration": "duration",
    "planitem.declared_days": "duration in working days",
    "planitem.ticked": "complete in the plan",
    "planitem.ticked_in": "complete since",
    "planitem.baseline_start": "agreed start",
    "planitem.baseline_finish": "agreed finish",
    "planitem.tolerance_months": "tolerance in months",
    "planitem.removed_at": "removed",
    "planitem.removed_because": "removed because",
    "planitem.tbc_from": "who will supply the date",
    "planitem.tbc_by": "date to be supplied by",
    "planitem.tbc_since": "date awaited since",
    "planitem.is_placeholder": "placeholder",
    "planitem.level": "shown to",
    "planitem.split_from": "split from",
    "attachment.removed_at": "taken away",
    "attachment.added_at": "added",
    "dependency.successor": "row",
    "dependency.predecessor": "waits for",
    "dependency.lag_days": "lag in working days",
    "changerequest.proposed_at": "proposed",
    "changerequest.programme_agreed_at": "agreed by the programme",
    "changerequest.programme_agreed_by": "agreed for the programme by",
    "changerequest.office_agreed_at": "agreed by the office",
    "changerequest.office_agreed_by": "agreed for the office by",
    "changerequest.ended_at": "refused or withdrawn",
    "changerequest.ended_because": "refused or withdrawn because",
    "changerequest.drafted_at": "drafted",
    "changeline.item_kind": "kind of row",
    "changeline.start_tbc": "start to be confirmed",
    "changeline.finish_tbc": "finish to be confirmed",
    "changeline.old_start": "agreed start before",
    "changeline.old_finish": "agreed finish before",
    "changeline.parent": "heading above",
    "changeline.after": "after",
    "changeline.tbc_from": "who will supply the date",
    "changeline.tbc_by": "date to be supplied by",
    "changeline.is_placeholder": "placeholder",
    "changeline.level": "shown to",
    "changeline.split_from": "split from",
    "changelineboard.line": "new row",
    "calendarfeed.made_at": "made",
    "calendarfeed.revoked_at": "revoked",
    "risk.ref": "reference",
    "risk.inherent": "inherent score",
    "risk.target": "target score",
    "risk.printed_current": "current score as printed",
    "risk.value": "cost in pounds",
    "risk.probability": "probability in percent",
    "risk.review_on": "review due",
    "risk.raised_on": "raised",
    "risk.reviewed_on": "reviewed",
    "risk.ended_on": "ended",
    "risk.ended_because": "ended because",
    "risk.removal_because": "recommended for removal because",
    "risk.merged_into": "merged into",
    "riskrules.escalates_from": "goes to the boards from",
    "riskrules.red_from": "red from",
    "riskrules.amber_from": "amber from",
    "escalation.began_on": "began",
    "escalation.proposed_on": "end proposed",
    "escalation.kept_because": "kept because",
    "escalation.ended_on": "ended",
    "escalation.ended_at": "moment of its end",
    "escalation.ended_because": "ended because",
    "mitigation.what": "action",
    "mitigation.due_on": "due",
    "mitigation.percent": "progress in percent",
    "mitigation.effect": "expected effect",
    "mitigation.done_on": "done",
    "mitigation.removed_at": "taken out",
    "riskfile.added_at": "added",
    "riskfile.removed_at": "taken away",
    "place.tolerance_months": "tolerance in months",
    "place.slug": "short name in addresses",
    "system.slug": "short name in addresses",
    "board.slug": "short name in addresses",
    "programme.parent": "inside",
    "programme.in_scope": "in scope",
    "programme.tolerance_months": "tolerance in months",
    "period.key": "short name in addresses",
    "period.ends_on": "last day",
    "period.starts_on": "first day",
    "period.due_on": "returns due",
    "period.closed_at": "closed",
    "period.published_at": "published",
    "return.is_nil": "nil return",
    "return.recalled_at": "recalled after sign-off",
    "return.recalled_by": "recalled after sign-off by",
    "returnquestion.asked_of": "return",
    "returnquestion.asked_at": "asked",
    "returnquestion.answered_at": "answered",
    "return.submitted_at": "submitted",
    "return.signed_off_at": "signed off",
    "report.is_public": "open to the public",
    "report.built_at": "built",
    "report.approved_at": "approved",
    "report.published_at": "published",
    "user.is_active": "account open",
    "user.is_superuser": "may do everything",
    "user.joined_at": "joined",
    "invitation.host": "on behalf of",
    "invitation.scope": "for",
    "invitation.invited_at": "invited",
    "invitation.expires_at": "link works until",
    "invitation.used_at": "accepted",
    "invitation.revoked_at": "withdrawn",
    "offer.offered_at": "offered",
    "offer.expires_at": "may be accepted until",
    "cover.person": "away",
    "cover.starts_on": "first day",
    "cover.ends_on": "last day",
    "cover.set_at": "asked for",
    "cover.set_by": "asked for by",
    "cover.ended_at": "ended early",
    "cover.ended_by": "ended early by",
    "planupload.uploaded_at": "brought",
    "planupload.uploaded_by": "brought by",
    "planupload.applied_at": "imported",
}
# Of use to programs alone: the history keeps it, and no line tells it.
TECHNICAL = {"report.checksum", "report.schema"}
# A change from no to yes, and from yes to no, where those two words say too little.
TURNS = {
    "report.is_public": ("opened to the public", "taken back from the public"),
    "user.is_active": ("account opened", "account closed"),
    "programme.in_scope": ("taken into scope", "taken out of scope"),
    "planitem.is_placeholder": ("made a placeholder", "no placeholder any more"),
    "return.is_nil": ("handed in as nil return", "no nil return any more"),
}
# What the portal does by itself.
TASKS = {
    "boards.tasks.build_report": "while it built the report",
    "boards.tasks.build_waiting_reports": "while it built the reports that were waiting",
    "programmes.tasks.turn_the_day": "when the time had come",
    "programmes.tasks.import_upload": "while it imported a file",
    "icp.common.tasks.send_waiting_mail": "while it sent mail",
    "icp.common.tasks.forget_what_is_past": "when its time to be kept was over",
}
# Long texts are quoted; these are what people wrote.
QUOTED = models.TextField


@cache
def _fields(kind: str) -> dict[str, "models.Field[Any, Any]"]:
    return {field.column: field for field in apps.get_model(kind)._meta.local_concrete_fields}


def field_of(kind: str, column: str) -> "models.Field[Any, Any] | None":
    """The model's field of that column; None for a column that a later version took away."""
    try:
        return _fields(kind).get(column)
    except LookupError:
        return None


def task_in_words(name: str) -> str:
    """while it built the report; by itself: expire requests, for a task without words of its own."""
    return TASKS.get(name) or f"by itself: {name.rpartition('.')[2].replace('_', ' ')}"


def is_technical(kind: str, column: str) -> bool:
    """Whether a field tells people nothing."""
    return _short(kind, column) in TECHNICAL


def turn_in_words(kind: str, column: str, after: Any) -> str:
    """opened to the public; empty where yes and no say it well enough."""
    turn = TURNS.get(_short(kind, column))
    if turn is None or not isinstance(after, bool):
        return ""
    return turn[0] if after else turn[1]


@cache
def _short(kind: str, column: str) -> str:
    field = field_of(kind, column)
    return f"{kind.rpartition('.')[2]}.{field.name if field else column}"


@cache
def label_of(kind: str, column: str) -> str:
    """RAG; agreed finish; heading above."""
    field = field_of(kind, column)
    return WORDS.get(_short(kind, column)) or str(
        field.verbose_name if field else column.replace("_", " ")
    )


def key_in(kind: str, column: str, value: Any) -> Key | None:
    """The thing that a value refers to, if it refers to one."""
    field = field_of(kind, column)
    if value is None or not isinstance(field, models.ForeignKey):
        return None
    return field.related_model._meta.label_lower, int(value)


def value_in_words(kind: str, column: str, value: Any, names: dict[Key, Named]) -> str:
    """A value as people write it: red; 12 Feb 2020; yes; IT 11; “Parts are late.”; nothing."""
    if value is None or value == "" or value == []:
        return NOTHING
    if key := key_in(kind, column, value):
        return names[key].text if key in names else "something since removed"
    field = field_of(kind, column)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    choices = dict(field.flatchoices) if field is not None else {}
    if value in choices:
        return in_running_text(str(choices[value]))
    return _text(field, str(value))


def _text(field: "models.Field[Any, Any] | None", value: str) -> str:
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return date_and_time(moment) if moment else value
    if isinstance(field, models.DateField):
        day = parse_date(value)
        return short_date(day) if day else value
    if isinstance(field, models.DecimalField):
        return f"{Decimal(value):,.2f}"
    return f"“{value}”" if isinstance(field, QUOTED) else value


def in_running_text(label: str) -> str:
    """A label inside a sentence: amber, programme office; but SRO or chair. What explains it is left out."""
    label = label.split(":")[0].split(",")[0]
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def place_in_form(kind: str, column: str) -> int:
    """Where a field stands in its model: lines tell of fields in that order."""
    columns = list(_fields(kind)) if field_of(kind, column) else []
    return columns.index(column) if columns else len(WORDS)


def date_and_time(moment: datetime) -> str:
    """12 Feb 2020, 14:05, by clocks in the United Kingdom."""
    there: date = local(moment)
    return f"{short_date(moment)}, {there:%H:%M}"
