"""Many lines of one partner's month in one request: all of them are saved, or none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from finance import services
from finance.access import Entrant
from finance.api import serializers as shown
from finance.api.once import answered_once
from finance.api.writing import (
    closed_before,
    entrant_for,
    lines_seen_by,
    month_of,
    with_names,
    with_the_month_corrected,
)
from finance.errors import StalePosition
from finance.models import BudgetLine, FinanceMonth, Position
from icp.common import clock
from programmes.models import Organisation

Sent = Mapping[str, Any]


def save_month(request: Request) -> Response:
    """Save what was sent, under its key once.

    Raises:
        Http404: none of the lines is this person's to see.
        ValidationError: names each line with which something is wrong, by its place in the request.
        NotAllowed: the partner's figures are entered by others.
        CannotEnter: the month is closed, to this person too, or the figures are handed in.
    """
    body = shown.PartnersMonthSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    sent: list[Sent] = body.validated_data["lines"]
    seen = lines_seen_by(request).in_bulk({one["line"] for one in sent})
    first = next((seen[one["line"]] for one in sent if one["line"] in seen), None)
    if first is None:
        raise Http404
    by = entrant_for(request, first.organisation)
    month = month_of(first, body.validated_data["month"])
    _check_lines(sent, seen, first, month)
    return answered_once(request, lambda: _save(by, first.organisation, month, sent))


def _check_lines(
    sent: Sequence[Sent], seen: Mapping[int, BudgetLine], first: BudgetLine, month: FinanceMonth
) -> None:
    """Raises:
    ValidationError: a line is named twice, is not there, or is not the same partner's of that month.
    """
    named = Counter(one["line"] for one in sent)

    def wrong(one: Sent) -> str:
        line = seen.get(one["line"])
        if line is None:
            return "There is no such line."
        if named[line.pk] > 1:
            return "This line is named more than once: say all of it in one place."
        if (line.organisation_id, line.year) != (first.organisation_id, first.year):
            return f"It is not of {first.organisation.short_name} in that year: send it by itself."
        if not line.from_month <= month.number <= line.to_month:
            return f"It is entered from month {line.from_month} to month {line.to_month}."
        return ""

    _refuse_each(
        {number: {"line": [said]} for number, one in enumerate(sent) if (said := wrong(one))}
    )


def _refuse_each(errors: Mapping[int, Any]) -> None:
    """Raises:
    ValidationError: there are ``errors``, each of the line at that place in the request.
    """
    if errors:
        raise ValidationError({"lines": {str(number): said for number, said in errors.items()}})


def _save(
    by: Entrant, organisation: Organisation, month: FinanceMonth, sent: Sequence[Sent]
) -> Response:
    keys = [one["line"] for one in sent]
    try:
        services.save_positions(
            month=month,
            organisation=organisation,
            entries=_entries(month, sent),
            by=by,
            at=clock.now(),
        )
    except StalePosition as stale:
        return _stale(stale, month, keys)
    return Response({"lines": _shown(month, keys)})


def _entries(month: FinanceMonth, sent: Sequence[Sent]) -> list[services.Entry]:
    """Raises:
    ValidationError: what a line says of an earlier month that it puts right cannot be kept.
    """
    closed = closed_before(month) if any(one.get("corrects") for one in sent) else {}
    there = Position.objects.filter(month=month, line__in=[one["line"] for one in sent])
    stored = {one.line_id: one for one in there.order_by("pk")}
    entries, errors = [], {}
    for number, one in enumerate(sent):
        values = {name: value for name, value in one.items() if name not in ("line", "version")}
        try:
            values = with_the_month_corrected(values, stored.get(one["line"]), closed)
        except ValidationError as problem:
            errors[number] = problem.detail
        entries.append(services.Entry(one["line"], one["version"], values))
    _refuse_each(errors)
    return entries


def _stale(stale: StalePosition, month: FinanceMonth, keys: Sequence[int]) -> Response:
    """Which lines somebody saved meanwhile, and what is stored of them."""
    words = "Somebody saved this line since: `current` holds what is stored."
    errors = {
        f"lines.{number}.version": [words]
        for number, key in enumerate(keys)
        if key in stale.current
    }
    current = _shown(month, [key for key in keys if key in stale.current])
    return Response({"detail": str(stale), "errors": errors, "current": current}, status=412)


def _shown(month: FinanceMonth, keys: Sequence[int]) -> list[Any]:
    """What is stored of the lines, in the order of the request."""
    order = {key: number for number, key in enumerate(keys)}
    found = with_names(Position.objects.filter(month=month, line__in=keys))
    listed = sorted(found, key=lambda one: order[one.line_id])
    return list(shown.PositionSerializer(listed, many=True).data)
