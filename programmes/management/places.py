"""The place that a command is told by its short name."""

from django.core.management.base import CommandError

from programmes.models import Place


def place_called(slug: str) -> Place:
    """
    Raises:
        CommandError: there is no such place; says which there are.
    """
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Place.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no place {slug}. There are: {known or 'none yet'}.")
    return found
