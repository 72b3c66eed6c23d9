"""``{% load nhsuk %}``: the design system's components, forms, pages, RAG tags and presenters.

Each is described with an example in docs/interface.md.
"""

from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from icp.common import nhsuk as bridge
from icp.common import nhsuk_forms, presenters

register = template.Library()


# --- Components ------------------------------------------------------------
@register.simple_tag
def nhs(component: str, /, **params: Any) -> SafeString:
    """``{% nhs "inset-text" text="..." %}``: any component by its name."""
    return bridge.render(component, **params)


@register.simple_block_tag
def nhs_content(content: str, component: str, /, **params: Any) -> SafeString:
    """``{% nhs_content "details" summary_text="More" %}<p>...</p>{% endnhs_content %}``."""
    return bridge.render(component, html=content, **params)


def tag_for(component: str) -> Callable[..., SafeString]:
    def tag(**params: Any) -> SafeString:
        return bridge.render(component, **params)

    return tag


for _name in bridge.component_names():
    register.simple_tag(tag_for(_name), name=f"nhs_{_name.replace('-', '_')}")


# --- Forms -------------------------------------------------------------------
@register.simple_tag
def nhs_form(form: BaseForm, optional: bool = True) -> SafeString:
    """Every field of a form. ``optional=False`` leaves out the word "(optional)"."""
    return nhsuk_forms.render_form(form, mark_optional=optional)


@register.simple_tag
def nhs_field(field: BoundField, optional: bool = True, **extra: Any) -> SafeString:
    """One field; further arguments go to its component."""
    return nhsuk_forms.render_field(field, mark_optional=optional, **extra)


@register.simple_tag
def nhs_error_summary(*forms: BaseForm, **params: Any) -> SafeString:
    """The errors of one form or several, each a link to its field; or the component itself."""
    if forms:
        return nhsuk_forms.render_error_summary(*forms)
    return bridge.render("error-summary", **params)


@register.simple_tag
def error_prefix(*forms: BaseForm) -> str:
    """ "Error: " for the page's title when a form was refused."""
    return "Error: " if any(form.is_bound and form.errors for form in forms) else ""


# --- Pages of a list -----------------------------------------------------------
def address_of_page(query: QueryDict, parameter: str, number: int) -> str:
    changed = query.copy()
    changed[parameter] = str(number)
    return f"?{changed.urlencode()}"


@register.simple_tag(takes_context=True)
def nhs_pagination(
    context: Context, page: Any = None, page_param: str = "page", **params: Any
) -> str:
    """Links to the other pages of ``page``, with every other query parameter kept."""
    if not isinstance(page, Page):
        return bridge.render("pagination", **params)
    if page.paginator.num_pages < 2:
        return ""
    request = context.get("request")
    query = request.GET if request else QueryDict()

    def href(number: int) -> str:
        return address_of_page(query, page_param, number)

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": n, "href": href(n), "current": n == page.number}
        if isinstance(n, int)
        else {"ellipsis": True}
        for n in numbers
    ]
    if page.has_previous():
        params["previous"] = {"href": href(page.previous_page_number())}
    if page.has_next():
        params["next"] = {"href": href(page.next_page_number())}
    return format_html(
        '<div class="icp-pages">{}<p class="nhsuk-body-s">Showing {} to {} of {}</p></div>',
        bridge.render("pagination", items=items, **params),
        page.start_index(),
        page.end_index(),
        f"{page.paginator.count:,}",
    )


@register.filter
def address(value: str) -> SafeString:
    """``{{ person.email|address }}``: may be broken before its @."""
    return presenters.address_html(value)


# --- Rows of a list ------------------------------------------------------------
template_called = cache(get_template)


@lru_cache(maxsize=4000)
def drawn(template_name: str, row: Hashable) -> SafeString:
    html: SafeString = template_called(template_name).render({"row": row})  # type: ignore[assignment]
    return html


@register.simple_tag
def drawn_once(template_name: str, row: Hashable) -> SafeString:
    """``{% drawn_once "programmes/row.html" row %}``: the template with ``row`` and nothing else.

    ``row`` is a frozen dataclass of plain values: equal rows look the same, so the HTML of the last few
    thousand is kept (about 2 kB each).
    """
    return drawn(template_name, row)


# --- States -------------------------------------------------------------------
@register.filter(name="rag_tag")
def rag_tag_filter(value: Any) -> SafeString:
    """``{{ status.rag|rag_tag }}``: the lead's judgement."""
    return presenters.rag(value)


@register.filter
def proposed_rag_tag(value: Any) -> SafeString:
    """``{{ row.proposed|proposed_rag_tag }}``: what the dates propose, never the lead's judgement."""
    return presenters.rag(value, proposed=True)


@register.simple_tag
def complete_before_tag() -> SafeString:
    """``{% complete_before_tag %}``: a row that is complete without a lead's word on it this period."""
    return presenters.COMPLETE_BEFORE


@register.simple_tag
def rag_tag(value: Any, proposed: bool = False) -> SafeString:
    """``{% rag_tag row.rag proposed=row.is_proposed %}``."""
    return presenters.rag(value, proposed)


@register.simple_tag
def status_tag(value: Any, text: str = "") -> SafeString:
    """``{% status_tag period.state %}``: the tag of a state, in the state's own colour."""
    return presenters.state_html(str(value), str(text))


@register.filter(name="status_tag")
def status_tag_filter(value: Any) -> SafeString:
    return presenters.state_html(str(value)) if value else SafeString("")


# --- Words ----------------------------------------------------------------------
register.filter("long_date", presenters.long_date)
register.filter("short_date", presenters.short_date)
register.filter("month_name", presenters.month_name)
register.filter("working_days", presenters.working_days)
register.filter("slip", presenters.slip)


@register.filter
def or_not_set(value: Any, absent: str = presenters.NOT_SET) -> Any:
    """The value, or quiet words when there is none; nought is a value."""
    if value is None or value == "":
        return format_html('<span class="icp-quiet">{}</span>', absent)
    return value


@register.filter
def percent(value: int | None) -> Any:
    """60%, or "not set"."""
    return or_not_set(None if value is None else f"{value}%")
