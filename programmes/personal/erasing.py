"""Erasing a person without breaking the record: who they were goes, that one and the same person did it stays.

The account and every history of it get a pseudonym. Ids stay, so each act still has its author. Published reports
and closed periods never change: what they print of the name stays printed, and is counted out to whoever asks.
"""

from dataclasses import dataclass

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Replace

from icp.accounts.models import Invitation, User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.words import sentence_list
from programmes.errors import Refused
from programmes.models import BoardMember, Cover, FinanceLead, Membership, Post
from programmes.personal import finding
from programmes.personal.models import is_history, links_to_people, tables, word_fields

# Rows that let somebody in, or are a copy of their address: removed with their owner's name.
REMOVED = (
    "account.EmailAddress",
    "accounts.ApiToken",
    "programmes.CalendarFeed",
    "programmes.Offer",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
)
# Said of a person in machine's words: emptied, the row stays.
EMPTIED = {"accounts.SignInEvent": {"address": None, "device": "", "reason": ""}}
# History that is not the copy of one table's row.
JOURNALS = ("pghistory.Context", "audit.Change")


class CannotErase(Refused):
    """The person cannot be erased now; the sentence says what to do first."""


@dataclass(frozen=True)
class Step:
    """What is or would be done to a table: ``rows`` of them."""

    table: str
    what: str
    rows: int

    def __str__(self) -> str:
        return f"{self.table}: {self.what} ({self.rows})"


@dataclass(frozen=True)
class Names:
    """What somebody was known by, now and before, and what they are called from now on."""

    addresses: frozenset[str]
    names: frozenset[str]
    address: str
    name: str


@transaction.atomic
def erase(*, person: User, reason: str) -> list[Step]:
    """Erase who ``person`` was, everywhere but in what is frozen; what was done, table by table.

    Raises:
        CannotErase: they still hold something in a place, no reason was given, or the database role may not
            change history.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    _may_change_history()
    if not reason.strip():
        raise CannotErase("Say why, with --reason: the reason is kept in the history.")
    _holds_nothing(person)
    known = names_of(person)
    with recorded(way=Way.COMMAND, via="erase_person", reason=f"Erased: {reason.strip()}"):
        return [
            *_close(person, known),
            *_remove(person),
            *_empty(person),
            *_forget_mail(known),
            *_rename_in_history(person, known),
            *frozen_with(known),
        ]


def names_of(person: User) -> Names:
    """All addresses and names the account ever had, by its history."""
    events = User.pgh_event_model.objects.filter(pgh_obj=person)  # type: ignore[attr-defined]
    pseudonym = f"erased-{person.pk}@erased.invalid"
    return Names(
        addresses=frozenset({person.email, *events.values_list("email", flat=True)} - {pseudonym}),
        names=frozenset(
            {person.name, *events.values_list("name", flat=True)} - {f"Erased person {person.pk}"}
        ),
        address=pseudonym,
        name=f"Erased person {person.pk}",
    )


def _may_change_history() -> None:
    table = User.pgh_event_model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, %s, 'UPDATE')", [table])
        if cursor.fetchone() != (True,):
            raise CannotErase(
                "Only the owner of the database may change history. "
                "Run it with ICP_DATABASE_ROLE=owner."
            )


def _holds_nothing(person: User) -> None:
    places = {
        *Membership.objects.filter(user=person).values_list("place__name", flat=True),
        *BoardMember.objects.filter(user=person).values_list("board__place__name", flat=True),
        *FinanceLead.objects.filter(user=person).values_list(
            "organisation__place__name", flat=True
        ),
        *Post.objects.filter(holder=person).values_list("place__name", flat=True),
        *Cover.objects.filter(Q(person=person) | Q(deputy=person), ended_at__isnull=True)
        .exclude(place=None)
        .values_list("place__name", flat=True),
    }
    if places:
        raise CannotErase(
            f"{person.name} still holds something, or a cover that has not been ended, in "
            f"{sentence_list(sorted(places))}. Let them leave there first: People, their page, Leaves."
        )


def _close(person: User, known: Names) -> list[Step]:
    pending = Invitation.objects.pending().filter(user=person)
    links = pending.update(revoked_at=models.F("invited_at"))
    person.email, person.name = known.address, known.name
    person.is_active, person.last_login = False, None
    person.set_unusable_password()
    person.save()
    return [
        Step("accounts.User", f"called {known.name}, account closed, password gone", 1),
        Step("accounts.Invitation", "links made dead", links),
    ]


def _model(label: str) -> type[models.Model] | None:
    return next((one for one in tables() if one._meta.label == label), None)


def _remove(person: User) -> list[Step]:
    sessions = finding.sessions_of(person)
    for one in sessions:
        one.delete()
    steps = [Step("sessions.Session", "removed", len(sessions))]
    for model in filter(None, map(_model, REMOVED)):
        rows = model._default_manager.filter(user=person)
        steps.append(Step(model._meta.label, "removed", rows.count()))
        rows.delete()
    return steps


def _empty(person: User) -> list[Step]:
    steps = []
    for label, values in EMPTIED.items():
        if model := _model(label):
            with pgtrigger.ignore(f"{label}:append_only"):
                rows = model._default_manager.filter(user=person).update(**values)
            steps.append(Step(label, f"{sentence_list(sorted(values))} emptied", rows))
    return steps


def _forget_mail(known: Names) -> list[Step]:
    steps = []
    for label in ("common.OutgoingMail", "common.SentMail"):
        to = Q()
        for address in known.addresses:
            to |= Q(to__iexact=address)
        rows = apps.get_model(label)._default_manager.filter(to)
        done = rows.update(to="", subject="", body="")
        steps.append(Step(label, "address and words emptied", done))
    return steps


def _rename_in_history(person: User, known: Names) -> list[Step]:
    events = User.pgh_event_model.objects.filter(pgh_obj=person)  # type: ignore[attr-defined]
    done = events.update(email=known.address, name=known.name)
    steps = [Step(events.model._meta.label, "pseudonym", done)]
    for model in tables():
        if (is_history(model) and model is not events.model) or model._meta.label in JOURNALS:
            if rows := _replace(model, known.addresses, known.address):
                steps.append(Step(model._meta.label, "address replaced", rows))
    if journal := _model("audit.Change"):
        own = Q(kind="accounts.user", object_id=person.pk)
        rows = _replace(journal, known.names, known.name, where=own, quoted=True)
        steps.append(Step("audit.Change", "pseudonym", rows))
    return steps


def _replace(
    model: type[models.Model],
    olds: frozenset[str],
    new: str,
    *,
    where: Q | None = None,
    quoted: bool = False,
) -> int:
    """Replace each of ``olds`` in the words of a table; ``quoted``: only where it is a whole value in JSON."""
    rows = 0
    for field in word_fields(model):
        if isinstance(field, models.BinaryField | models.GenericIPAddressField):
            continue
        json = isinstance(field, models.JSONField)
        if not json and (quoted or not isinstance(field, models.CharField | models.TextField)):
            continue
        for old in olds:
            old, fresh = (f'"{old}"', f'"{new}"') if quoted else (old, new)
            text = Cast(field.name, TextField())
            found = model._default_manager.filter(where or Q()).alias(_text=text)
            changed = Replace(text, Value(old), Value(fresh))
            rows += found.filter(_text__contains=old).update(
                **{field.name: Cast(changed, field) if json else changed}
            )
    return rows


def frozen_with(known: Names) -> list[Step]:
    """Where the name or an address still stands in words that are kept: counted, left as it is."""
    steps = []
    for model in tables():
        if model._meta.label in ("sessions.Session",) or model is User:
            continue
        where = Q()
        for field in word_fields(model):
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                for word in known.addresses | known.names:
                    where |= Q(pk__in=_holding(model, field, word))
        if where and (rows := model._default_manager.filter(where).count()):
            steps.append(Step(model._meta.label, "still holds the name in kept words", rows))
    return steps


def _holding(model: type[models.Model], field: models.Field, word: str) -> models.QuerySet:
    text = Cast(field.name, TextField())
    return model._default_manager.alias(_text=text).filter(_text__contains=word).values("pk")


def acts_of(person: User) -> int:
    """How many rows keep saying that they did something: their ids stay."""
    total = 0
    for model in tables():
        for link in links_to_people(model):
            total += model._default_manager.filter(**{link.name: person}).count()
    return total
