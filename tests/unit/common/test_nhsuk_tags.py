"""The template tags as a page's author writes them."""

from dataclasses import dataclass

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from icp.common import nhsuk


def draw(text, **context):
    return Template("{% load nhsuk %}" + text).render(Context(context))


@pytest.mark.parametrize("name", sorted(nhsuk.component_names()))
def test_every_component_has_a_tag_of_its_own(name):
    drawn = draw(f"{{% nhs_{name.replace('-', '_')} %}}")
    assert "{%" not in drawn


def test_a_component_may_be_named_in_quotes():
    assert "nhsuk-inset-text" in draw('{% nhs "inset-text" text="Agreed dates" %}')


def test_what_a_user_typed_is_escaped():
    assert "<b>" not in draw("{% nhs_button text=typed %}", typed="<b>Save</b>")


def test_html_of_the_authors_own_goes_inside_a_component():
    drawn = draw(
        '{% nhs_content "details" summary_text="How" %}<p>{{ typed }}</p>{% endnhs_content %}',
        typed="<i>",
    )
    assert "<p>&lt;i&gt;</p>" in drawn


def test_rag_tags_as_filters_and_as_a_tag():
    assert draw("{{ 'red'|rag_tag }}") == '<strong class="icp-rag icp-rag--red">Red</strong>'
    assert draw("{{ 'red'|proposed_rag_tag }}") == draw("{% rag_tag 'red' proposed=True %}")


def test_words_for_what_is_absent():
    assert "tbc" in draw("{{ x|or_not_set:'tbc' }}", x=None)
    assert draw("{{ x|or_not_set }}", x=0) == "0"
    assert draw("{{ x|percent }}", x=60) == "60%"
    assert "not set" in draw("{{ x|percent }}", x=None)


def test_pages_keep_the_other_query_parameters():
    request = RequestFactory().get("/rows/", {"rag": "red", "page": "2"})
    page = Paginator(range(467), 50).page(2)
    drawn = draw("{% nhs_pagination page %}", page=page, request=request)
    assert 'href="?rag=red&amp;page=3"' in drawn
    assert 'aria-current="page"' in drawn
    assert "Showing 51 to 100 of 467" in drawn


def test_a_single_page_has_no_links():
    page = Paginator(range(3), 50).page(1)
    assert draw("{% nhs_pagination page %}", page=page, request=None) == ""


# --- Rows of a list ------------------------------------------------------------
drawings = []


@dataclass(frozen=True)
class Row:
    name: str

    @property
    def drawing(self):
        drawings.append(self.name)
        return self.name


@pytest.fixture
def row_template(settings, tmp_path):
    """A row's template, found by the name ``row-for-tests.html``."""
    (tmp_path / "row-for-tests.html").write_text("<td>{{ row.drawing }}{{ user }}</td>")
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    engine["OPTIONS"] = {
        name: value for name, value in engine["OPTIONS"].items() if name != "context_processors"
    }
    settings.TEMPLATES = [engine]
    drawings.clear()
    return "{% drawn_once 'row-for-tests.html' row %}"


def test_equal_rows_are_drawn_once_and_others_by_themselves(row_template):
    first, again, other = (
        draw(row_template, row=Row(name)) for name in ("<Logo>", "<Logo>", "Website")
    )
    assert first == again == "<td>&lt;Logo&gt;</td>"
    assert other == "<td>Website</td>"
    assert drawings == ["<Logo>", "Website"]


def test_a_row_sees_nothing_of_the_page_around_it(row_template):
    assert "somebody" not in draw(row_template, row=Row("Alone"), user="somebody")


def test_a_row_that_may_change_is_refused(row_template):
    with pytest.raises(TypeError, match="unhashable"):
        draw(row_template, row={"name": "Logo"})
