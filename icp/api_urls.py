"""Addresses of the API: its version, schema and documentation."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from boards.api import LookAheadRateViewSet, LookAheadTestViewSet, ReportViewSet
from finance.api import BudgetLineViewSet, FinanceMonthViewSet, PositionViewSet
from finance.api.beside import AgreementViewSet, FinancialRiskViewSet, SavingsSchemeViewSet
from icp.api_docs import documentation
from icp.api_token import TokenView
from programmes.api import views as programmes
from programmes.api.compare import ComparisonViewSet
from programmes.api.dependency_warnings import DependencyWarningViewSet
from programmes.api.trends import SlipViewSet, TrendViewSet
from risks.api import (
    ControlViewSet,
    LinkViewSet,
    MitigationViewSet,
    RiskCategoryViewSet,
    RiskFileViewSet,
    RiskImportViewSet,
    RiskReportViewSet,
    RiskViewSet,
    ScoreViewSet,
)

router = SimpleRouter()
router.register("places", programmes.PlaceViewSet)
router.register("programmes", programmes.ProgrammeViewSet)
router.register("plan-items", programmes.PlanItemViewSet)
router.register("statuses", programmes.StatusViewSet)
router.register("periods", programmes.PeriodViewSet)
router.register("returns", programmes.ReturnViewSet)
router.register("change-requests", programmes.ChangeRequestViewSet)
router.register("dependencies", programmes.DependencyViewSet)
router.register("calendar-feeds", programmes.CalendarFeedViewSet)
router.register("plan-imports", programmes.PlanImportViewSet, basename="planimport")
router.register("reports", ReportViewSet)
router.register("finance-months", FinanceMonthViewSet)
router.register("budget-lines", BudgetLineViewSet)
router.register("positions", PositionViewSet)
router.register("risks", RiskViewSet)
router.register("risk-actions", MitigationViewSet)
router.register("risk-controls", ControlViewSet)
router.register("risk-links", LinkViewSet)
router.register("risk-files", RiskFileViewSet)
router.register("risk-scores", ScoreViewSet)
router.register("risk-categories", RiskCategoryViewSet)
router.register("risk-imports", RiskImportViewSet, basename="riskimport")
router.register("risk-reports", RiskReportViewSet)

# Lists of a place that are worked out: by address and name of the address.
OF_A_PLACE = {
    "comparisons": ("comparison", ComparisonViewSet),
    "dependency-warnings": ("dependency-warnings", DependencyWarningViewSet),
    "trends": ("trends", TrendViewSet),
    "slips": ("slips", SlipViewSet),
    "look-ahead-tests": ("look-ahead-tests", LookAheadTestViewSet),
    "look-ahead-rates": ("look-ahead-rates", LookAheadRateViewSet),
    "financial-risks": ("financial-risks", FinancialRiskViewSet),
    "savings-schemes": ("savings-schemes", SavingsSchemeViewSet),
    "agreements": ("agreements", AgreementViewSet),
}

v1 = [
    path("token/", TokenView.as_view(), name="token"),
    *(
        path(f"{address}/<slug:place>/", view.as_view({"get": "list"}), name=name)
        for address, (name, view) in OF_A_PLACE.items()
    ),
    *router.urls,
]

urlpatterns = [
    path("v1/", include((v1, "v1"))),
    path("schema/", SpectacularAPIView.as_view(api_version="v1"), name="schema"),
    path("docs/", documentation, name="api-docs"),
]
