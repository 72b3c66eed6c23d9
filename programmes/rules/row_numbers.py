"""The numbers that people quote rows by: what can be one, and which is free (domain section 2)."""

from collections.abc import Iterable, Iterator

# How long a row's number may be, and with how many digits one still counts for the next.
LONGEST_NUMBER, MOST_DIGITS = 20, 9


def next_number(numbers: Iterable[str]) -> str:
    """The number proposed for a new row: one above the highest there ever was, removed rows' included.

    One of more than :data:`MOST_DIGITS` does not count: nobody could quote what comes after it.
    """
    return next(free_numbers(numbers))


def free_numbers(numbers: Iterable[str]) -> Iterator[str]:
    """Those from :func:`next_number` on, one after the other."""
    used = set(numbers)
    found = highest_number(used)
    while True:
        found += 1
        if str(found) not in used:
            yield str(found)


def highest_number(numbers: Iterable[str]) -> int:
    """The highest of those that are whole numbers of at most :data:`MOST_DIGITS`; 0 for none."""
    return max(
        (int(t) for t in numbers if t.isascii() and t.isdigit() and len(t) <= MOST_DIGITS),
        default=0,
    )


def is_number(text: str) -> bool:
    """Whether a row can be called so: it can be printed, and its page can have an address (no slash, no lone dots)."""
    return (
        0 < len(text) <= LONGEST_NUMBER
        and text.isprintable()
        and "/" not in text
        and text.strip(".") != ""
    )
