"""Import a plan file into a place."""

from typing import Any

from programmes.importers.plan import read_plan
from programmes.management.importing import ImportCommand
from programmes.models import Place, Programme
from programmes.selectors.posts import posts_by_word
from programmes.services.plan_import import PlanPreview, import_plan, preview_plan


class Command(ImportCommand):
    help = "Import plan rows from CSV or Excel: all of them or none. Format: docs/importing.md."

    def read(self, data: bytes, filename: str, place: Place) -> Any:
        codes = Programme.objects.in_place(place).values_list("code", flat=True)
        return read_plan(data, filename, programmes=set(codes), posts=posts_by_word(place=place))

    def preview(self, place: Place, file: Any) -> PlanPreview:
        return preview_plan(place=place, file=file)

    def write(self, place: Place, file: Any) -> PlanPreview:
        return import_plan(place=place, file=file, by=None)
