"""Two people's values of one row side by side, and the choice between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from icp.audit.as_at import copies_at
from icp.common.words import sentence_list, short_date
from programmes.edit_forms import RowForm, as_typed, initial_of
from programmes.models import PlanItem

COMPARED = (
    "name",
    "kind",
    "start",
    "finish",
    "duration",
    "tbc_from",
    "tbc_by",
    "owner",
    "notes",
    "is_placeholder",
    "tolerance_months",
    "level",
    "boards",
)


@dataclass(frozen=True)
class Difference:
    """One field that two people filled in differently. ``keep`` is what is chosen until one chooses."""

    name: str
    label: str
    mine: str
    theirs: str
    keep: str


def chosen(data: QueryDict, item: PlanItem) -> QueryDict:
    """What was typed of a row, with the other person's value wherever that one was chosen."""

    def theirs() -> dict[str, list[Any]]:
        stored = initial_of(item)
        return {name: _posted(stored[name]) for name in COMPARED}

    return with_chosen(data, version=item.version, theirs=theirs)


def with_chosen(
    data: QueryDict, *, version: int, theirs: Callable[[], Mapping[str, list[Any]]]
) -> QueryDict:
    """What was typed, with the value of ``theirs`` (by field, as a form sends it) wherever that one was chosen.

    It is compared with the version that was shown beside it: a third save since is shown in its turn.
    """
    if "saw" not in data:
        return data
    changed = data.copy()
    changed["version"] = data.get("saw", "")
    if data.get("saw") != str(version):
        return changed
    for name, values in theirs().items():
        if data.get(f"take-{name}") == "theirs":
            changed.setlist(name, values)
    return changed


def _posted(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, bool):
        return ["on"] if value else []
    return [str(value)]


def differences(form: RowForm, item: PlanItem) -> list[Difference]:
    """What differs between a valid form and the row as stored, if somebody else saved the row meanwhile."""
    seen = form.cleaned_data["version"] or 0
    theirs = initial_of(item)
    # The boards have no version of their own: the form says which it showed.
    data = form.data
    shown_boards = sorted(data.getlist("boards-seen")) if isinstance(data, QueryDict) else []
    if seen == item.version and shown_boards == sorted(theirs["boards"]):
        return []
    was = {**_as_it_was(item, seen), "boards": shown_boards}
    if all(_same(was.get(name), theirs[name]) for name in COMPARED):
        return []
    mine = _mine(form)
    return [
        Difference(
            name=name,
            label=str(form.fields[name].label),
            mine=words(form, name, mine[name]),
            theirs=words(form, name, theirs[name]),
            keep="theirs" if _same(mine[name], was.get(name)) else "mine",
        )
        for name in COMPARED
        if not _same(mine[name], theirs[name])
    ]


def _as_it_was(item: PlanItem, version: int) -> Mapping[str, Any]:
    """The row as the person was shown it, from its history; nothing where there was no such version."""
    copy = copies_at(PlanItem, [(item.pk, version)]).get(item.pk)
    if copy is None:
        return {}
    fields = [field.attname for field in PlanItem._meta.concrete_fields]
    found = PlanItem(**{name: getattr(copy, name) for name in fields if name != "id"})
    return initial_of(found)


def _mine(form: RowForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    assert form.found is not None
    return {
        **{name: cleaned[name] for name in ("name", "kind", "notes", "is_placeholder", "level")},
        **as_typed(form.found),
        "tbc_from": cleaned["tbc_from"] or "",
        "owner": cleaned["owner"] or "",
        "tbc_by": short_date(cleaned["tbc_by"]) if cleaned["tbc_by"] else "",
        "tolerance_months": cleaned["tolerance_months"],
        "boards": cleaned["boards"],
    }


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def words(form: forms.Form, name: str, value: Any) -> str:
    """A field's value for reading; empty stays in words too."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = {str(key): str(text) for key, text in getattr(form.fields[name], "choices", [])}
    if isinstance(value, list):
        return sentence_list([choices.get(str(one), str(one)) for one in value]) or "None"
    return choices.get(str(value), str(value)) or "Nothing"
