"""Files that were brought for an import are forgotten; what they changed is in the history."""

from datetime import datetime

from icp.common.forgetting import before, forgets
from risks.models import RiskUpload


@forgets("uploaded registers")
def forget_uploads(at: datetime) -> int:
    limit = before(at, setting="KEEP_UPLOADED_FILES_DAYS")
    return RiskUpload.objects.filter(uploaded_at__lt=limit).delete()[0]
