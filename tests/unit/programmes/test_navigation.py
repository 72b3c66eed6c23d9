"""Which link of the navigation is marked."""

import pytest

from programmes.context import stands_in

PLACE = "/places/testshire/"


@pytest.mark.parametrize(
    ("path", "name", "href", "marked"),
    [
        ("money/", "money", "money/", True),
        ("money/lines/4/", "money", "money/", True),
        ("", "place", "", True),
        ("programmes/IT/", "place", "", True),
        ("money/", "place", "", False),
        ("risks/PC1/", "money", "money/", False),
        ("", "money", "money/", False),
    ],
)
def test_a_page_marks_the_part_of_the_portal_that_it_is_in(path, name, href, marked):
    assert stands_in(PLACE + path, PLACE + href, name) is marked
