"""Addresses of the reports."""

from boards.views import reports

urlpatterns = [*reports.urlpatterns]
