"""Keeping a place's acronyms. Drafts of reports follow; published reports keep the words they had."""

import re

from django.db import transaction

from icp.accounts.models import User
from programmes.errors import CannotKeepEntry, StaleEntry
from programmes.models import GlossaryEntry, Place

# The annex finds whole words that begin with a letter or digit, as in CYPMF, IAPT, H&SC or 111.
ACRONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9&/+.\'’ -]*")


@transaction.atomic
def add_glossary_entry(*, place: Place, acronym: str, expansion: str, by: User) -> GlossaryEntry:
    """Add an acronym to the place's glossary. Adding what stands there already changes nothing.

    Raises:
        CannotKeepEntry: it is no acronym, stands for nothing, or stands for something else already.
    """
    acronym, expansion = _read(acronym, expansion)
    # The place's row makes two who add the same acronym take turns.
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    found = GlossaryEntry.objects.filter(place=place, acronym=acronym).first()
    if found is None:
        return GlossaryEntry.objects.create(place=place, acronym=acronym, expansion=expansion)
    if found.expansion != expansion:
        raise CannotKeepEntry(
            f"{acronym} is in the glossary already, as {found.expansion}: change that entry instead.",
            "acronym",
        )
    return found


@transaction.atomic
def change_glossary_entry(
    *, entry: GlossaryEntry, expansion: str, expected_version: int, by: User
) -> GlossaryEntry:
    """Let an acronym stand for other words. Saving what is stored already changes nothing.

    Raises:
        CannotKeepEntry: the words are empty.
        StaleEntry: somebody changed or removed it since ``expected_version``.
    """
    _, expansion = _read(entry.acronym, expansion)
    found = _locked(entry)
    if found.expansion == expansion:
        return found
    _check_version(found, expected_version)
    found.expansion = expansion
    found.version += 1
    found.save()
    return found


@transaction.atomic
def remove_glossary_entry(*, entry: GlossaryEntry, expected_version: int, by: User) -> None:
    """Take an acronym out. Its history stays.

    Raises:
        StaleEntry: somebody changed or removed it since ``expected_version``.
    """
    found = _locked(entry)
    _check_version(found, expected_version)
    found.delete()


def _read(acronym: str, expansion: str) -> tuple[str, str]:
    acronym, expansion = " ".join(acronym.split()), " ".join(expansion.split())
    if not ACRONYM.fullmatch(acronym):
        raise CannotKeepEntry(
            "Write the acronym in letters and digits, as it stands in the reports: IAPT.", "acronym"
        )
    if not expansion:
        raise CannotKeepEntry("Write what it stands for.", "expansion")
    return acronym, expansion


def _locked(entry: GlossaryEntry) -> GlossaryEntry:
    found = GlossaryEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if found is None:
        raise StaleEntry(f"{entry.acronym} was removed from the glossary meanwhile.", None)
    return found


def _check_version(found: GlossaryEntry, expected: int) -> None:
    if found.version != expected:
        raise StaleEntry(
            f"Somebody else changed {found.acronym} while you were editing. Both are shown: choose.",
            found,
        )
