"""Pages of what is kept beside the months: agreements, business cases, headroom. Each is a whole with parts; its list,
its page, and the forms of the whole and of each kind of part are the same for all three.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from finance import access
from finance.both_shown import said_in
from finance.errors import StaleMoney
from finance.keeping_forms import Kept as KeptForm
from finance.services import keeping as services
from finance.views.pages import MONEY, money_place
from icp.common import clock
from icp.common.downloads import table_response
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.models import Place
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in

A_PAGE = 50


@dataclass(frozen=True)
class Part:
    """One kind of part: its form, and what it is called."""

    form: type[KeptForm]
    words: str


@dataclass(frozen=True)
class Column:
    """One column of the list: its heading, its name in files, and whether it holds figures."""

    heading: str
    name: str
    is_number: bool = False


@dataclass(frozen=True)
class Keeping:
    """How one kind of whole is kept. ``rows`` gives, of each whole, the values of ``columns`` as the page prints them
    and as a file holds them.
    """

    name: str
    plural: str
    folder: str
    title: str
    words: str
    empty: str
    form: type[KeptForm]
    parts: Mapping[str, Part]
    filter: type[Any]
    columns: Sequence[Column]
    visible: Callable[..., Any]
    rows: Callable[[Iterable[Any]], Iterable[tuple[list[str], list[Any]]]]
    context: Callable[[HttpRequest, Any], dict[str, Any]]

    def found(self, place: Place, roles: Roles, key: int) -> Any:
        """The whole of this address.

        Raises:
            Http404: there is none that this person reads.
        """
        one = get_object_or_404(self.visible(place=place, roles=roles), pk=key)
        one.place = place
        return one

    def address(self, whole: Any) -> str:
        return reverse(self.name, kwargs={"place": whole.place.slug, self.name: whole.pk})


def _keeper(roles: Roles) -> None:
    if not access.may_keep_agreements(roles=roles):
        raise NotAllowed(
            "The programme finance lead and the programme office keep agreements, business cases and headroom."
        )


class Pages:
    """The pages of one kind."""

    def __init__(self, kept: Keeping) -> None:
        self.kept = kept

    def asked(self, request: HttpRequest) -> tuple[Place, Roles, Any]:
        """The place, what the person is in it, and the wholes that were asked for."""
        place, roles = money_place(request)
        mine = self.kept.visible(place=place, roles=roles)
        return place, roles, self.kept.filter(request.GET, queryset=mine, place=place)

    def whole(self, request: HttpRequest, keys: Mapping[str, Any]) -> tuple[Any, Roles]:
        place, roles = money_place(request)
        return self.kept.found(place, roles, keys[self.kept.name]), roles

    def listed(self, request: HttpRequest, place: str) -> HttpResponse:
        """All that the filters leave, with downloads."""
        kept = self.kept
        found, roles, chosen = self.asked(request)
        page: Any = Paginator(chosen.rows(), A_PAGE).get_page(request.GET.get("page"))
        context = {
            "place": found,
            "kept": kept,
            "filter": chosen,
            "chosen": chosen_of(request, chosen),
            "lines": _lines(kept, list(page.object_list), found),
            "page_obj": page,
            "downloads": downloads_of(request, kept.plural, found),
            "new": reverse(f"{kept.name}-new", kwargs={"place": found.slug}),
            "may_keep": access.may_keep_agreements(roles=roles),
        }
        return render(request, "finance/keeping/list.html", context)

    def download(self, request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
        found, _, chosen = self.asked(request)
        if not chosen.form.is_valid():
            return back_to_list(request, self.kept.plural, place=place)
        return table_response(
            fmt=fmt,  # type: ignore[arg-type]
            filename=f"{found.name} {self.kept.title} {clock.today().isoformat()}",
            columns=[one.name for one in self.kept.columns],
            rows=(values for _, values in self.kept.rows(chosen.rows())),
        )

    def shown(self, request: HttpRequest, place: str, **keys: int) -> HttpResponse:
        """One, with all that hangs on it."""
        whole, roles = self.whole(request, keys)
        context = {
            "place": whole.place,
            "kept": self.kept,
            "whole": whole,
            "back": reverse(self.kept.plural, kwargs={"place": place}),
            "may_keep": access.may_keep_agreements(roles=roles),
            **self.kept.context(request, whole),
        }
        return render(request, f"finance/keeping/{self.kept.name}.html", context)

    def new(self, request: HttpRequest, place: str) -> HttpResponse:
        found, roles = money_place(request)
        _keeper(roles)
        return _edited(request, self.kept, found)

    def edit(self, request: HttpRequest, place: str, **keys: int) -> HttpResponse:
        whole, roles = self.whole(request, keys)
        _keeper(roles)
        return _edited(request, self.kept, whole.place, whole)

    def part(self, request: HttpRequest, place: str, **keys: Any) -> HttpResponse:
        """A part to add, to change or to take out."""
        whole, roles = self.whole(request, keys)
        _keeper(roles)
        name = f"{self.kept.name}_part"
        return _part(request, self.kept, whole, keys[name], keys.get(f"{name}_key"))


def urls_of(kept: Keeping) -> list[URLPattern]:
    """The addresses of one kind."""
    pages, name = Pages(kept), kept.name
    folder = f"{MONEY}{kept.folder}/"
    one = f"{folder}<int:{name}>/"
    parts = f"{one}<slug:{name}_part>/"
    return [
        path(folder, _read(pages.listed), name=kept.plural),
        path(
            f"{MONEY}{kept.folder}.<format:fmt>",
            _read(pages.download),
            name=f"{kept.plural}-download",
        ),
        path(f"{folder}new/", _written(pages.new), name=f"{name}-new"),
        path(one, _read(pages.shown), name=name),
        path(f"{one}edit/", _written(pages.edit), name=f"{name}-edit"),
        path(f"{parts}new/", _written(pages.part), name=f"{name}-part-new"),
        path(f"{parts}<int:{name}_part_key>/", _written(pages.part), name=f"{name}-part"),
    ]


def _read(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return signed_in(require_safe(view))


def _written(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return signed_in(require_http_methods(["GET", "HEAD", "POST"])(view))


def _lines(kept: Keeping, wholes: list[Any], place: Place) -> list[dict[str, Any]]:
    for one in wholes:
        one.place = place
    return [
        {"href": kept.address(whole), "first": cells[0], "cells": _cells(kept, cells)}
        for whole, (cells, _) in zip(wholes, kept.rows(wholes), strict=True)
    ]


def _cells(kept: Keeping, cells: list[str]) -> list[dict[str, Any]]:
    return [
        {"text": text, "column": column}
        for text, column in zip(cells[1:], kept.columns[1:], strict=True)
    ]


def _edited(request: HttpRequest, kept: Keeping, place: Place, whole: Any = None) -> HttpResponse:
    """A new whole, or one to change."""
    more = {"place": place, "whole": whole}
    data = request.POST if request.method == "POST" else None
    # Before the form puts what was typed into it.
    title = f"Change {whole}" if whole else f"Add {kept.words}"
    form = kept.form(data, instance=whole, **more)
    stale, theirs = None, None
    if data is not None and form.is_valid():
        try:
            made = services.save_whole(
                whole=form.save(commit=False), expected_version=form.cleaned_data["version"] or 0
            )
            messages.success(request, f"{made} is saved.")
            return redirect(kept.address(made))
        except StaleMoney as problem:
            current: Any = problem.current
            current.place = place
            stale = problem
            theirs = said_in(kept.form(instance=current, place=place, whole=current))
            form = _again(kept.form, form, place=place, whole=current)
    back = kept.address(whole) if whole else reverse(kept.plural, kwargs={"place": place.slug})
    return _form_page(request, place, form, title=title, back=back, stale=stale, theirs=theirs)


def _again(form: type[KeptForm], typed: KeptForm, **more: Any) -> KeptForm:
    """What was typed, to be saved over what is stored now."""
    found = form(initial={name: typed[name].value() for name in typed.fields}, **more)
    found.initial["version"] = more["whole"].version
    return found


def _part(
    request: HttpRequest, kept: Keeping, whole: Any, kind: str, key: int | None
) -> HttpResponse:
    """A part to add, to change or to take out."""
    part = kept.parts.get(kind)
    if part is None:
        raise Http404
    more = {"place": whole.place, "whole": whole}
    mine = part.form._meta.model._default_manager.filter(**{part.form.parent: whole})
    one = None if key is None else get_object_or_404(mine, pk=key)
    data = request.POST if request.method == "POST" else None
    form = part.form(data, instance=one, **more)
    stale, theirs = None, None
    removing = one is not None and request.POST.get("do") == "remove"
    if data is not None and (removing or form.is_valid()):
        try:
            _do(request, whole, form, one if removing else None)
            return redirect(kept.address(whole))
        except StaleMoney as problem:
            stale, whole.version = problem, problem.current.version  # type: ignore[attr-defined]
            stored = mine.filter(pk=key).first()
            theirs = said_in(part.form(instance=stored, **more)) if stored else None
            form = _again(part.form, form, **more)
    return _form_page(
        request,
        whole.place,
        form,
        title=f"{'Change' if one else 'Add'} {part.words}",
        caption=str(whole),
        back=kept.address(whole),
        stale=stale,
        theirs=theirs,
        may_remove=one is not None,
    )


def _do(request: HttpRequest, whole: Any, form: KeptForm, gone: Any) -> None:
    seen = request.POST.get("version", "")
    expected = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    if gone is not None:
        services.remove_part(whole=whole, part=gone, expected_version=expected)
        messages.success(request, f"{gone} is taken out.")
        return
    made = form.save(commit=False)
    services.save_part(whole=whole, part=made, expected_version=expected)
    messages.success(request, f"{made} is saved.")


def _form_page(request: HttpRequest, place: Place, form: KeptForm, **more: Any) -> HttpResponse:
    status = 409 if more["stale"] else 422 if form.is_bound else 200
    context = {"place": place, "form": form, **more}
    return render(request, "finance/keeping/form.html", context, status=status)
