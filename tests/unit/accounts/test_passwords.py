"""Passwords as the NCSC advises: length, nothing that everybody tries, and no other rule."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from icp.accounts.passwords import NotBuiltOnACommonPassword
from icp.settings import base


def refused(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as problem:
        return [str(code.code) for code in problem.error_list]
    return []


@pytest.mark.parametrize(
    "password",
    [
        "password2020!",
        "P@ssw0rd2020",
        "liverpool1234",
        "Welcome12345!",
        "hackney-2020-2021",
        "sunshine sunshine",
        "letmein!letmein!",
        "portal!portal!",
        "nhsengland2020",
    ],
)
def test_a_common_word_with_something_added_is_refused(password):
    assert "password_decorated" in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "123412341234",
        "abcdefghijkl",
        "1qaz2wsx3edc",
        "!!qwertyuiop!!",
    ],
)
def test_a_pattern_is_refused(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "otter lantern gravel",
        "correct-horse-battery",
        "seven-quiet-otters-paint",
        "Tür, Käse & Ähre",
        "zażółć gęślą jaźń",
        "all lower case words only",
        "  spaces at both ends  ",
        "🦦🦦 otters under bridges",
    ],
)
def test_words_are_enough_without_digits_capitals_or_signs(password):
    assert refused(password) == []


def test_eleven_characters_are_too_few_and_twelve_enough():
    assert refused("otterlanter") == ["password_too_short"]
    assert refused("otterlantern") == []


def test_a_passphrase_may_be_very_long_and_every_character_counts(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    phrase = "otter lantern gravel " * 6 + "ab"
    assert len(phrase) == 128
    assert refused(phrase + "x" * 72) == []
    kept = make_password(phrase)
    assert len(kept) <= 128, "The column of the database."
    assert check_password(phrase, kept)
    assert not check_password(phrase[:-1], kept)


def test_passwords_are_kept_with_scrypt_and_older_ones_still_open(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert identify_hasher(make_password("otter lantern gravel")).algorithm == "scrypt"
    older = make_password("otter lantern gravel", hasher="pbkdf2_sha256")
    assert check_password("otter lantern gravel", older)


@given(st.text(max_size=300))
def test_any_text_is_answered(password):
    try:
        VALIDATOR.validate(password)
    except ValidationError as problem:
        assert problem.messages[0].endswith(".")


VALIDATOR = NotBuiltOnACommonPassword()
