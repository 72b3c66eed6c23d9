"""Data for the script that talks to passkeys, as an attribute: no page has a script inside it."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """The value as JSON; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
