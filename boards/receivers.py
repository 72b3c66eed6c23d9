from typing import Any

from boards import services
from icp.accounts.models import User
from programmes.models import Period


def build_reports_of(sender: type, *, period: Period, by: User, **kwargs: Any) -> None:
    """A period was closed: its reports are created in the same transaction, and built after it."""
    services.create_waiting_reports(period=period, by=by)
