"""Which tables and fields there are, asked of Django."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from pghistory.models import Event

WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.GenericIPAddressField,
    models.FileField,
    ArrayField,
)


def tables() -> list[type[models.Model]]:
    """Every table of the portal and its libraries, history included."""
    found = [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]
    return sorted(found, key=lambda one: one._meta.label)


def is_history(model: type[models.Model]) -> bool:
    return issubclass(model, Event)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """Its columns, without those that history adds."""
    return [
        field for field in model._meta.concrete_fields if not str(field.name).startswith("pgh_")
    ]


def word_fields(model: type[models.Model]) -> list[models.Field]:
    """Columns that can hold words, files or addresses of machines."""
    return [field for field in fields_of(model) if isinstance(field, WORDS)]


def links_to_people(model: type[models.Model]) -> list[models.Field]:
    """Columns that say who."""
    person = get_user_model()
    return [field for field in fields_of(model) if field.related_model is person]


def labels() -> Iterator[str]:
    """``app.Model.field`` of every column that can hold words; history holds what its table holds."""
    for model in tables():
        if not is_history(model):
            yield from (f"{model._meta.label}.{field.name}" for field in word_fields(model))
