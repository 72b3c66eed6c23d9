"""The annex: every acronym used in this very report, and those that the glossary lacks."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:&[A-Z][A-Za-z0-9]*)?")
CAPITALS = re.compile(r"[A-Z][A-Z0-9]*(?:&[A-Z0-9]+)?")
ROMAN = re.compile(r"[IVX]+")
# Shorter ones are more often acronyms that look like a word, such as SEND or ACE.
WORD_IN_CAPITALS = 5

# Capitals that are not acronyms of the place: words of this portal and of everyday English.
NOT_ACRONYMS = frozenset({"RAG", "TBC", "OK", "AM", "PM", "UK", "PDF", "CSV", "ID", "NB", "FAQ"})

# Not prose: codes, dates and closed words.
NOT_READ = frozenset(
    {
        "annex", "as_at", "schema", "place_slug", "key", "starts_on", "ends_on", "kind", "plan_id",
        "programme", "code", "parent", "start", "finish", "forecast", "actual", "rag", "rag_source",
        "rag_last", "rag_this", "plan_start", "plan_finish", "declared_duration",
        "reason_shared_with", "narrowed_to",
    }
)  # fmt: skip


def annex(content: Mapping[str, Any], *, glossary: Mapping[str, str]) -> dict[str, Any]:
    """Acronyms of ``content``: used, with their expansion, and lacking from ``glossary``, each in order.

    An acronym counts as a whole word, with or without a plural s. Not lacking are a programme's own code
    (the report names the programme), and a longer word in capitals that the report writes in small letters too.
    """
    words = {word for text in texts(content) for word in WORD.findall(text)}
    # SROs speaks of an SRO.
    known = {word for word in words if word in glossary}
    known |= {word[:-1] for word in words if word.endswith("s") and word[:-1] in glossary}
    codes = {programme["code"] for programme in content.get("programmes", [])}
    return {
        "used": [
            {"acronym": word, "expansion": glossary[word]} for word in sorted(known, key=_order)
        ],
        "lacking": sorted(_lacking(words, explained=codes | set(glossary)), key=_order),
    }


def _lacking(words: set[str], *, explained: set[str]) -> set[str]:
    found = set()
    written_small = {word.lower() for word in words if not word.isupper()}
    for word in words:
        bare = word[:-1] if word.endswith("s") else word
        letters = sum(character.isalpha() for character in bare)
        if (
            CAPITALS.fullmatch(bare)
            and letters > 1
            and bare not in explained
            and bare not in NOT_ACRONYMS
            and not (len(bare) >= WORD_IN_CAPITALS and bare.lower() in written_small)
            and not ROMAN.fullmatch(bare)
        ):
            found.add(bare)
    return found


def texts(value: Any) -> Iterator[str]:
    """Every piece of prose in a report's content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in NOT_READ:
                yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def _order(word: str) -> tuple[str, str]:
    return (word.casefold(), word)
