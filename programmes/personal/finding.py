"""All that the portal holds of one person, as they may ask for it."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from icp.accounts.models import User
from programmes.personal.models import fields_of, is_history, links_to_people, tables
from programmes.personal.register import SECRET

Row = dict[str, Any]


def all_about(*, person: User) -> dict[str, Any]:
    """The account, every row that names them, mail to them, and their open sessions; no secret, no file.

    Dates stay dates: write it with Django's JSON encoder.
    """
    return {
        "person": row_of(person),
        "rows": {
            model._meta.label: rows for model in tables() if (rows := rows_naming(model, person))
        },
        "mail": [row_of(one) for one in mail_to(person.email)],
        "open_sessions": len(sessions_of(person)),
    }


def rows_naming(model: type[models.Model], person: User) -> list[Row]:
    """Rows that say they did, hold or are something; of the account's own history, all."""
    where = models.Q()
    for link in links_to_people(model):
        where |= models.Q((link.name, person))
    if is_history(model) and model._meta.get_field("pgh_obj").related_model is User:
        where |= models.Q(pgh_obj=person)
    if not where:
        return []
    return [row_of(row) for row in model._default_manager.filter(where).order_by("pk")]


def row_of(row: models.Model) -> Row:
    """The columns of a row by name, without secrets and files."""
    return {
        field.name: getattr(row, field.attname)
        for field in fields_of(type(row))
        if field.name not in SECRET and not isinstance(field, models.BinaryField)
    }


def mail_to(address: str) -> list[models.Model]:
    """Messages to an address, in every table that holds mail."""
    found: list[models.Model] = []
    for model in tables():
        if model._meta.label in ("common.OutgoingMail", "common.SentMail"):
            found += model._default_manager.filter(to__iexact=address).order_by("pk")
    return found


def sessions_of(person: User) -> list[Session]:
    """Their sessions that have not ended. Every session is opened: there is no index by person."""
    alive = Session.objects.filter(expire_date__gte=timezone.now()).iterator()
    return [one for one in alive if one.get_decoded().get("_auth_user_id") == str(person.pk)]
