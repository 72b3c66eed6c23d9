"""Who owns a row of a plan."""

from django.db import transaction

from icp.accounts.models import User
from programmes.errors import CannotSave, StaleOwner
from programmes.models import PlanItem, Post


@transaction.atomic
def set_owner(*, item: PlanItem, owner: Post | None, seen: int | None, by: User) -> PlanItem:
    """Give the row to a post, or to nobody.

    ``seen`` is the key of the post that the person was shown as its owner, None where there was none.
    Giving it to who owns it already changes nothing.

    Raises:
        CannotSave: the row was removed, or the post is of another place.
        StaleOwner: somebody else gave it away since; carries the post that owns it now.
    """
    found = (
        PlanItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner", "programme")
        .get(pk=item.pk)
    )
    if found.removed_at:
        raise CannotSave(f"{found.reference} was removed from the plan: it takes no owner.")
    if owner and owner.place_id != found.programme.place_id:
        raise CannotSave("Choose a post of this place.")
    if found.owner == owner:
        return found
    if found.owner_id != seen:
        raise StaleOwner(
            f"Somebody else changed the owner of {found.reference} while you were choosing.",
            current=found.owner,
        )
    found.owner = owner
    found.save(update_fields=["owner"])
    return found
