"""Keys of programs that post figures are forgotten after a month; what they posted is in the history."""

from datetime import datetime, timedelta

from finance.models import PostedOnce
from icp.common.forgetting import forgets

# A ledger that tries again does so within hours; a key of last month is none of this one's.
KEYS_KEPT = timedelta(days=30)


@forgets("keys of programs that post figures")
def forget_keys(at: datetime) -> int:
    return PostedOnce.objects.filter(made_at__lt=at - KEYS_KEPT).delete()[0]
