"""Addresses of the money. Each views module lists its own."""

from finance.views import bring, line, month_end, months, report

urlpatterns = [
    # Before the months: a line's address must not be read as a year.
    *line.urlpatterns,
    *months.urlpatterns,
    *month_end.urlpatterns,
    *bring.urlpatterns,
    *report.urlpatterns,
]
