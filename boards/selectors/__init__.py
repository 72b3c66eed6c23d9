"""Reads for the reports. Never writes; told the period; starts from what the caller may see."""

from boards.selectors.content import content_of, preview
from boards.selectors.facts import gather, glossary_of

__all__ = ["content_of", "gather", "glossary_of", "preview"]
