"""What the preview of a partner's spreadsheet gives along for the second press."""

import re

from django.http import HttpResponse


def signed_of(answer: HttpResponse) -> str:
    """What was checked, signed, as the page would send it."""
    [signed] = re.findall(r'name="kept" value="([^"]+)"', answer.content.decode())
    return signed
