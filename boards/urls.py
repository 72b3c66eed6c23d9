"""Addresses of the reports. Each views module lists its own."""

from boards.views import files, front, history, office, reports

urlpatterns = [
    *front.urlpatterns,
    *files.urlpatterns,
    *history.urlpatterns,
    *office.urlpatterns,
    *reports.urlpatterns,
]
