"""One apostrophe in front of text that a spreadsheet might run as a formula, and its removal.

Excel and others run a cell of a CSV file that starts with ``= + - @``, a tab or a carriage return; some pass over
what cannot be seen in front of the sign, and take a full-width sign for it. A text that starts so, after any
apostrophes of its own, gets one more; the reader removes exactly one. Counting the
text's own apostrophes in is what makes every text come back as it was: ``=1`` travels as ``'=1``, and ``'=1``
as ``''=1``.
"""

import re

MARK = "'"
# Signs that begin a formula, as wide and small ones too: a spreadsheet set to an East Asian language takes them alike.
SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# What nobody sees in front of them: every format character (category Cf) and the other characters that Unicode
# lets a program leave out (Default_Ignorable_Code_Point), and control characters.
UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    r"\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
RUNS = re.compile(rf"'*(?:[\t\r\n]|[{UNSEEN}]*[{SIGNS}])")

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
