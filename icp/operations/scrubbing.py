"""What never enters a log: addresses of people, secrets, and what was typed into an address line."""

import re

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMES = (
    r"(?:[\w-]*(?:password|passwd|secret|token|sessionid|cookie|authorization|api[_-]?key)[\w-]*)"
)


def _unless_uuid(found: re.Match[str]) -> str:
    """A long word of letters and digits is a token of some kind, unless it is a task's id."""
    word = found.group()
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    return "[secret]" if mixed and not _UUID.fullmatch(word) else word


# In this order: an address with a password in it is no e-mail address, and a secret may hold an @.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=://)[^/\s@]+@"), "[secret]@"),
    # PostgreSQL says which value broke a rule; values are what people typed.
    (re.compile(r"(DETAIL|CONTEXT|STATEMENT|HINT):[^\n]*"), r"\1: [left out]"),
    (re.compile(r"\b(Bearer|Basic|Token)\s+[\w.~+/=:-]{6,}"), r"\1 [secret]"),
    (
        re.compile(rf"""({_NAMES})(["']?\s*[:=]\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s,;)}}&\]]+)""", re.I),
        r"\1\2[secret]",
    ),
    (re.compile(r"(?<=[\w/])\?[^\s'\"<>)]+"), "?[query]"),
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
)
_LONG = re.compile(r"(?<![\w-])[\w-]{32,}(?![\w-])", re.ASCII)


def scrubbed(text: str) -> str:
    """``text`` without e-mail addresses, secrets, query strings, and the values in a database's complaint."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return _LONG.sub(_unless_uuid, text)
