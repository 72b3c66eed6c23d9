"""A risk held while it is changed."""

from risks.errors import CannotChangeRisk, StaleRisk
from risks.models import Risk


def held(risk: Risk, *, seen: int | None = None) -> Risk:
    """The risk as it stands, held until the transaction ends. ``seen`` is the version one looked at, where known.

    Raises:
        StaleRisk: somebody saved it since; carries it as it stands.
    """
    found = (
        Risk.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "place", "register__programme", "owner", "delegate", "category", "organisation"
        )
        .get(pk=risk.pk)
    )
    if seen is not None and found.version != seen:
        raise StaleRisk(
            f"Somebody else changed {found.ref} while you were editing."
            " Both are shown: choose which to keep.",
            found,
        )
    return found


def held_open(risk: Risk, *, seen: int | None = None) -> Risk:
    """As :func:`held`, of a risk that is open.

    Raises:
        CannotChangeRisk: it is closed or merged.
        StaleRisk: somebody saved it since.
    """
    found = held(risk, seen=seen)
    if not found.is_open:
        raise CannotChangeRisk(
            f"{found.ref} is {found.get_state_display().lower()}: reopen it to change it."
        )
    return found
