"""Files that lie outside the database: into an archive, and back."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from icp.operations.copies.manifest import FILES

# Beside the files, so that putting them in place is a renaming.
DRAFT, OLD = ".restoring", ".replaced"


def folders() -> dict[str, Path]:
    """Every folder in which the portal keeps files, by its name in an archive."""
    return {"media": Path(settings.MEDIA_ROOT)} if settings.MEDIA_ROOT else {}


def stored_files() -> Iterator[tuple[str, Path]]:
    """(name in the archive, path), in order. Links are not followed."""
    for name, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            if path.is_file() and not path.is_symlink() and relative.parts[0] not in (DRAFT, OLD):
                yield f"{FILES}{name}/{relative.as_posix()}", path


def are_empty() -> bool:
    return next(stored_files(), None) is None


def draft_path(member: str) -> Path | None:
    """Where the file of that name is put first; None when this portal keeps no such folder."""
    name, _, relative = member.removeprefix(FILES).partition("/")
    folder = folders().get(name)
    return folder / DRAFT / relative if folder else None


def clear_drafts() -> None:
    for folder in folders().values():
        shutil.rmtree(folder / DRAFT, ignore_errors=True)


def put_in_place() -> None:
    """The drafts become the files, and what was there goes. The folder itself stays: it may be a mount."""
    for folder in folders().values():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / OLD, ignore_errors=True)
        (folder / OLD).mkdir()
        for entry in list(folder.iterdir()):
            if entry.name not in (DRAFT, OLD):
                os.replace(entry, folder / OLD / entry.name)
        if (folder / DRAFT).is_dir():
            for entry in list((folder / DRAFT).iterdir()):
                os.replace(entry, folder / entry.name)
        shutil.rmtree(folder / OLD)
        clear_drafts()
