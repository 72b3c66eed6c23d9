"""A list of stolen passwords is searched where it lies, and a new password on it is refused."""

import random
import tracemalloc
from hashlib import sha1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from icp.accounts.stolen import NotAList, StolenPasswords

STOLEN = "otter lantern gravel"
WITH_COUNTS, ALONE, WINDOWS = ("{}:{}\n", "{}\n", "{}:{}\r\n")


def digest(password: str) -> str:
    return sha1(password.encode()).hexdigest().upper()


def list_of(passwords, *, path, line=WITH_COUNTS, seed=1):
    counts = random.Random(seed)
    digests = sorted(digest(one) for one in passwords)
    path.write_bytes(
        "".join(line.format(one, counts.randint(1, 10**8)) for one in digests).encode()
    )
    return path


@pytest.fixture(scope="module")
def long_list(tmp_path_factory):
    """100,000 lines, of 43 to 50 bytes."""
    path = tmp_path_factory.mktemp("lists") / "stolen.txt"
    return list_of([f"stolen {number}" for number in range(99_999)] + [STOLEN], path=path)


def codes(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as problem:
        return [str(one.code) for one in problem.error_list]
    return []


def errors() -> list:
    return [one for one in run_checks() if one.id == "accounts.E003"]


def test_every_line_of_a_long_list_is_found_and_nothing_else(long_list):
    stolen = StolenPasswords(long_list)
    stolen.look_over()
    assert all(stolen.holds(f"stolen {number}") for number in range(0, 99_999, 37))
    assert stolen.holds(STOLEN)
    assert not any(stolen.holds(f"own {number}") for number in range(2_000))


def test_the_first_and_the_last_line_are_found(long_list):
    lines = long_list.read_text().splitlines()
    by_digest = {digest(f"stolen {number}"): f"stolen {number}" for number in range(99_999)}
    for line in (lines[0], lines[-1]):
        assert StolenPasswords(long_list).holds(by_digest[line.split(":")[0]])


def test_a_long_list_is_not_read_into_memory(long_list):
    tracemalloc.start()
    StolenPasswords(long_list).holds(STOLEN)
    StolenPasswords(long_list).look_over()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert long_list.stat().st_size > 4_000_000
    assert most < 400_000


@pytest.mark.parametrize("line", [WITH_COUNTS, ALONE, WINDOWS])
@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_short_lists_with_and_without_counts_are_searched_too(tmp_path, line, count):
    words = [f"word {number}" for number in range(count)]
    stolen = StolenPasswords(list_of(words, path=tmp_path / "list", line=line))
    stolen.look_over()
    assert all(stolen.holds(one) for one in words)
    assert not stolen.holds("another word")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("scratch") / "list"


@given(
    words=st.lists(st.text(max_size=12), min_size=1, max_size=40, unique=True),
    other=st.text(max_size=12),
    last_line_ends=st.booleans(),
    seed=st.integers(0, 1000),
)
def test_any_list_holds_what_it_was_made_of(scratch, words, other, last_line_ends, seed):
    path = list_of(words, path=scratch, seed=seed)
    if not last_line_ends:
        path.write_bytes(path.read_bytes().rstrip())
    stolen = StolenPasswords(path)
    stolen.look_over()
    assert all(stolen.holds(one) for one in words)
    assert stolen.holds(other) == (other in words)


def test_a_stolen_password_is_refused_and_the_sentence_says_what_to_do(long_list, settings):
    assert codes(STOLEN) == []
    settings.STOLEN_PASSWORDS_FILE = str(long_list)
    assert codes(STOLEN) == ["password_stolen"]
    assert codes("quiet harbour spoon") == []
    with pytest.raises(ValidationError, match="Choose another, such as three random words"):
        validate_password(STOLEN)


def test_without_the_list_that_is_named_no_password_is_taken(tmp_path, settings):
    settings.STOLEN_PASSWORDS_FILE = str(tmp_path / "gone.txt")
    assert codes("quiet harbour spoon") == ["password_not_looked_up"]


def spoilt(name, tmp_path):
    """A list with one thing wrong."""
    good = list_of([f"word {number}" for number in range(400)], path=tmp_path / "good")
    lines = good.read_text().splitlines(keepends=True)
    contents = {
        "by how often it was seen": "".join(sorted(lines, key=lambda one: -int(one.split(":")[1]))),
        "two lines changed over": "".join([*lines[:200], lines[201], lines[200], *lines[202:]]),
        "passwords themselves": "123456\npassword\nqwerty\n",
        "another hash": "".join(f"{line[:32]}:5\n" for line in lines),
        "no ends of lines": "0" * 3_000_000,
        "nothing": "",
        "a mark before the first line": "\ufeff" + "".join(lines),
    }
    path = tmp_path / "spoilt"
    path.write_text(contents[name])
    return path


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("by how often it was seen", "is not sorted by its hashes"),
        ("two lines changed over", "is not sorted by its hashes"),
        ("passwords themselves", "has no SHA-1 and count at byte 0"),
        ("another hash", "has no SHA-1 and count at byte 0"),
        ("no ends of lines", "has lines that are too long"),
        ("nothing", "is empty"),
        ("a mark before the first line", "has no SHA-1 and count at byte 0"),
    ],
)
def test_a_file_that_cannot_be_searched_stops_the_start(name, sentence, tmp_path, settings):
    settings.STOLEN_PASSWORDS_FILE = str(spoilt(name, tmp_path))
    (error,) = errors()
    assert sentence in error.msg
    with pytest.raises(NotAList):
        StolenPasswords(settings.STOLEN_PASSWORDS_FILE).look_over()


def test_a_file_that_is_missing_or_a_folder_stops_the_start(tmp_path, settings):
    for path in (tmp_path / "gone.txt", tmp_path):
        settings.STOLEN_PASSWORDS_FILE = str(path)
        (error,) = errors()
        assert f"There is no file {path}" in error.msg


def test_a_good_list_or_none_lets_it_start(long_list, settings):
    assert errors() == []
    settings.STOLEN_PASSWORDS_FILE = str(long_list)
    assert errors() == []


def test_check_deploy_says_when_there_is_no_list_without_failing(long_list, settings):
    (note,) = [one for one in run_checks(include_deployment_checks=True) if "I004" in one.id]
    assert not note.is_serious(level=30)
    settings.STOLEN_PASSWORDS_FILE = str(long_list)
    assert all("I004" not in one.id for one in run_checks(include_deployment_checks=True))
