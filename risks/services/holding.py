"""A risk held while it is changed, and the rules by which it scores."""

from django.db import connection

from risks.errors import CannotChangeRisk, StaleRisk
from risks.models import Risk

# The first half of the number of a lock; the second is the place's key.
RULES = 1_200_302


def hold_rules(place: int, *, to_write: bool = False) -> None:
    """Nobody saves the rules of a place (its key) until the transaction ends: what is scored by the line of today
    follows it. Those who score hold them side by side; who saves (``to_write``) waits for these, and they for who saves.

    Ask before a risk is held: who saves the rules holds them, and then the risks that follow. A lock of its own: to hold
    the place's row would have imports and new registers wait for each other.
    """
    alone, side_by_side = (
        "SELECT pg_advisory_xact_lock(%s, %s)",
        "SELECT pg_advisory_xact_lock_shared(%s, %s)",
    )
    with connection.cursor() as cursor:
        cursor.execute(alone if to_write else side_by_side, [RULES, place])


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
