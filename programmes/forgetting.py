"""Files that were brought for an import are forgotten; what they changed is in the history."""

from datetime import datetime

from icp.common.forgetting import before, forgets
from programmes.models import PlanUpload


@forgets("uploaded files")
def forget_uploads(at: datetime) -> int:
    limit = before(at, setting="KEEP_UPLOADED_FILES_DAYS")
    return PlanUpload.objects.filter(uploaded_at__lt=limit).delete()[0]
