"""The API's operations. Each loads through what the person may see, permits, and calls one service."""

from programmes.api.views.changes import ChangeRequestViewSet
from programmes.api.views.dependencies import DependencyViewSet
from programmes.api.views.feeds import CalendarFeedViewSet
from programmes.api.views.imports import PlanImportViewSet
from programmes.api.views.places import PeriodViewSet, PlaceViewSet, ProgrammeViewSet
from programmes.api.views.plan_items import PlanItemViewSet
from programmes.api.views.returns import ReturnViewSet
from programmes.api.views.statuses import StatusViewSet

__all__ = [
    "CalendarFeedViewSet",
    "ChangeRequestViewSet",
    "DependencyViewSet",
    "PeriodViewSet",
    "PlaceViewSet",
    "PlanImportViewSet",
    "PlanItemViewSet",
    "ProgrammeViewSet",
    "ReturnViewSet",
    "StatusViewSet",
]
