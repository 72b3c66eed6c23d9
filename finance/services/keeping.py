"""Agreements, business cases and headroom: each a whole with its parts, under one version.

Whoever changes anything of a whole says which version of it they looked at, so that nobody adds to, or takes from,
what they have not seen.
"""

from typing import Protocol, TypeVar

from django.db import transaction

from finance.errors import StaleMoney
from finance.models import Agreement, Headroom, PoolingCase

W = TypeVar("W", Agreement, PoolingCase, Headroom)


class Saveable(Protocol):
    pk: int

    def save(self) -> None: ...

    def delete(self) -> object: ...


@transaction.atomic
def save_whole(*, whole: W, expected_version: int) -> W:
    """Keep a new whole, or a changed one. Saving what is stored already changes nothing.

    Raises:
        StaleMoney: another person changed something of it since.
    """
    if whole.pk is None:
        whole.save()
        return whole
    found = _locked(whole)
    names = [one.attname for one in whole._meta.concrete_fields if one.name != "version"]
    if all(getattr(found, name) == getattr(whole, name) for name in names):
        return found
    _check(found, expected_version)
    whole.version = found.version + 1
    whole.save()
    return whole


@transaction.atomic
def save_part(*, whole: W, part: Saveable, expected_version: int) -> None:
    """Add a part to a whole, or change one of its parts.

    Raises:
        StaleMoney: another person changed something of it since.
    """
    found = _locked(whole)
    _check(found, expected_version)
    part.save()
    _turn(found)


@transaction.atomic
def remove_part(*, whole: W, part: Saveable, expected_version: int) -> None:
    """Take a part out; the history keeps it.

    Raises:
        StaleMoney: another person changed something of it since.
    """
    found = _locked(whole)
    _check(found, expected_version)
    part.delete()
    _turn(found)


def _locked(whole: W) -> W:
    return type(whole)._default_manager.select_for_update().get(pk=whole.pk)


def _check(found: W, expected: int) -> None:
    if found.version != expected:
        raise StaleMoney(
            "Somebody else changed it while you were typing. Both are shown: choose.", found
        )


def _turn(found: W) -> None:
    found.version += 1
    found.save()
