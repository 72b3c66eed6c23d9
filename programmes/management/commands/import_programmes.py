"""Import a file of programmes into a place."""

from typing import Any

from programmes.importers.programmes import read_programmes
from programmes.management.importing import ImportCommand
from programmes.models import Place, Programme
from programmes.services.programme_import import (
    ProgrammePreview,
    import_programmes,
    preview_programmes,
)


class Command(ImportCommand):
    help = "Import programmes and their posts from CSV or Excel: all of them or none. Format: docs/importing.md."

    def read(self, data: bytes, filename: str, place: Place) -> Any:
        codes = Programme.objects.in_place(place).values_list("code", flat=True)
        return read_programmes(data, filename, existing=set(codes))

    def preview(self, place: Place, file: Any) -> ProgrammePreview:
        return preview_programmes(place=place, file=file)

    def write(self, place: Place, file: Any) -> ProgrammePreview:
        return import_programmes(place=place, file=file, by=None)
