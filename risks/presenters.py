"""Words and colours of the registers. A colour always comes with its word."""

from collections.abc import Iterable
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from risks.rules.scores import Band, Moved

BAND_WORDS = {Band.RED: "red", Band.AMBER: "amber", Band.GREEN: "green"}
NO_SCORE = format_html('<span class="icp-quiet">{}</span>', "not scored")


@cache
def score_tag(value: int | None, band: Band | None) -> SafeString:
    """A score with its band in colour and in words: 16 red."""
    if value is None or band is None:
        return NO_SCORE
    return format_html(
        '<strong class="icp-rag icp-rag--{} rsk-score">{} {}</strong>',
        band.value,
        value,
        BAND_WORDS[band],
    )


def moved_tag(moved: Moved) -> SafeString:
    """The arrow, which readers of the screen do not hear, and the words."""
    return format_html(
        '<span class="rsk-moved rsk-moved--{}"><span aria-hidden="true">{}</span> {}</span>',
        moved.movement.value,
        moved.arrow,
        moved.words,
    )


def linked(risks: Iterable[tuple[str, str]]) -> SafeString:
    """Addresses and references, in one line."""
    return format_html_join(", ", '<a href="{}">{}</a>', risks)


def residual_words(value: int | None) -> str:
    """16, or N/A for a quarter before the risk existed."""
    return "N/A" if value is None else str(value)
