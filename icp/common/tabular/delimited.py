"""CSV: which encoding, which delimiter, and its rows."""

import codecs
import csv
import io
from collections.abc import Iterator

from icp.common.tabular.reading import REMEDY, RawCell, too_wide, trimmed
from icp.common.tabular.table import Deadline, Limits, TableError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",;\t"
# How much of the text is looked at for the delimiter of its headings.
HEADINGS = 100_000


def csv_rows(
    data: bytes, deadline: Deadline, limits: Limits
) -> Iterator[tuple[int, list[RawCell]]]:
    """Row numbers as a spreadsheet shows them, and cells. Blank lines are counted, not returned.

    Raises:
        TableError: not text, its quotation marks do not match, or it takes too long.
    """
    shown = deadline.shown
    text = decoded(data, shown)
    # A field is bounded by the file's own size, which is already limited.
    csv.field_size_limit(max(csv.field_size_limit(), limits.size))
    lines = _Lines(text, limits)
    reader = csv.reader(lines, delimiter=lines.delimiter, strict=True)
    number = 0
    while True:
        number += 1
        lines.marks = 0
        deadline.check()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise TableError(
                f"{shown} cannot be read at row {number}: its quotation marks do not match. {REMEDY}."
            ) from None
        kept = trimmed(cells, limits)
        if kept:
            yield number, [RawCell(cell) for cell in kept]


class _Lines:
    """The lines of a text, handed to the reader of CSV one by one: it makes all cells of a row at once.

    So the delimiters of a row are counted first (``marks``, set to nought by whoever begins a row), and one that
    could only be as long by millions of cells, or by a cell that is too long itself, is refused unread.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        self.lines = io.StringIO(text, newline="")
        self.delimiter = delimiter(text[:HEADINGS])
        self.limits = limits
        self.marks = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.marks += line.count(self.delimiter)
        if self.marks > self.limits.columns + self.limits.characters:
            raise too_wide(self.limits)
        return line


def decoded(data: bytes, shown: str) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252: what Excel writes in Western Europe.

    Raises:
        TableError: none of these, or a NUL character, which no text file holds.
    """
    marked = next((name for bom, name in BOMS if data.startswith(bom)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise TableError(f"{shown} is not a CSV or Excel file. {REMEDY}.")


def delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab stands most often in the first row, outside quotation marks.

    Comma when none does; the earlier named when two stand equally often.
    """
    counts = dict.fromkeys(DELIMITERS, 0)
    in_quotes = False
    for character in text:
        if character == '"':
            in_quotes = not in_quotes
        elif not in_quotes and character in counts:
            counts[character] += 1
        elif not in_quotes and character in "\r\n":
            break
    return max(DELIMITERS, key=lambda each: (counts[each], -DELIMITERS.index(each)))
