"""Passwords as the NCSC advises: long, and not one that everybody tries. No rule of composition, no expiry."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What is often written for a letter.
LETTERS = str.maketrans("013457@$!|", "oleastasil")
# Words that whoever guesses at this portal's passwords tries first.
OF_THIS_KIND = frozenset(
    [
        "administrator",
        "changeme",
        "council",
        "demonstration",
        "hackney",
        "hospital",
        "integratedcare",
        "letmein",
        "milestone",
        "nhsengland",
        "nhsmail",
        "password",
        "passphrase",
        "portal",
        "programme",
        "programmes",
        "welcome",
    ]
)
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
)
LONGEST_RUN = 4


class NotBuiltOnACommonPassword:
    """Refuses a common password that was only decorated, doubled, or typed along the keyboard.

    It takes away what people add to reach the length (digits and signs around a word, 0 for o, the word again)
    and looks the rest up in Django's list of 20,000 common passwords. The list is inside the portal: nothing is
    asked of the internet.
    """

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords | OF_THIS_KIND

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError, with what to do instead."""
        plain = password.lower().strip()
        if _is_repeated(plain) or _runs(plain):
            raise ValidationError(
                "This password follows a pattern that is tried first. Use three or more words that "
                "do not belong together.",
                code="password_pattern",
            )
        if any(core in self.common for core in _cores(plain)):
            raise ValidationError(
                "This password is a common one with something added. Use three or more words that do "
                "not belong together.",
                code="password_decorated",
            )

    def get_help_text(self) -> str:
        return (
            "A common password with digits or signs added is refused. Three or more words that do not "
            "belong together are easy to keep in mind and hard to guess."
        )


def _cores(plain: str) -> set[str]:
    """What is left of the password without its decoration; nothing where enough of its own is left."""
    found = set()
    for text in (plain, plain.translate(LETTERS)):
        for core in (text, re.sub(r"^[^a-z]+|[^a-z]+$", "", text), re.sub(r"[^a-z]", "", text)):
            found |= {core, _once(core)}
    return {core for core in found if len(core) >= 4}


def _once(text: str) -> str:
    """abcabc as abc."""
    for size in range(1, len(text) // 2 + 1):
        if len(text) % size == 0 and text[:size] * (len(text) // size) == text:
            return text[:size]
    return text


def _is_repeated(plain: str) -> bool:
    """Made of one to four characters over and over, or of very few different ones."""
    return len(_once(plain)) <= LONGEST_RUN or len(set(plain)) <= LONGEST_RUN


def _runs(plain: str) -> bool:
    """Whether fewer than half of the characters are more than the next key along a row."""
    steps = {row[i : i + 2] for row in ROWS for i in range(len(row) - 1)}
    steps |= {step[::-1] for step in steps}
    pairs = [plain[i : i + 2] for i in range(len(plain) - 1)]
    along = sum(pair in steps or pair[0] == pair[-1] for pair in pairs)
    return bool(pairs) and along > len(pairs) * 0.7
