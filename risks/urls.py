"""Addresses of the registers. Each views module lists its own."""

from risks.views import (
    bring,
    deeds,
    edit,
    groups,
    heat,
    register,
    reports,
    risk,
    settings,
    treatment,
)

urlpatterns = [
    # Before the risks: what is no reference must not be read as one.
    *register.urlpatterns,
    *reports.urlpatterns,
    *heat.urlpatterns,
    *groups.urlpatterns,
    *settings.urlpatterns,
    *bring.urlpatterns,
    *edit.urlpatterns,
    *deeds.urlpatterns,
    *treatment.urlpatterns,
    *risk.urlpatterns,
]
