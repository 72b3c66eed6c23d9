"""A risk as the register's list prints it: words and addresses, ready for the template."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

from programmes.models import Place
from risks.presenters import moved_tag, residual_words, score_tag
from risks.selectors.listed import ListedRisk


@dataclass(frozen=True)
class RegisterLine:
    """One line of the list. Equal lines are drawn once (``drawn_once``)."""

    risk: ListedRisk
    href: str

    @property
    def score(self) -> SafeString:
        return score_tag(self.risk.current, self.risk.band)

    @property
    def moved(self) -> SafeString:
        return moved_tag(self.risk.moved)

    @property
    def residual(self) -> list[str]:
        return [residual_words(value) for value in self.risk.residual]


def register_line(risk: ListedRisk, *, place: Place) -> RegisterLine:
    return RegisterLine(risk, address_of_risk(place.slug, risk.ref))


# A list asks for fifty addresses at once, and mostly for those that it was asked for before.
@lru_cache(maxsize=4000)
def address_of_risk(place: str, ref: str) -> str:
    return reverse("risk", kwargs={"place": place, "ref": ref})
