"""Section 75 agreements: their list, one with all that hangs on it, and its documents."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from finance import access
from finance.agreement_forms import (
    AgreementFilter,
    AgreementForm,
    BandForm,
    ClauseForm,
    ContributionForm,
    OptionForm,
    PartyForm,
)
from finance.forms import MoneyField
from finance.models import Agreement, AgreementDocument, ClauseKind, ShareRule
from finance.rules.agreements import KeyDate, bands_wrong, warning_due
from finance.rules.years import month_of, year_name
from finance.selectors.agreements import (
    Standing,
    bands_of,
    borne_of,
    contributions_by_year,
    parties_in_words,
    standing_of,
    with_parts,
)
from finance.services.documents import attach_document
from finance.views.keeping import Column, Keeping, Part, urls_of
from finance.views.pages import MONEY, money_place
from icp.common import clock
from icp.common.money import in_pounds
from icp.common.words import short_date
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.models import Place
from programmes.services import attachments
from programmes.views.attached import AttachForm, attach_from, handed_out
from programmes.views.places import signed_in

EXAMPLE = Decimal(100_000)


class BorneForm(forms.Form):
    """An overspend to work out the shares of."""

    overspend = MoneyField(
        label="If the pool overspends by, £",
        required=False,
        help_text="In brackets for an underspend.",
    )


def _visible(*, place: Place, roles: Roles) -> Any:
    return with_parts(access.agreements_of(place=place, roles=roles)).in_order()  # type: ignore[attr-defined]


def _rows(found: Iterable[Agreement]) -> Iterator[tuple[list[str], list[Any]]]:
    today = clock.today()
    for one in found:
        standing = standing_of(one, today=today)
        following = standing.next_date
        parties, rule = parties_in_words(one), one.get_share_rule_display()
        yield (
            [
                one.title,
                parties or "None yet",
                short_date(standing.term.end),
                _said(following, today) if following else "None: it has ended",
                rule,
            ],
            [
                one.title,
                parties,
                standing.term.end,
                f"{following.what}, {following.day.isoformat()}" if following else "",
                rule,
            ],
        )


def _said(one: KeyDate, today: date) -> str:
    return f"{one.what}: {short_date(one.day)}, {one.words(today)}"


def _dates(standing: Standing) -> list[dict[str, Any]]:
    """The days to watch; those within the last warnings stand out, in words as well."""
    today = standing.today
    return [
        {
            "day": one.day,
            "what": one.what,
            "words": one.words(today),
            "state": _state(one, today),
        }
        for one in standing.dates
    ]


def _state(one: KeyDate, today: date) -> str:
    """A word of state: overdue, due, or nothing while it is far off."""
    if one.days_left(today) < 0:
        return "past"
    due = warning_due(one.day, today=today)
    return "" if due is None else "due" if due > 30 else "due soon"


def _context(request: HttpRequest, one: Agreement) -> dict[str, Any]:
    today = clock.today()
    standing = standing_of(one, today=today)
    clauses = sorted(one.clauses.all(), key=lambda clause: (clause.kind, clause.pk))
    following = standing.next_date
    return {
        "standing": standing,
        "dates": _dates(standing),
        "next": _said(following, today) if following else "",
        "decide": _to_decide(one, standing),
        "is_near": following is not None and warning_due(following.day, today=today) is not None,
        "parties": sorted(one.parties.all(), key=lambda party: party.organisation_id),
        "options": sorted(one.options.all(), key=lambda option: option.extends_to),
        "schedules": [clause for clause in clauses if clause.kind == ClauseKind.SCHEDULE],
        "variations": [clause for clause in clauses if clause.kind == ClauseKind.VARIATION],
        "years": _years(one),
        "bands": _bands(one),
        "wrong": bands_wrong(bands_of(one))
        if one.share_rule == ShareRule.BANDS and one.bands.all()
        else "",
        "documents": AgreementDocument.objects.filter(agreement=one, removed_at=None)
        .select_related("added_by")
        .defer("content")
        .order_by("pk"),
        "upload": AttachForm(label="Choose a document"),
        **_shares(request, one, today),
    }


def _to_decide(one: Agreement, standing: Standing) -> int | None:
    """The key of the option that the next date asks to decide, if it does."""
    asked, following = standing.term.next_option, standing.next_date
    if asked is None or following is None or following.day != standing.term.decide_by:
        return None
    days = {option.extends_to: option.pk for option in one.options.all()}
    return days.get(asked.extends_to)


def _years(one: Agreement) -> list[dict[str, Any]]:
    """Contributions of each year, and what they make together, £."""
    keys = {(said.year, said.organisation.short_name): said.pk for said in one.contributions.all()}
    return [
        {
            "name": year_name(year),
            "parts": [
                {"name": name, "amount": in_pounds(amount), "key": keys[year, name]}
                for name, amount in parts.items()
            ],
            "whole": in_pounds(sum(parts.values(), Decimal(0))),
        }
        for year, parts in contributions_by_year(one).items()
    ]


def _bands(one: Agreement) -> list[dict[str, Any]]:
    said = sorted(one.bands.all(), key=lambda band: (band.above, band.organisation_id))
    return [
        {
            "key": band.pk,
            "above": in_pounds(band.above),
            "party": band.organisation.short_name,
            "percent": f"{band.percent.normalize():f}%",
        }
        for band in said
    ]


def _shares(request: HttpRequest, one: Agreement, today: date) -> dict[str, Any]:
    """Who bears how much of the overspend that was asked for, by the contributions of the last year that is known."""
    form = BorneForm(request.GET if "overspend" in request.GET else None)
    asked = form.cleaned_data["overspend"] if form.is_bound and form.is_valid() else None
    amount = EXAMPLE if asked is None else asked
    years = [year for year in contributions_by_year(one) if year <= month_of(today).year]
    year = max(years, default=month_of(today).year)
    borne = borne_of(one, amount, year=year)
    return {
        "borne_form": form if form.is_bound else BorneForm(initial={"overspend": amount}),
        "borne": borne,
        "borne_rule": dict(ShareRule.choices)[borne.rule].lower(),
        "borne_year": year_name(year),
        "borne_amount": in_pounds(amount),
        "borne_parts": [(name, in_pounds(value)) for name, value in borne.parts.items()],
    }


AGREEMENTS = Keeping(
    name="agreement",
    plural="agreements",
    folder="agreements",
    title="Section 75 agreements",
    words="an agreement",
    empty="No agreement is kept yet.",
    form=AgreementForm,
    parts={
        "party": Part(PartyForm, "a party"),
        "option": Part(OptionForm, "an option"),
        "contribution": Part(ContributionForm, "a contribution"),
        "band": Part(BandForm, "a share of an overspend"),
        "clause": Part(ClauseForm, "a schedule or variation"),
    },
    filter=AgreementFilter,
    columns=(
        Column("Agreement", "agreement"),
        Column("Parties", "parties"),
        Column("Ends", "ends_on"),
        Column("Next date", "next_date"),
        Column("Who bears an overspend", "share_rule"),
    ),
    visible=_visible,
    rows=_rows,
    context=_context,
)


def _agreement(request: HttpRequest, key: int) -> Agreement:
    """The agreement of this address, for who keeps it."""
    place, roles = money_place(request)
    one: Agreement = AGREEMENTS.found(place, roles, key)
    if not access.may_keep_agreements(roles=roles):
        raise NotAllowed("The programme finance lead and the programme office keep its documents.")
    return one


@signed_in
@require_POST
def attach(request: HttpRequest, place: str, agreement: int) -> HttpResponse:
    """Attach a document."""
    one = _agreement(request, agreement)
    attach_from(
        request,
        lambda name, content: attach_document(
            agreement=one,
            name=name,
            content=content,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        ),
    )
    return redirect(f"{AGREEMENTS.address(one)}#documents")


@signed_in
@require_safe
def document(request: HttpRequest, place: str, agreement: int, document: int) -> HttpResponseBase:
    """A document, to keep: never shown as a page of the portal."""
    found, roles = money_place(request)
    one = AGREEMENTS.found(found, roles, agreement)
    kept = get_object_or_404(AgreementDocument, agreement=one, pk=document, removed_at=None)
    return handed_out(kept)


@signed_in
@require_POST
def take_away(request: HttpRequest, place: str, agreement: int, document: int) -> HttpResponse:
    """Take a document away; that it was there stays in the history."""
    one = _agreement(request, agreement)
    mine = AgreementDocument.objects.filter(agreement=one).defer("content")
    kept = get_object_or_404(mine, pk=document)
    attachments.take_away(attachment=kept, by=request.user, at=clock.now())  # type: ignore[arg-type]
    messages.success(request, f"{kept.name} is taken away. The history says that it was there.")
    return redirect(f"{AGREEMENTS.address(one)}#documents")


DOCUMENTS = f"{MONEY}agreements/<int:agreement>/documents/"
urlpatterns: list[URLPattern] = [
    path(f"{DOCUMENTS}add/", attach, name="agreement-document-add"),
    path(f"{DOCUMENTS}<int:document>/", document, name="agreement-document"),
    path(f"{DOCUMENTS}<int:document>/take-away/", take_away, name="agreement-document-remove"),
    *urls_of(AGREEMENTS),
]
