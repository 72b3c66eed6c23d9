"""Registers and the references they give: each once, for good."""

from django.db import transaction

from programmes.models import Place, Programme
from risks.errors import CannotKeepRisk
from risks.models import FormerReference, Register, Risk

# What references of the register of the whole begin with.
WHOLE = "IC"


@transaction.atomic
def register_of(*, place: Place, programme: Programme | None) -> Register:
    """The register of a programme, or of the whole; made when it gets its first risk.

    Raises:
        CannotKeepRisk: the programme is another place's, or another register has its code.
    """
    if programme is not None and programme.place_id != place.pk:
        raise CannotKeepRisk("Choose a register of this place.", "programme")
    found = Register.objects.filter(place=place, programme=programme).first()
    if found is not None:
        return found
    code = programme.code if programme else WHOLE
    # Two who raise the first risk of a register at once take turns.
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if Register.objects.filter(place=place, code=code).exclude(programme=programme).exists():
        raise CannotKeepRisk(f"Another register of this place has the code {code}.", "programme")
    return Register.objects.get_or_create(
        place=place, programme=programme, defaults={"code": code}
    )[0]


def take_reference(*, register: Register, number: int | None = None) -> tuple[int, str]:
    """The next number of a register and its reference, or ``number``, which a source gave it already.

    The register is held, so that two risks never get one number. Call inside a transaction.

    Raises:
        CannotKeepRisk: that number was given before.
    """
    held = Register.objects.select_for_update().get(pk=register.pk)
    given = number
    number = given if given is not None else held.last_number + 1
    while _is_taken(held, number):
        if given is not None:
            raise CannotKeepRisk(
                f"{held.code}{number} was given before: a reference is never used twice.", "ref"
            )
        number += 1
    if number > held.last_number:
        held.last_number = number
        held.save(update_fields=["last_number"])
    return number, f"{held.code}{number}"


def _is_taken(register: Register, number: int) -> bool:
    """By a risk, now or before. Codes that end in digits could give the same reference in two registers."""
    ref = f"{register.code}{number}"
    return (
        Risk.objects.filter(place_id=register.place_id, ref=ref).exists()
        or FormerReference.objects.filter(place_id=register.place_id, ref=ref).exists()
    )
