"""Files attached to anything: taken from a form, handed out as downloads only."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from icp.common.downloads import as_attachment
from icp.common.files import KeptFile
from programmes.errors import Refused

OCTETS = "application/octet-stream"


class AttachForm(forms.Form):
    file = forms.FileField(
        label="Choose a file",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choose a file.", "max_length": "Its name is too long."},
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["file"].label = label


def attach_from(
    request: HttpRequest, keep: Callable[[str, bytes], KeptFile], *, to: str = ""
) -> None:
    """Keep the file that was sent, by its name and content, and say so or why not. ``to`` is what it hangs on."""
    form = AttachForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for one in form.errors["file"]))
        return
    file = form.cleaned_data["file"]
    try:
        made = keep(file.name, file.read())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{made.name} is attached{f' to {to}' if to else ''}.")


def handed_out(kept: KeptFile) -> HttpResponseBase:
    """The file, to keep: never shown as a page of the portal."""
    answer = HttpResponse(bytes(kept.content), content_type=OCTETS)
    return as_attachment(answer, filename=kept.name)
