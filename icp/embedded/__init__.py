"""PostgreSQL and Valkey from wheels, supervised: the demonstration's and the tests' services.

Standard library only. Production uses servers of its own and none of this (docs/production.md).
"""

from .addresses import broker_url, cache_url, database_settings
from .errors import EmbeddedError
from .places import state_dir
from .supervisor import Handle, ensure_running, running

__all__ = [
    "EmbeddedError",
    "Handle",
    "broker_url",
    "cache_url",
    "database_settings",
    "ensure_running",
    "running",
    "state_dir",
]
