"""How a programme stands where its rows are printed: dates that are not final, a return that is missing."""

from dataclasses import dataclass

from boards.rules.printed import Content, has_layout
from icp.common.words import plural, sentence_list


@dataclass(frozen=True)
class Note:
    """``state`` picks the colour of its tag, ``text`` is what it says."""

    state: str
    text: str


def notes_by_programme(content: Content) -> dict[str, list[Note]]:
    """By programme's code, what is to be said wherever the programme is printed; from layout 2 on."""
    if not has_layout(content, 2):
        return {}
    missing = {found["programme"] for found in content["missing_returns"]}
    return {
        programme["code"]: _notes(programme, missing=programme["code"] in missing)
        for programme in content["programmes"]
    }


def _notes(programme: Content, *, missing: bool) -> list[Note]:
    found = []
    if programme["state"] != "live":
        found.append(Note(programme["state"], sentence(programme["state"])))
    if missing:
        found.append(Note("missing", "Return missing"))
    elif programme["return_state"] == "submitted":
        found.append(Note("due", "Return not signed off"))
    return found


def sentence(words: str) -> str:
    """With a capital at its beginning, and those that are in it kept: Dates subject to SRO approval."""
    return words[:1].upper() + words[1:]


def in_words(notes: list[Note]) -> str:
    """Dates subject to review; return missing"""
    words = "; ".join(note.text for note in notes)
    return words[:1] + words[1:].replace("; Return", "; return")


def unsigned_words(content: Content) -> str:
    """Which returns were handed in and never signed off; nothing where there is none. From layout 2 on."""
    if not has_layout(content, 2):
        return ""
    names = [one["name"] for one in content["programmes"] if one["return_state"] == "submitted"]
    if not names:
        return ""
    verb = "was" if len(names) == 1 else "were"
    returns = plural(len(names), "return")
    return f"{returns} {verb} handed in and never signed off: {sentence_list(names)}."
