"""Ask the public database of weaknesses (PyPI's advisories) about every locked library.

usage: python tools/audit.py

Exit code 1 when one has a known weakness. Where the database cannot be reached there is nothing to ask: then it
says so, names how many libraries were not audited, and ends with 0, since a build without a network must pass.
"""

import json
import subprocess
import sys

LOCKS = ("requirements.lock", "requirements-dev.lock")
PATIENCE = 60  # seconds


def ask(lock: str) -> list[dict]:
    """What pip-audit found of each library; nothing at all when it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        return json.loads(answer.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return []


def main() -> int:
    found: dict[str, dict] = {}
    for lock in LOCKS:
        found |= {one["name"]: one for one in ask(lock)}
        if not found:
            break  # No need to wait for the same silence twice.
    asked = [one for one in found.values() if "skip_reason" not in one]
    weak = [(one["name"], one["version"], weakness) for one in asked for weakness in one["vulns"]]
    for name, version, weakness in weak:
        mended = ", ".join(weakness["fix_versions"]) or "no version yet"
        print(f"{name} {version}: {weakness['id']}, mended in {mended}")
    if weak:
        return 1
    if not asked:
        print("NOT DONE: the database of weaknesses cannot be reached from here")
    elif len(asked) < len(found):
        print(
            f"fine for {len(asked)}; {len(found) - len(asked)} libraries are unknown to the database"
        )
    else:
        print(f"fine for {len(asked)} libraries")
    return 0


if __name__ == "__main__":
    sys.exit(main())
