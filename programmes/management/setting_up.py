"""Reading what a new place is to be: from options, or by asking on a terminal."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from icp.common.words import EARLIEST, LATEST, plural, quoted, sentence_list
from programmes.models import Place
from programmes.services.setup import Body, NamedFile, Wanted

MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST_FILE = 10 * 1024 * 1024
YES, NO = {"yes", "y"}, {"no", "n"}


class NotUnderstood(ValueError):
    """The text is not what was asked for. ``str()`` says what to write."""


def read_words(text: str) -> str:
    """A name: one line, not empty."""
    words = " ".join(text.split())
    if not words or not words.isprintable() or len(words) > 150:
        raise NotUnderstood("Write a name of up to 150 characters.")
    return words


def read_slug(text: str) -> str:
    """What stands for the place in addresses."""
    if not SLUG.fullmatch(text) or len(text) > 80:
        raise NotUnderstood(
            f"{quoted(text)} cannot stand in an address. Use small letters, digits and hyphens: city-and-hackney."
        )
    return text


def read_email(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise NotUnderstood(
            f"{quoted(text)} is not an e-mail address. Write one like post@example.org."
        ) from None
    return address


def read_number(text: str, *, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= most):
        raise NotUnderstood(f"Write a whole number from 0 to {most}.")
    return int(text)


def read_tolerance(text: str) -> int:
    return read_number(text, most=24)


def read_due_days(text: str) -> int:
    return read_number(text, most=20)


def read_holidays(text: str) -> str:
    if text not in Place.Holidays.values:
        raise NotUnderstood(f"Write one of: {', '.join(Place.Holidays.values)}.")
    return text


def read_reminder_days(text: str) -> tuple[int, ...]:
    """5, 2 and 0: days before the return is due, the earliest first; none is no reminder."""
    if text.strip().lower() == "none":
        return ()
    try:
        days = {read_number(part.strip(), most=60) for part in text.split(",")}
    except NotUnderstood:
        raise NotUnderstood(
            "Write days before the return is due, with commas between, such as 5,2,0. Or none."
        ) from None
    return tuple(sorted(days, reverse=True))


def read_month(text: str) -> date:
    """2026-12 as its first day."""
    found = MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not EARLIEST <= int(found[1]) < LATEST:
        raise NotUnderstood(f"{quoted(text)} is not a month. Write it like 2026-12.")
    return date(int(found[1]), int(found[2]), 1)


def read_body(text: str) -> Body:
    """AOG=Accountable Officers Group"""
    short, sign, name = (part.strip() for part in text.partition("="))
    if not short or not sign or not name or len(short) > 40 or len(name) > 200:
        raise NotUnderstood(
            f"{quoted(text)}: write its short name, an equals sign and its name, "
            "such as AOG=Accountable Officers Group."
        )
    if not slugify(short):
        raise NotUnderstood(f"{quoted(short)}: a short name needs letters or digits.")
    return Body(short_name=short, name=name)


def read_file(text: str) -> NamedFile:
    path = Path(text).expanduser()
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NotUnderstood(f"{path} is larger than {LARGEST_FILE // 1024 // 1024} MB.")
        return NamedFile(path.name, path.read_bytes())
    except OSError as problem:
        raise NotUnderstood(f"{path} cannot be read: {problem.strerror}.") from None


def read_yes(text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise NotUnderstood("Write yes or no.")
    return word in YES


def slug_of(name: str) -> str:
    """City & Hackney: city-and-hackney"""
    return slugify(name.replace("&", " and "))[:80].strip("-")


def option(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """``read`` as an option's type: what it says of a bad value is what the person reads."""

    def typed(text: str) -> Any:
        try:
            return read(text)
        except NotUnderstood as problem:
            raise ArgumentTypeError(str(problem)) from None

    return typed


class Questions:
    """Asks on a terminal until the answer can be read."""

    def __init__(self, say: Callable[[str], Any], answer: Callable[[], str]) -> None:
        """``say`` writes a text as it is, without a line's end; ``answer`` waits for a line."""
        self.say = say
        self.answer = answer

    def ask(self, question: str, read: Callable[[str], Any], default: str | None = None) -> Any:
        """The answer, read. With ``default``, pressing Enter takes it; "" stands for nothing."""
        shown = f" [{default}]" if default else " (Enter: none)" if default == "" else ""
        while True:
            self.say(f"{question}{shown}: ")
            text = self.answer().strip()
            if not text and default is not None:
                return read(default) if default else None
            try:
                return read(text)
            except NotUnderstood as problem:
                self.say(f"  {problem}\n")

    def ask_several(self, question: str, read: Callable[[str], Any]) -> list[Any]:
        """One answer a line, until an empty one."""
        found = []
        while (one := self.ask(question, read, default="")) is not None:
            found.append(one)
            question = "  Another"
        return found


def ask_place(questions: Questions) -> tuple[str, str]:
    """The place's name and what stands for it in addresses."""
    name = questions.ask("Name of the place, such as City & Hackney", read_words)
    slug = questions.ask("Its short name in addresses", read_slug, slug_of(name) or None)
    return name, slug


def ask_the_rest(questions: Questions, *, name: str, slug: str) -> Wanted:
    """All that a place needs besides its name, with what most places choose offered first."""
    ask = questions.ask
    return Wanted(
        name=name,
        slug=slug,
        system=ask("The system it belongs to, such as North East London", read_words),
        administrator_email=ask("E-mail address of its first administrator", read_email),
        administrator_name=ask("Their name, as colleagues see it", read_words, "Administrator"),
        administrator_is_office=ask("Are they its programme office too?", read_yes, "yes"),
        tolerance_months=ask("Slip is red beyond how many months?", read_tolerance, "2"),
        holidays=ask("Bank holidays (none, england)", read_holidays, "england"),
        return_due_working_days=ask(
            "Returns are due how many working days after a month ends?", read_due_days, "1"
        ),
        reminder_days=ask("Reminders go out how many days before?", read_reminder_days, "5,2,0"),
        organisations=tuple(questions.ask_several("A partner organisation, SHORT=Name", read_body)),
        boards=tuple(questions.ask_several("A board, SHORT=Name", read_body)),
        programmes=ask("File of its programmes", read_file, ""),
        plan=ask("File of their plan", read_file, ""),
        people=ask("File of its people", read_file, ""),
        first_month=ask("First month to report on, such as 2026-12", read_month, ""),
    )


def in_words(wanted: Wanted) -> list[str]:
    """What is about to be made, a line each."""
    also = " and programme office" if wanted.administrator_is_office else ""
    lines = [
        f"Place: {wanted.name} ({wanted.slug}), in {wanted.system}",
        f"Administrator{also}: {wanted.administrator_name}, {wanted.administrator_email}",
        f"Red beyond {plural(wanted.tolerance_months, 'month')}; bank holidays: {wanted.holidays}; "
        f"returns due after {plural(wanted.return_due_working_days, 'working day')}",
    ]
    for noun, bodies in (("Organisations", wanted.organisations), ("Boards", wanted.boards)):
        if bodies:
            lines.append(f"{noun}: {sentence_list([body.short_name for body in bodies])}")
    files = [file.name for file in (wanted.programmes, wanted.plan, wanted.people) if file]
    if files:
        lines.append(f"Files: {sentence_list(files)}")
    if wanted.first_month:
        lines.append(f"First month: {wanted.first_month:%Y-%m}")
    return lines
