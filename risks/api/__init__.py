"""The API of the registers: reads start from risks.access, writes are the pages' forms and services."""

from risks.api.actions import MitigationViewSet
from risks.api.categories import RiskCategoryViewSet
from risks.api.files import RiskFileViewSet
from risks.api.hanging import ControlViewSet, LinkViewSet
from risks.api.imports import RiskImportViewSet
from risks.api.reports import RiskReportViewSet
from risks.api.risks import RiskViewSet
from risks.api.scores import ScoreViewSet

__all__ = [
    "ControlViewSet",
    "LinkViewSet",
    "MitigationViewSet",
    "RiskCategoryViewSet",
    "RiskFileViewSet",
    "RiskImportViewSet",
    "RiskReportViewSet",
    "RiskViewSet",
    "ScoreViewSet",
]
