"""Check that both locks answer pyproject.toml: every need met, every line hashed, no address of a registry."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<rest>[^\\]*)\\?$")


def pins(lock: Path) -> dict[str, set[str]]:
    """Versions by canonical name. A universal lock may hold two, for different Pythons."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text().splitlines():
        if match := PIN.match(line):
            found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return found


def complaints(lock: Path, needs: list[str]) -> list[str]:
    """Sentences about what is wrong with one lock."""
    text, found = lock.read_text(), pins(lock)
    wrong = []
    if "://" in text or "--index-url" in text or "--find-links" in text:
        wrong.append(f"{lock.name} holds an address; it must hold names, versions and hashes only.")
    blocks = re.split(r"\n(?=\S)", text.strip())
    wrong += [
        f"{lock.name}: no hash for {block.split()[0]}."
        for block in blocks
        if not block.startswith("#") and "--hash=sha256:" not in block
    ]
    for need in map(Requirement, needs):
        versions = found.get(canonicalize_name(need.name), set())
        if not any(need.specifier.contains(version, prereleases=True) for version in versions):
            have = ", ".join(sorted(versions)) or "nothing"
            wrong.append(f"{lock.name} has {have} for {need}: run make lock.")
    return wrong


def main() -> int:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    run, dev = Path("requirements.lock"), Path("requirements-dev.lock")
    needs = project["dependencies"]
    wrong = complaints(run, needs)
    wrong += complaints(dev, needs + project["optional-dependencies"]["dev"])
    tested = pins(dev)
    wrong += [
        f"{name} is {', '.join(versions)} in {run.name} but not in {dev.name}: run make lock."
        for name, versions in pins(run).items()
        if not versions <= tested.get(name, set())
    ]
    print("\n".join(wrong) or "Both locks answer pyproject.toml.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
