"""How a variance is printed: red and in words where it is unfavourable, and its words are escaped."""

import pytest
from django.template import Context, Template


def printed(tag, **context):
    return Template("{% load money %}" + tag).render(Context(context))


def test_what_is_in_brackets_is_unfavourable_and_says_so_to_who_sees_no_colour():
    assert printed('{% variance_cell text "Slippage" %}', text="(1,234)") == (
        '<td class="icp-num mon-adverse" role="cell" data-label="Slippage">(1,234)'
        '<span class="nhsuk-u-visually-hidden"> unfavourable</span></td>'
    )


@pytest.mark.parametrize("text", ["1,234", "0", "–", "not handed in", ""])
def test_what_is_not_in_brackets_is_printed_as_it_is(text):
    assert printed("{% variance_cell text %}", text=text) == f'<td class="icp-num">{text}</td>'


def test_a_figure_in_brackets_that_is_no_variance_is_not_unfavourable():
    assert "mon-adverse" not in printed(
        "{% variance_cell text is_adverse=no %}", text="(5)", no=False
    )


def test_the_words_may_be_others_and_the_pages_script_finds_the_cell():
    said = printed(
        '{% variance_cell text words="overcommitted" total=name %}', text="(5)", name="a"
    )
    assert said == (
        '<td class="icp-num mon-adverse" data-total="a">(5)'
        '<span class="nhsuk-u-visually-hidden"> overcommitted</span></td>'
    )


def test_what_is_printed_is_escaped():
    assert "<b>" not in printed("{% variance_cell text label %}", text="(<b>", label='"><b>')
