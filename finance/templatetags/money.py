"""Template tags of the money: ``{% load money %}``."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from finance.presenters import is_unfavourable

register = template.Library()


@register.simple_tag
def variance_cell(
    text: str,
    label: str = "",
    *,
    is_adverse: bool | None = None,
    words: str = "unfavourable",
    **data: Any,
) -> SafeString:
    """``{% variance_cell one.slippage "Slippage" %}``: the cell of a printed variance. One that is unfavourable is red,
    and says so in ``words`` to who does not see the colour.

    With a ``label`` it is a cell of a table that becomes cards. ``is_adverse`` says of a figure that is no variance, or
    is one in words, that it is none; ``data`` are its data attributes.
    """
    if is_adverse is None:
        is_adverse = is_unfavourable(text)
    of_card = format_html(' role="cell" data-label="{}"', label) if label else ""
    more = format_html_join("", ' data-{}="{}"', data.items())
    said = format_html('<span class="nhsuk-u-visually-hidden"> {}</span>', words)
    return format_html(
        '<td class="icp-num{}"{}{}>{}{}</td>',
        " mon-adverse" if is_adverse else "",
        of_card,
        more,
        text,
        said if is_adverse else "",
    )
