"""What things are called now, by their kind and key: a few names at once, one query for each kind.

Every room above registers its own kinds (``register``), so that one page can tell of all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from icp.accounts.models import Invitation, User
from icp.audit.models import Change, ChangeKind
from programmes.models import (
    Board,
    BoardMember,
    Cover,
    FinanceLead,
    GlossaryEntry,
    Leadership,
    Membership,
    Organisation,
    Period,
    Place,
    PlanItem,
    PlanUpload,
    Post,
    Programme,
    Return,
    Status,
    System,
)


@dataclass(frozen=True)
class Named:
    """What people call it, and where its page is, if it has one of its own."""

    text: str
    href: str = ""


Namer = Callable[[set[int]], dict[int, Named]]
Key = tuple[str, int]


@dataclass(frozen=True)
class Kind:
    """A kind of thing as pages name it, and how to find the names of some."""

    word: str
    namer: Namer


KINDS: dict[str, Kind] = {}


def register(kind: str, *, word: str, namer: Namer) -> None:
    """Let history pages name the things of one model. ``kind`` is its label in lower case."""
    KINDS[kind] = Kind(word, namer)


def word_of(kind: str) -> str:
    """Row, Status, Programme."""
    return KINDS[kind].word if kind in KINDS else kind.rpartition(".")[2].capitalize()


def names_of(keys: Iterable[Key]) -> dict[Key, Named]:
    """The names of these things: a query for each kind, and one more if some are gone.

    What is gone is called as it was when it went; what was never recorded is left out.
    """
    wanted: dict[str, set[int]] = {}
    for kind, pk in keys:
        wanted.setdefault(kind, set()).add(pk)
    found = {
        (kind, pk): name
        for kind, pks in wanted.items()
        if kind in KINDS
        for pk, name in KINDS[kind].namer(pks).items()
    }
    gone = [(kind, pk) for kind, pks in wanted.items() for pk in pks if (kind, pk) not in found]
    return found | _as_they_went(gone)


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
    for column in ("name", "title", "acronym", "plan_id", "filename"):
        if column in changes:
            return f"{changes[column][0]} (removed)"
    return f"{word_of(kind)} (removed)"


def by_column(model: type, column: str) -> Namer:
    """Names that stand in one column and have no page of their own."""

    def find(pks: set[int]) -> dict[int, Named]:
        rows = model._default_manager.filter(pk__in=pks)  # type: ignore[attr-defined]
        return {pk: Named(text) for pk, text in rows.values_list("pk", column)}

    return find


def _rows(pks: set[int]) -> dict[int, Named]:
    found = PlanItem.objects.filter(pk__in=pks).values_list(
        "pk", "programme__code", "plan_id", "programme__place__slug"
    )
    return {pk: _row(place, code, plan_id) for pk, code, plan_id, place in found}


def _row(place: str, code: str, plan_id: str, more: str = "") -> Named:
    href = reverse("item", kwargs={"place": place, "code": code, "plan_id": plan_id})
    return Named(f"{code} {plan_id}{more}", href)


def _statuses(pks: set[int]) -> dict[int, Named]:
    found = Status.objects.filter(pk__in=pks).values_list(
        "pk",
        "item__programme__code",
        "item__plan_id",
        "item__programme__place__slug",
        "period__name",
    )
    return {
        pk: _row(place, code, plan_id, f", {period}") for pk, code, plan_id, place, period in found
    }


def _programmes(pks: set[int]) -> dict[int, Named]:
    found = Programme.objects.filter(pk__in=pks).values_list("pk", "name", "code", "place__slug")
    return {
        pk: Named(name, reverse("programme", kwargs={"place": place, "code": code}))
        for pk, name, code, place in found
    }


def _duties(pks: set[int]) -> dict[int, Named]:
    found = Leadership.objects.filter(pk__in=pks).select_related("programme__place", "post")
    return {
        duty.pk: Named(
            f"{duty.get_role_display()} of {duty.programme.name}",
            reverse(
                "programme",
                kwargs={"place": duty.programme.place.slug, "code": duty.programme.code},
            ),
        )
        for duty in found
    }


def _periods(pks: set[int]) -> dict[int, Named]:
    found = Period.objects.filter(pk__in=pks).values_list("pk", "name", "key", "place__slug")
    return {
        pk: Named(name, reverse("period", kwargs={"place": place, "key": key}))
        for pk, name, key, place in found
    }


def _returns(pks: set[int]) -> dict[int, Named]:
    found = Return.objects.filter(pk__in=pks).select_related("programme__place", "period")
    return {
        one.pk: Named(
            f"{one.programme.name}, {one.period.name}",
            reverse(
                "return",
                kwargs={
                    "place": one.programme.place.slug,
                    "key": one.period.key,
                    "code": one.programme.code,
                },
            ),
        )
        for one in found
    }


def _places(pks: set[int]) -> dict[int, Named]:
    found = Place.objects.filter(pk__in=pks).values_list("pk", "name", "slug")
    return {pk: Named(name, reverse("place", kwargs={"place": slug})) for pk, name, slug in found}


def _memberships(pks: set[int]) -> dict[int, Named]:
    found = Membership.objects.filter(pk__in=pks).select_related("user")
    return {one.pk: Named(f"{one.get_role_display()}: {one.user}") for one in found}


def _seats(pks: set[int]) -> dict[int, Named]:
    found = BoardMember.objects.filter(pk__in=pks).select_related("user", "board")
    return {one.pk: Named(f"{one.user} on {one.board}") for one in found}


def _finance_leads(pks: set[int]) -> dict[int, Named]:
    found = FinanceLead.objects.filter(pk__in=pks).select_related("user", "organisation")
    return {one.pk: Named(f"{one.user} for {one.organisation}") for one in found}


def _covers(pks: set[int]) -> dict[int, Named]:
    found = Cover.objects.filter(pk__in=pks).select_related("person", "deputy")
    return {one.pk: Named(f"{one.deputy} for {one.person}") for one in found}


def _invitations(pks: set[int]) -> dict[int, Named]:
    found = Invitation.objects.filter(pk__in=pks).select_related("user")
    return {one.pk: Named(f"Invitation of {one.user}") for one in found}


register("accounts.user", word="Person", namer=by_column(User, "name"))
register("accounts.invitation", word="Invitation", namer=_invitations)
register("programmes.system", word="System", namer=by_column(System, "name"))
register("programmes.place", word="Place", namer=_places)
register("programmes.organisation", word="Organisation", namer=by_column(Organisation, "name"))
register("programmes.board", word="Board", namer=by_column(Board, "name"))
register("programmes.boardmember", word="Seat on a board", namer=_seats)
register("programmes.membership", word="Role", namer=_memberships)
register("programmes.financelead", word="Finance lead", namer=_finance_leads)
register("programmes.cover", word="Cover", namer=_covers)
register("programmes.post", word="Post", namer=by_column(Post, "title"))
register("programmes.programme", word="Programme", namer=_programmes)
register("programmes.leadership", word="Duty", namer=_duties)
register("programmes.planitem", word="Row", namer=_rows)
register("programmes.period", word="Period", namer=_periods)
register("programmes.return", word="Return", namer=_returns)
register("programmes.status", word="Status", namer=_statuses)
register("programmes.glossaryentry", word="Acronym", namer=by_column(GlossaryEntry, "acronym"))
register("programmes.planupload", word="File", namer=by_column(PlanUpload, "filename"))
