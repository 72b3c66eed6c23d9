"""Addresses of the money. Each views module lists its own."""

from finance.views import (
    agreements,
    bring,
    commentary,
    exposure,
    forecasts,
    line,
    month_end,
    months,
    pooling,
    report,
    savings,
    virements,
)

urlpatterns = [
    # Before the months: a line's or virement's address must not be read as a year.
    *line.urlpatterns,
    *virements.urlpatterns,
    *agreements.urlpatterns,
    *pooling.urlpatterns,
    *months.urlpatterns,
    *month_end.urlpatterns,
    *bring.urlpatterns,
    *report.urlpatterns,
    *commentary.urlpatterns,
    *exposure.urlpatterns,
    *forecasts.urlpatterns,
    *savings.urlpatterns,
]
