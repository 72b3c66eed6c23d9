"""A report's whole content, of which every form of it is a rendering, and its checksum."""

from collections.abc import Mapping

from boards.rules import achievements, exceptions, full_plan, look_ahead, now_green
from boards.rules.annex import annex
from boards.rules.facts import Facts, Span
from boards.rules.printed import Content, iso, programme_content
from boards.rules.spans import span_after

SCHEMA = 1
# What a form of the report may show of this content. A report keeps the layout it was built with, so that
# what is published looks the same for ever (docs/adr/0008-layouts-of-a-schema.md).
LAYOUT = 4

# The kinds of report, in the order of the pack: title and what builds the sections.
KINDS = {
    "achievements": ("Achievements", achievements.sections),
    "look-ahead": ("Look ahead", look_ahead.sections),
    "exceptions": ("Exception report", exceptions.sections),
    "now-green": ("Now green", now_green.sections),
    "full-plan": ("Full plan", full_plan.sections),
}


def build(kind: str, facts: Facts, *, narrative: str = "") -> Content:
    """The content of one report (docs/reports.md describes it).

    Raises:
        KeyError: ``kind`` is none of :data:`KINDS`.
    """
    title, sections = KINDS[kind]
    content: Content = {
        "schema": SCHEMA,
        "layout": LAYOUT,
        "place": facts.place,
        "place_slug": facts.place_slug,
        "as_at": iso(facts.as_at),
        "kind": kind,
        "title": f"{title}: {facts.period.name}",
        "period": _span(facts.period),
        "next_period": _span(span_after(facts.period)),
        "missing_returns": [
            {"programme": found.code, "name": found.name, "state": found.return_state}
            for found in facts.programmes
            if not found.handed_in
        ],
        "narrative": narrative,
        "sections": sections(facts),
        "programmes": [programme_content(found, facts) for found in facts.programmes],
    }
    content["annex"] = annex(content, glossary=facts.glossary)
    return content


def with_narrative(content: Content, *, narrative: str, glossary: Mapping[str, str]) -> Content:
    """The content with its narrative, and an annex that covers its words."""
    changed = {**content, "narrative": narrative}
    changed["annex"] = annex(changed, glossary=glossary)
    return changed


def _span(period: Span) -> Content:
    return {
        "key": period.key,
        "name": period.name,
        "starts_on": iso(period.starts_on),
        "ends_on": iso(period.ends_on),
    }
