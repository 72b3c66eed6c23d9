"""A place in the middle of its month, as the monthly cycle's tests have it."""

from tests.integration.cycle.conftest import world

__all__ = ["world"]
