"""One apostrophe in front of text that a spreadsheet might run as a formula, and its removal.

Excel and others run a cell of a CSV file that starts with ``= + - @``, a tab or a carriage return. A text
that starts so, after any apostrophes of its own, gets one more; the reader removes exactly one. Counting the
text's own apostrophes in is what makes every text come back as it was: ``=1`` travels as ``'=1``, and ``'=1``
as ``''=1``.
"""

import re

MARK = "'"
RUNS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@])")

LINE_ENDS = re.compile("\r\n|[\r\v\f]")
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def mark(text: str) -> str:
    """``text`` as it may stand in an exported cell."""
    return MARK + text if RUNS.match(text) else text


def unmark(text: str) -> str:
    """``text`` as it was before :func:`mark`."""
    return text[1:] if text.startswith(MARK) and RUNS.match(text, 1) else text


def tidy(text: str) -> str:
    """``text`` with ``\\n`` line ends and without what neither XML nor the database can hold."""
    return UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text))
