"""Addresses of the money. Each views module lists its own."""

from finance.views import (
    agreements,
    bring,
    commentary,
    exposure,
    forecasts,
    gates,
    line,
    lines,
    month_end,
    months,
    papers,
    phases,
    pooling,
    report,
    savings,
    settings,
    virements,
    year_end,
)

urlpatterns = [
    # Before the months: a line's or virement's address must not be read as a year.
    *lines.urlpatterns,
    *phases.urlpatterns,
    *papers.urlpatterns,
    *line.urlpatterns,
    *year_end.urlpatterns,
    *virements.urlpatterns,
    *agreements.urlpatterns,
    *pooling.urlpatterns,
    *settings.urlpatterns,
    *gates.urlpatterns,
    *months.urlpatterns,
    *month_end.urlpatterns,
    *bring.urlpatterns,
    *report.urlpatterns,
    *commentary.urlpatterns,
    *exposure.urlpatterns,
    *forecasts.urlpatterns,
    *savings.urlpatterns,
]
