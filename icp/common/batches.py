"""Many things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

One = TypeVar("One")


def in_batches(entries: Iterable[One], size: int) -> Iterator[list[One]]:
    """``size`` of them, then as many again, the last with what is left: each entry is looked at once."""
    remaining = iter(entries)
    while batch := list(islice(remaining, size)):
        yield batch
