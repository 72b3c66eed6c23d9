"""The API of the reports, and of what became of what they promised."""

from boards.api.kept import LookAheadRateViewSet, LookAheadTestViewSet
from boards.api.reports import ReportViewSet

__all__ = ["LookAheadRateViewSet", "LookAheadTestViewSet", "ReportViewSet"]
