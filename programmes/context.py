from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from icp.common import clock
from programmes import access
from programmes.models import Place


def here(request: HttpRequest) -> tuple[Place | None, access.Roles]:
    """The place this page is about (else the person's first) and what they are in it; asked once a request."""
    known = getattr(request, "_here", None)
    if known is None:
        known = _find(request)
        request._here = known  # type: ignore[attr-defined]
    return known


def _find(request: HttpRequest) -> tuple[Place | None, access.Roles]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None, access.Roles()
    places = access.visible_places(user=user).order_by("name", "pk")
    slug = request.resolver_match.kwargs.get("place") if request.resolver_match else None
    place = (places.filter(slug=slug) if slug else places).first()
    if place is None:
        return None, access.Roles()
    return place, access.roles_of(user=user, place=place, on=clock.today())


def stands_in(path: str, href: str, name: str) -> bool:
    """Whether a page is what a link of the navigation leads to, or part of it. The place's own page is above all."""
    section = f"{href}programmes/" if name == "place" else href
    return path == href or path.startswith(section)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The layout's navigation: what this person's roles use, in the order of their month."""
    place, roles = here(request)
    if place is None:
        return {"nav_items": [], "place": None}
    items = []
    if roles.leads or roles.office:
        items.append(("My update" if roles.leads else "Updates", "updates"))
    if access.may_read_sign_off(roles=roles):
        items.append(("Sign-off", "sign-off"))
    items += [
        ("Programmes", "place"),
        ("Rows", "rows"),
        ("Look ahead", "look-ahead"),
        ("Changes", "changes"),
        ("Reports", "reports"),
        ("Risks", "risks"),
        ("Money", "money"),
        ("Glossary", "glossary"),
    ]
    if roles.office:
        items += [("Periods", "periods"), ("Import", "import")]
    if access.may_search_history(roles=roles):
        items.append(("History", "history"))
    if access.may_read_people(roles=roles):
        items.append(("People", "people"))
    if access.may_read_sign_ins(roles=roles):
        items.append(("Sign-ins", "sign-ins"))
    return {
        "nav_place": place,
        "roles": roles,
        "nav_items": [
            {
                "text": text,
                "href": (href := reverse(name, kwargs={"place": place.slug})),
                "current": stands_in(request.path, href, name),
            }
            for text, name in items
        ],
    }
