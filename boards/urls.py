"""Addresses of the reports. Each views module lists its own."""

from boards.views import files, office, reports

urlpatterns = [*files.urlpatterns, *office.urlpatterns, *reports.urlpatterns]
