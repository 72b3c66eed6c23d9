"""The API of the registers: reads start from risks.access, writes are the pages' forms and services."""

from risks.api.actions import MitigationViewSet
from risks.api.categories import RiskCategoryViewSet
from risks.api.hanging import ControlViewSet, LinkViewSet
from risks.api.reports import RiskReportViewSet
from risks.api.risks import RiskViewSet

__all__ = [
    "ControlViewSet",
    "LinkViewSet",
    "MitigationViewSet",
    "RiskCategoryViewSet",
    "RiskReportViewSet",
    "RiskViewSet",
]
