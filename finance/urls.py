"""Addresses of the money. Each views module lists its own."""

from finance.views import bring, line, month_end, months

urlpatterns = [
    *months.urlpatterns,
    *month_end.urlpatterns,
    *bring.urlpatterns,
    *line.urlpatterns,
]
