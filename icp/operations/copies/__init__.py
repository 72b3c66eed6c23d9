"""One archive of all the portal holds, and the way back.

The archive is a ZIP file that any tool opens: ``database.dump`` (pg_dump's custom format), ``files/…`` and
``manifest.json``. Its comment is the SHA-256 of everything before it, so a single changed byte is noticed.
"""

from icp.operations.copies.errors import CannotCopy
from icp.operations.copies.making import make_copy
from icp.operations.copies.restoring import check_copy, restore_copy

__all__ = ["CannotCopy", "check_copy", "make_copy", "restore_copy"]
