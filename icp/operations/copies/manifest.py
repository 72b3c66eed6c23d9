"""What an archive says of itself, and whether this version of the portal can take it."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from icp.operations.copies.errors import CannotCopy

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database.dump"
FILES = "files/"

_TABLE = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True)
class Member:
    """One member of the archive: its size in bytes, and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """``made_at`` in ISO form; ``migrations`` as ``app.name``; ``rows`` by table; ``members`` by name."""

    format: int
    portal_version: str
    postgres_version: str
    made_at: str
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    members: Mapping[str, Member]

    @property
    def files(self) -> list[str]:
        return sorted(name for name in self.members if name.startswith(FILES))

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest in ``data``.

    Raises:
        CannotCopy: it is of a newer format, or does not say what it must.
    """
    try:
        found: dict[str, Any] = json.loads(data)
        made_in = int(found["format"])
        if made_in > FORMAT:
            raise CannotCopy(
                f"This copy was made by a newer portal ({found.get('portal_version')}, format {made_in};"
                f" this one reads up to {FORMAT}). Install that version first, then restore."
            )
        manifest = Manifest(
            format=made_in,
            portal_version=str(found["portal_version"]),
            postgres_version=str(found["postgres_version"]),
            made_at=str(found["made_at"]),
            migrations=tuple(found["migrations"]),
            rows={str(table): int(count) for table, count in found["rows"].items()},
            members={name: Member(**one) for name, one in found["members"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CannotCopy("This is no copy of the portal: its manifest cannot be read.") from problem
    _check_names(manifest)
    return manifest


def _check_names(manifest: Manifest) -> None:
    """Names become parts of statements and paths."""
    paths = [name.split("/") for name in manifest.files]
    if not all(_TABLE.fullmatch(table) for table in manifest.rows) or any(
        part in {"", ".", ".."} or "\\" in part or "\x00" in part for path in paths for part in path
    ):
        raise CannotCopy("This is no copy of the portal: its manifest names what cannot be.")


def check_migrations(manifest: Manifest, *, known: Collection[str]) -> None:
    """Refuse a copy whose tables this version does not know.

    Raises:
        CannotCopy: names the first unknown migrations.
    """
    unknown = sorted(set(manifest.migrations) - set(known))
    if unknown:
        raise CannotCopy(
            f"This copy was made by a newer portal ({manifest.portal_version}): it has {len(unknown)} migrations"
            f" that this version does not know ({', '.join(unknown[:3])}). Install that version first, then restore."
        )
