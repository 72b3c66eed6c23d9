"""One event at the door, as a line of the list and of its download."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from icp.accounts.models import EventKind, SignInEvent
from programmes.sign_in_filters import FAILURES

COLUMNS = ("date", "time", "person", "e-mail", "what happened", "how", "address", "device")
NO_ACCOUNT = "No account"


@dataclass(frozen=True)
class SignInLine:
    at: datetime
    person: str
    email: str
    kind: str
    what: str
    how: str
    address: str
    device: str
    failed: bool


def line_of(event: SignInEvent) -> SignInLine:
    """The line of an event with its ``user`` and ``by``. No query."""
    return SignInLine(
        at=event.at,
        person=event.user.name if event.user else NO_ACCOUNT,
        email=event.user.email if event.user else "",
        kind=event.kind,
        what=EventKind(event.kind).label,
        how=f"by {event.by.name}: {event.reason}" if event.by else event.how,
        address=event.address or "",
        device=event.device,
        failed=event.kind in FAILURES,
    )


def cells_of(line: SignInLine) -> tuple[Any, ...]:
    """The line as cells under :data:`COLUMNS`."""
    local = timezone.localtime(line.at)
    return (
        local.date(),
        f"{local:%H:%M:%S}",
        line.person,
        line.email,
        line.what,
        line.how,
        line.address,
        line.device,
    )
