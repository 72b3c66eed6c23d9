"""What the operations that only read share."""

from typing import Any

from rest_framework import viewsets

from icp.common.api import KnownParameters

ID = "[0-9]{1,18}"


class Reading(KnownParameters, viewsets.ReadOnlyModelViewSet[Any]):
    lookup_value_regex = ID
