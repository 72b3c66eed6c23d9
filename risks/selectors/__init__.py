"""Reads of the registers; they never write."""

from risks.selectors.settings import lines_of, rules_of

__all__ = ["lines_of", "rules_of"]
