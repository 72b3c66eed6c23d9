"""docs/security.md accounts for every requirement of levels 1 and 2, once, and names only tests that exist."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.asvs import NUMBERS

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs/security.md").read_text()
NUMBER = r"\d+\.\d+\.\d+"
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
FILE = re.compile(r"`([\w/.-]+\.(?:py|template|lock)|[\w/.-]+/[\w-]+)`")


def accounted_for() -> list[str]:
    """The numbers in the first cell of each row."""
    rows = re.findall(rf"^\| ({NUMBER}(?:, {NUMBER})*) \|", PAGE, re.MULTILINE)
    return [number for row in rows for number in row.split(", ")]


@cache
def source(path: str) -> str:
    return (ROOT / "tests" / path).read_text()


def test_every_number_is_accounted_for_once():
    found = accounted_for()
    assert sorted({one for one in found if found.count(one) > 1}) == []
    assert set(NUMBERS) - set(found) == set()
    assert set(found) - set(NUMBERS) == set()


def test_the_list_of_numbers_is_whole():
    """As many as the standard's own introduction counts."""
    levels = list(NUMBERS.values())
    assert (levels.count(1), levels.count(2)) == (70, 183)


@pytest.mark.parametrize(("path", "name"), sorted(set(TEST.findall(PAGE))))
def test_a_test_that_is_named_exists(path, name):
    assert re.search(rf"^def {name}\(", source(path), re.MULTILINE), f"tests/{path} has no {name}."


def test_what_is_not_met_comes_first():
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert headings[:2] == ["Not met, or met in part", "Does not apply"]


def test_every_place_that_is_named_exists():
    named = {path for path in FILE.findall(PAGE) if not path.startswith("/")}
    missing = [
        path
        for path in named
        if not (ROOT / path).exists() and not (ROOT / "tests" / path).exists()
    ]
    assert len(named) > 12
    assert missing == []


ROOMS = ("icp", "programmes", "risks", "finance", "outcomes", "boards")
CRYPTOGRAPHY = re.compile(
    r"^\s*(?:import|from) (?:hashlib|hmac|secrets|ssl|cryptography)\b"
    r"|^\s*from django\.(?:core import signing|core\.signing|utils\.crypto|contrib\.auth\.hashers)\b",
    re.MULTILINE,
)
# They ask of a stored password whether it can be used, and make none.
READS_ONLY = {"icp/accounts/models/people.py"}


def test_every_file_that_uses_cryptography_is_in_the_inventory():
    table = PAGE[PAGE.index("## Cryptography") : PAGE.index("## Levels")]
    uses = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if CRYPTOGRAPHY.search(path.read_text()) and "migrations" not in path.parts
    } - READS_ONLY
    named = set(re.findall(r"`([\w/]+\.py)`", table))
    assert uses - named == set(), (
        "Say in docs/security.md, under Cryptography, what these do with it."
    )
    assert named - uses == {"icp/settings/base.py"}, "These use none any more."
