"""Passwords that were stolen from other services: looked up in a file that whoever runs the portal gives.

The file is in the format in which such lists are handed out: on each line the SHA-1 of one password as 40
hexadecimal digits, with or without a colon and how often it was seen, sorted by the SHA-1. It may have a thousand
million lines; it is never read whole. Nothing is asked of the internet.
"""

import logging
import re
from hashlib import sha1
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError

log = logging.getLogger(__name__)

LINE = re.compile(rb"([0-9A-Fa-f]{40})(?::[0-9]{1,15})?\r?\n?")
# More bytes than any line has.
LONGEST = 64
# At so many places the order of a list is looked at: every line of a short one, and quickly in a long one.
PLACES = 300

STOLEN = (
    "This password is on a list of passwords that were stolen from other services, so it is among the first "
    "to be tried. Choose another, such as three random words, and change it wherever else you use it."
)
CANNOT_TELL = (
    "The portal cannot look up stolen passwords just now, so no password can be chosen. Tell whoever "
    "runs the portal, and try again later."
)


class NotAList(Exception):
    """This file cannot be searched. ``str()`` says what is wrong with it."""


class StolenPasswords:
    """The sorted list in one file. Each look-up reads some forty lines, whatever the file's size."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def holds(self, password: str) -> bool:
        """Whether the list has this password, by the SHA-1 of its UTF-8.

        Raises:
            NotAList: the file is not there, or what was read of it is no such list.
        """
        # The list's own format; nothing is kept by it.
        digest = sha1(password.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        with self._opened() as file:
            return _found(file, digest.upper().encode(), high=_size(file))

    def look_over(self) -> None:
        """Look at lines throughout the file: whether they are lines of a list, and in order.

        Raises:
            NotAList: they are not, or there is no file.
        """
        with self._opened() as file:
            size = _size(file)
            places = set()
            for place in range(PLACES):
                begins = _line_from(file, size * place // PLACES)
                places |= {begins, _line_from(file, begins + 1)}
            digests = [_digest_at(file, begins) for begins in sorted(places) if begins < size]
        if not digests:
            raise NotAList(f"{self.path} is empty.")
        if digests != sorted(digests):
            raise NotAList(f"{self.path} is not sorted by its hashes.")

    def _opened(self) -> IO[bytes]:
        if not self.path.is_file():
            raise NotAList(f"There is no file {self.path}.")
        try:
            return self.path.open("rb")
        except OSError as problem:
            raise NotAList(f"{self.path} cannot be read: {problem.strerror}.") from problem


def _size(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def _found(file: IO[bytes], wanted: bytes, *, high: int) -> bool:
    """By halves. ``low`` is always the beginning of a line; the line, if there is one, begins before ``high``."""
    low = 0
    while low < high:
        middle = (low + high) // 2
        begins = _line_from(file, middle)
        if begins >= high:
            high = middle
            continue
        digest = _digest_at(file, begins)
        if digest == wanted:
            return True
        if digest < wanted:
            low = file.tell()
        else:
            high = middle
    return False


def _line_from(file: IO[bytes], offset: int) -> int:
    """Where the first line begins that begins at ``offset`` or after it."""
    if offset == 0:
        return 0
    file.seek(offset - 1)
    _line(file)
    return file.tell()


def _digest_at(file: IO[bytes], begins: int) -> bytes:
    file.seek(begins)
    line = LINE.fullmatch(_line(file))
    if line is None:
        raise NotAList(f"{file.name} has no SHA-1 and count at byte {begins:,}.")
    return line[1].upper()


def _line(file: IO[bytes]) -> bytes:
    """The rest of this line: of a file that has no ends of lines never more than a few bytes."""
    line = file.readline(LONGEST + 1)
    if len(line) > LONGEST:
        raise NotAList(f"{file.name} has lines that are too long for a SHA-1 and a count.")
    return line


class NotStolen:
    """Refuses what is on the list of the setting STOLEN_PASSWORDS_FILE; nothing where none is given.

    A list that has gone since the portal started refuses every new password: better none than a stolen one.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError, with what to do instead."""
        if not settings.STOLEN_PASSWORDS_FILE:
            return
        try:
            is_stolen = StolenPasswords(settings.STOLEN_PASSWORDS_FILE).holds(password)
        except (NotAList, OSError) as problem:
            log.error("Stolen passwords cannot be looked up. %s", problem)
            raise ValidationError(CANNOT_TELL, code="password_not_looked_up") from None
        if is_stolen:
            raise ValidationError(STOLEN, code="password_stolen")

    def get_help_text(self) -> str:
        # Shown with and without a list, so it is advice and no promise.
        return "Use it for nothing else: what is stolen from another service is tried here."
