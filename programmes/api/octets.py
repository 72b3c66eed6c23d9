"""Attached files handed out by the API."""

from rest_framework.renderers import JSONRenderer

from programmes.views.attached import OCTETS


class Octets(JSONRenderer):
    """Lets a program ask for the bytes alone; a refusal is JSON all the same."""

    media_type = OCTETS
    format = "octets"


# Of an operation that hands a file out, and of no other.
HANDING_OUT = (JSONRenderer, Octets)
