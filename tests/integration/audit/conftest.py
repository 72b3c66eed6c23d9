from tests.integration.cycle.conftest import world

__all__ = ["world"]
