"""The bridge to the design system's macros: what it refuses, what it escapes, what it remembers."""

import pytest
from django.utils.functional import lazystr
from django.utils.safestring import SafeString, mark_safe

from icp.common import nhsuk

ATTACK = '<script>alert("x")</script>'


def test_a_component_is_drawn_with_the_design_systems_own_classes():
    assert '<strong class="nhsuk-tag nhsuk-tag--purple">' in nhsuk.render(
        "tag", text="New", classes="nhsuk-tag--purple"
    )


def test_the_result_is_marked_safe_so_that_a_template_prints_it_as_it_is():
    assert isinstance(nhsuk.render("tag", text="New"), SafeString)


def test_an_unknown_component_is_refused_with_the_names_that_are_close():
    with pytest.raises(nhsuk.UnknownComponent, match=r"no component 'buton'\. Did you mean button"):
        nhsuk.render("buton", text="Save")


def test_an_unknown_parameter_is_refused_with_the_names_that_are_close():
    with pytest.raises(nhsuk.UnknownParameter, match=r"no parameter 'txt'\. Did you mean text"):
        nhsuk.render("button", txt="Save")


def test_the_component_that_writes_inline_styles_is_not_offered():
    with pytest.raises(nhsuk.UnknownComponent):
        nhsuk.render("hero", text="Welcome")


@pytest.mark.parametrize("name", sorted(nhsuk.component_names()))
def test_every_component_knows_its_parameters(name):
    known = nhsuk.component(name).parameters
    assert known, name
    assert "get" not in known


@pytest.mark.parametrize("name", sorted(set(nhsuk.component_names()) - {"footer", "header"}))
def test_text_is_escaped_in_every_component_that_takes_text(name):
    known = nhsuk.component(name).parameters
    given = {key: ATTACK for key in ("text", "html", "hint", "heading", "caption") if key in known}
    if "label" in known:
        given["label"] = {"text": ATTACK}
    if "items" in known:
        given["items"] = [{"text": ATTACK, "html": ATTACK, "href": "#", "value": ATTACK}]
    drawn = nhsuk.render(name, id="x", **given) if "id" in known else nhsuk.render(name, **given)
    assert "<script" not in drawn


def test_html_is_printed_as_it_is_only_when_marked_safe():
    assert "<em>yes</em>" in nhsuk.render("inset-text", html=mark_safe("<em>yes</em>"))
    assert "<em>" not in nhsuk.render("inset-text", html="<em>no</em>")


def test_html_deep_inside_a_parameter_is_escaped_too():
    drawn = nhsuk.render("summary-list", rows=[{"key": {"text": "A"}, "value": {"html": ATTACK}}])
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_word_written_in_a_template_is_text_although_django_marks_it_safe():
    drawn = nhsuk.render("warning-callout", heading=mark_safe("Health & care"), text="x")
    assert drawn.count("Health &amp; care") == 1


def test_a_safe_string_cannot_break_out_of_an_attribute():
    drawn = nhsuk.render("tag", text="x", attributes={"data-x": mark_safe('" onclick="y')})
    assert 'onclick="y"' not in drawn


def test_attributes_must_be_a_dictionary():
    with pytest.raises(nhsuk.UnknownParameter, match="dictionary"):
        nhsuk.render("tag", text="x", attributes='onclick="alert(1)"')


def test_snake_case_and_double_underscores_reach_nested_parameters():
    drawn = nhsuk.render("input", id="q", name="q", label__text="Find", error_message__text="No")
    assert "Find" in drawn
    assert 'id="q-error"' in drawn


def test_an_underscore_below_attributes_is_a_hyphen():
    assert 'data-row="4"' in nhsuk.render("button", text="Go", attributes__data_row="4")


def test_nought_is_a_value():
    assert 'value="0"' in nhsuk.render("input", id="n", name="n", label="N", value=0)


def test_lazy_words_are_drawn_as_words():
    assert "later" in nhsuk.render("tag", text=lazystr("later"))


def test_the_same_component_is_drawn_once_and_kept():
    nhsuk.run_once.cache_clear()
    first = nhsuk.render("tag", text="Once")
    assert nhsuk.render("tag", text="Once") is first
    assert nhsuk.run_once.cache_info().hits == 1


def test_what_people_type_at_length_is_drawn_and_not_kept():
    nhsuk.run_once.cache_clear()
    long = "x" * (nhsuk.LONGEST_KEPT + 1)
    assert long in nhsuk.render("input", id="n", name="n", label="N", value=long)
    assert long[:-1] in nhsuk.render("input", id="n", name="n", label="N", value=long[:-1])
    assert nhsuk.run_once.cache_info().currsize == 1


def test_safe_and_unsafe_html_of_the_same_letters_are_kept_apart():
    safe = nhsuk.render("inset-text", html=mark_safe("<i>a</i>"))
    assert nhsuk.render("inset-text", html="<i>a</i>") != safe


def test_yes_and_one_are_kept_apart():
    assert nhsuk.frozen({"disabled": True}) != nhsuk.frozen({"disabled": 1})


def test_an_object_whose_words_may_change_is_drawn_each_time():
    class Row:
        name = "before"

        def __str__(self):
            return self.name

    row = Row()
    assert "before" in nhsuk.render("tag", text=row)
    row.name = "after"
    assert "after" in nhsuk.render("tag", text=row)
