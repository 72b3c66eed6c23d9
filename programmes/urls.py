"""Addresses of the plan and the monthly cycle. Each views module lists its own."""

from programmes.views import (
    covers,
    glossary,
    history,
    history_search,
    imports,
    item,
    people,
    periods,
    person,
    person_sessions,
    place,
    plan,
    rows,
    sign_ins,
    sign_off,
    update,
)

urlpatterns = [
    *place.urlpatterns,
    *plan.urlpatterns,
    *item.urlpatterns,
    *rows.urlpatterns,
    *update.urlpatterns,
    *sign_off.urlpatterns,
    *periods.urlpatterns,
    *imports.urlpatterns,
    *glossary.urlpatterns,
    *people.urlpatterns,
    *person.urlpatterns,
    *person_sessions.urlpatterns,
    *covers.urlpatterns,
    *history.urlpatterns,
    *history_search.urlpatterns,
    *sign_ins.urlpatterns,
]
