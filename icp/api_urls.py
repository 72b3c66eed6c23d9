"""Addresses of the API: its version, schema and documentation."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from boards.api import ReportViewSet
from icp.api_docs import documentation
from icp.api_token import TokenView
from programmes.api import views as programmes
from programmes.api.compare import ComparisonViewSet

router = SimpleRouter()
router.register("places", programmes.PlaceViewSet)
router.register("programmes", programmes.ProgrammeViewSet)
router.register("plan-items", programmes.PlanItemViewSet)
router.register("statuses", programmes.StatusViewSet)
router.register("periods", programmes.PeriodViewSet)
router.register("returns", programmes.ReturnViewSet)
router.register("change-requests", programmes.ChangeRequestViewSet)
router.register("reports", ReportViewSet)

v1 = [
    path("token/", TokenView.as_view(), name="token"),
    path(
        "comparisons/<slug:place>/", ComparisonViewSet.as_view({"get": "list"}), name="comparison"
    ),
    *router.urls,
]

urlpatterns = [
    path("v1/", include((v1, "v1"))),
    path("schema/", SpectacularAPIView.as_view(api_version="v1"), name="schema"),
    path("docs/", documentation, name="api-docs"),
]
