"""What is asked of a file that brings a plan."""

from typing import Any

from django import forms
from django.conf import settings

from programmes.importers.any_plan import READ
from programmes.models import Place, PlanUpload, Programme

MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is in the file?",
        choices=PlanUpload.Kind.choices,
        initial=PlanUpload.Kind.PLAN,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="File",
        help_text=(
            "CSV or Excel (.xlsx) with the headings of the template, or a plan with those of another tool (Task Name,"
            " Start, Finish); a plan also from Microsoft Project (XML or .mpp) or GanttProject (.gan)."
        ),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": READ}),
    )
    programme = forms.ChoiceField(
        label="Programme of a project file or another tool’s sheet",
        help_text="Only where the file does not say it: a project’s title, a column, or the portal’s own numbers do.",
        required=False,
        error_messages={"invalid_choice": "Choose a programme of this place."},
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {p.code: p for p in Programme.objects.in_place(place).in_order()}
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", "As the file says"),
            *((code, one.name) for code, one in self.programmes.items()),
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.PLAN_UPLOAD_MAX_BYTES:
            limit = settings.PLAN_UPLOAD_MAX_BYTES // MEGABYTE
            raise forms.ValidationError(
                f"The file is larger than {limit} MB. Split it by programme and import the parts."
            )
        return file
