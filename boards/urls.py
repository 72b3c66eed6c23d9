"""Addresses of the reports. Each views module lists its own."""

from boards.views import files, front, office, reports

urlpatterns = [*front.urlpatterns, *files.urlpatterns, *office.urlpatterns, *reports.urlpatterns]
