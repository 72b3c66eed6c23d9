"""Writing a status by the API: everything that stands in the way is said in one answer.

The answer's code is that of the first of them: what one may not do (403), a tag that is missing (428), what
cannot be saved now (409), another's save (412), and last what is wrong with single fields (400). ``errors``
names every field that is wrong, whichever of them it is.
"""

from dataclasses import dataclass
from typing import Any, NoReturn

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes import access, selectors, services
from programmes.api.serializers import StatusSerializer
from programmes.api.versions import NO_TAG, etag_of
from programmes.errors import CannotSave, NotAllowed, StaleStatus
from programmes.forms import StatusForm
from programmes.models import Period, Place, PlanItem, Status

Errors = dict[str, list[str]]

NO_PERIOD = "No period is open in this row's place."


@dataclass(frozen=True)
class Target:
    """The row and the period written of, and the status there is: None where this is to be the first.

    ``version`` is the one that the program last read, 0 where there was none and None where it did not say.
    """

    item: PlanItem
    period: Period
    stored: Status | None
    version: int | None


def permit(request: Request, *, item: PlanItem, place: Place) -> None:
    """Whether this person writes the row.

    Raises:
        NotAllowed: this person may read the programme and not write it.
    """
    roles = access.roles_of(user=request.user, place=place, on=clock.today())
    if not access.may_update(roles=roles, programme_id=item.programme_id):
        raise NotAllowed("You may read this programme. Its leads and the office update it.")


def refuse_without_a_row(body: Body, *, item: PlanItem | None) -> NoReturn:
    """Where the row, or a period to report it in, is not known: what is wrong as far as one can tell.

    Raises:
        ValidationError: always.
    """
    form = StatusForm.from_api(_said_in(body), place=item.programme.place if item else None)
    no_period = {"item": [NO_PERIOD]} if item else {}
    raise ValidationError(_errors(form, body) | no_period)


def save(request: Request, target: Target, *, body: Body, code: int) -> Response:
    """Save what ``body`` says, or answer with all that is wrong.

    Raises:
        ValidationError: only single fields are wrong.
    """
    form = _form(target, body)
    errors = _errors(form, body)
    if target.version is None:
        return _refused(428, NO_TAG, errors)
    try:
        if not errors:
            return tagged(_record(request, target, form), code=code)
        services.check_takes_status(item=target.item, period=target.period)
    except StaleStatus as stale:
        return _stale(target, stale.current, errors)  # type: ignore[arg-type]
    except CannotSave as refused:
        return _refused(409, str(refused), errors)
    stored = Status.objects.filter(item=target.item, period=target.period).first()
    if stored and stored.version != target.version:
        return _stale(target, stored, errors)
    raise ValidationError(errors)


def tagged(status: Status, *, code: int = 200) -> Response:
    """The status with the tag that its next change must name."""
    return Response(StatusSerializer(status).data, status=code, headers={"ETag": etag_of(status)})


def _said_in(body: Body) -> dict[str, Any]:
    return {name: value for name, value in body.usable().items() if name != "item"}


def _form(target: Target, body: Body) -> StatusForm:
    said = _said_in(body)
    return StatusForm.from_api(
        said,
        place=target.period.place,
        status=target.stored,
        last=_last(target) if "correction_note" in said else None,
    )


def _last(target: Target) -> Status | None:
    """What was last said of the row before this period: what a correction may put right. Two queries."""
    before = selectors.period_before(target.period)
    return (
        selectors.last_said(up_to=before).filter(item=target.item).select_related("period").first()
    )


def _errors(form: StatusForm, body: Body) -> Errors:
    """By field; what the body says of one comes before what the rules would say without it."""
    found = {} if form.is_valid() else form.said()
    return found | {name: [str(one) for one in said] for name, said in body.errors.items()}


def _record(request: Request, target: Target, form: StatusForm) -> Status:
    return services.record_status(
        item=target.item,
        period=target.period,
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
        expected_version=target.version or 0,
        values=form.values(),
    )


def _refused(code: int, detail: str, errors: Errors, **more: Any) -> Response:
    return Response({"detail": detail, "errors": errors, **more}, status=code)


def _stale(target: Target, current: Status | None, errors: Errors) -> Response:
    """What is stored, with its tag. The page lets a person choose between two values; a program decides itself."""
    if current is None:
        return _refused(412, "There is no such status any more.", errors)
    reference, by = target.item.reference, current.updated_by
    if target.stored is None:
        detail = (
            f"{reference} has a status of {target.period.name} already, saved by {by}. It is in “current”: "
            "change it by PATCH, with its ETag in If-Match."
        )
    else:
        detail = (
            f"If-Match does not name what is stored of {reference} now, saved by {by}. That is in “current”, and "
            "its ETag with this answer: send the change again with that one if it still stands."
        )
    answer = _refused(412, detail, errors, current=StatusSerializer(current).data)
    answer.headers["ETag"] = etag_of(current)
    return answer
