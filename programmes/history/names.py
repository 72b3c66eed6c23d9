"""What things are called now, by their kind and key: any number of names by one query.

Every room above registers its own kinds (``register``), so that one page can tell of all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from icp.audit.models import Change, ChangeKind
from programmes.models import LeadershipRole, PlaceRole

# So many columns at most make a name and an address.
MOST = 5


@dataclass(frozen=True)
class Named:
    """What people call it, and where its page is, if it has one of its own."""

    text: str
    href: str = ""


Key = tuple[str, int]
Say = Callable[..., Named]


@dataclass(frozen=True)
class Kind:
    """A kind of thing as pages name it; ``say`` makes a name of what stands in ``columns``."""

    word: str
    columns: tuple[str, ...]
    say: Say


KINDS: dict[str, Kind] = {}


def register(kind: str, word: str, *columns: str, say: Say = Named) -> None:
    """Let history pages name the things of one model. ``kind`` is its label in lower case."""
    KINDS[kind] = Kind(word, columns, say)


def word_of(kind: str) -> str:
    """Row, Status, Programme."""
    return KINDS[kind].word if kind in KINDS else kind.rpartition(".")[2].capitalize()


def names_of(keys: Iterable[Key]) -> dict[Key, Named]:
    """The names of these things: one query, and one more if some are gone.

    What is gone is called as it was when it went; what was never recorded is left out.
    """
    wanted: dict[str, set[int]] = {}
    for kind, pk in keys:
        wanted.setdefault(kind, set()).add(pk)
    found = _found(wanted)
    gone = [(kind, pk) for kind, pks in wanted.items() for pk in pks if (kind, pk) not in found]
    return found | _as_they_went(gone)


def _found(wanted: dict[str, set[int]]) -> dict[Key, Named]:
    asked = [_rows(kind, pks) for kind, pks in wanted.items() if kind in KINDS]
    if not asked:
        return {}
    rows = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    return {
        (kind, pk): KINDS[kind].say(*values[: len(KINDS[kind].columns)])
        for kind, pk, *values in rows
    }


def _rows(kind: str, pks: set[int]) -> "QuerySet[Any, Any]":
    columns = KINDS[kind].columns
    texts: list[Any] = [
        Coalesce(Cast(column, TextField()), Value("", TextField())) for column in columns
    ]
    texts += [Value("", TextField()) for _ in range(MOST - len(columns))]
    rows = apps.get_model(kind)._default_manager.filter(pk__in=pks).order_by()
    return rows.values_list(Value(kind, TextField()), "pk", *texts)


def _as_they_went(gone: list[Key]) -> dict[Key, Named]:
    if not gone:
        return {}
    changes = Change.objects.filter(
        event=ChangeKind.DELETE,
        about__overlap=[f"{kind}:{pk}" for kind, pk in gone],
    )
    return {
        (change.kind, change.object_id): Named(_called(change.changes, change.kind))
        for change in changes.order_by("id")
    }


def _called(changes: dict[str, list[object]], kind: str) -> str:
    for column in ("name", "title", "acronym", "plan_id", "filename", "email"):
        if column in changes:
            return f"{changes[column][0]} (removed)"
    return f"{word_of(kind)} (removed)"


def _row(place: str, code: str, plan_id: str, period: str = "") -> Named:
    href = reverse("item", kwargs={"place": place, "code": code, "plan_id": plan_id})
    return Named(f"{code} {plan_id}{', ' if period else ''}{period}", href)


def _programme(name: str, place: str, code: str, role: str = "") -> Named:
    said = f"{LeadershipRole(role).label} of {name}" if role else name
    return Named(said, reverse("programme", kwargs={"place": place, "code": code}))


def _period(name: str, place: str, key: str) -> Named:
    return Named(name, reverse("period", kwargs={"place": place, "key": key}))


def _return(programme: str, period: str, place: str, key: str, code: str) -> Named:
    href = reverse("return", kwargs={"place": place, "key": key, "code": code})
    return Named(f"{programme}, {period}", href)


def _place(name: str, slug: str) -> Named:
    return Named(name, reverse("place", kwargs={"place": slug}))


def _role(role: str, person: str) -> Named:
    return Named(f"{PlaceRole(role).label}: {person}")


def _joined(word: str) -> Say:
    return lambda one, other: Named(f"{one} {word} {other}")


def _change(number: str, title: str) -> Named:
    return Named(f"CR {number}: {title}")


def _dependency(successor: str, predecessor: str, outside: str) -> Named:
    return Named(f"{successor} waits for {predecessor or outside}")


PLACE, CODE = "programme__place__slug", "programme__code"
register("accounts.user", "Person", "name")
# By the address that was typed: the person may be known elsewhere, and not have come.
register("accounts.invitation", "Invitation", "user__email")
register("programmes.offer", "Offer", "email")
register("programmes.system", "System", "name")
register("programmes.place", "Place", "name", "slug", say=_place)
register("programmes.organisation", "Organisation", "name")
register("programmes.board", "Board", "name")
register(
    "programmes.boardmember", "Seat on a board", "user__name", "board__name", say=_joined("on")
)
register("programmes.membership", "Role", "role", "user__name", say=_role)
register(
    "programmes.financelead",
    "Finance lead",
    "user__name",
    "organisation__name",
    say=_joined("for"),
)
register("programmes.cover", "Cover", "deputy__name", "person__name", say=_joined("for"))
register("programmes.post", "Post", "title")
register("programmes.programme", "Programme", "name", "place__slug", "code", say=_programme)
register("programmes.leadership", "Duty", "programme__name", PLACE, CODE, "role", say=_programme)
register("programmes.planitem", "Row", PLACE, CODE, "plan_id", say=_row)
register("programmes.changerequest", "Change request", "number", "title", say=_change)
register(
    "programmes.changeline", "Change to a row", "request__number", "request__title", say=_change
)
register(
    "programmes.dependency",
    "Dependency",
    "successor__name",
    "predecessor__name",
    "outside",
    say=_dependency,
)
register(
    "programmes.changelineboard",
    "Board of a new row",
    "line__name",
    "board__name",
    say=_joined("to"),
)
register("programmes.itemboard", "Board of a row", "item__name", "board__name", say=_joined("to"))
register("programmes.attachment", "Attachment", "name")
register("programmes.calendarfeed", "Calendar", "user__name")
register("programmes.period", "Period", "name", "place__slug", "key", say=_period)
register(
    "programmes.return",
    "Return",
    "programme__name",
    "period__name",
    PLACE,
    "period__key",
    CODE,
    say=_return,
)
register(
    "programmes.returnquestion",
    "Question",
    "asked_of__programme__name",
    "asked_of__period__name",
    f"asked_of__{PLACE}",
    "asked_of__period__key",
    f"asked_of__{CODE}",
    say=_return,
)
register(
    "programmes.status",
    "Status",
    f"item__{PLACE}",
    f"item__{CODE}",
    "item__plan_id",
    "period__name",
    say=_row,
)
register("programmes.glossaryentry", "Acronym", "acronym")
register("programmes.planupload", "File", "filename")
