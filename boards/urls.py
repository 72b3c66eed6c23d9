"""Addresses of the reports. Each views module lists its own."""

from boards.views import files, front, history, kept, office, reports, risk_exposure

urlpatterns = [
    *front.urlpatterns,
    *files.urlpatterns,
    *history.urlpatterns,
    *kept.urlpatterns,
    *office.urlpatterns,
    *reports.urlpatterns,
    *risk_exposure.urlpatterns,
]
