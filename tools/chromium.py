"""Print the path of a Chromium for the browser tests; install it when this is root on a Debian-like system.

usage: python3 tools/chromium.py [--quickest]

``--quickest`` installs the Chromium without windows beside one with windows; where that cannot be, the other is named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# Without windows it does the same with a third less work: that one first.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# Of Debian; the second where a system does not have the first.
PACKAGES = ("chromium-headless-shell", "chromium")


def works(path: str | None) -> bool:
    """Some systems have a stand-in of that name that only asks to install the real one."""
    if not path:
        return False
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except OSError:
        return False
    return answer.returncode == 0


def find() -> str | None:
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if works(shutil.which(chosen)):
            return shutil.which(chosen)
        sys.exit(
            f"CHROMIUM is set to {chosen}, which is no browser that starts: correct it or unset it."
        )
    for name in NAMES:
        if works(path := shutil.which(name)):
            return path
    return None


def can_install() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt(*words: str) -> bool:
    """Whether apt-get did it; where no archive answers, it says so soon."""
    soon = ["-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *soon, *words]
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    return done.returncode == 0


def install(package: str) -> bool:
    """Whether it is there now; what apt-get knows of packages is brought up to date only if need be."""
    words = ("install", "-y", "--no-install-recommends", package)
    if apt(*words):
        return True
    apt("update")
    return apt(*words)


def install_one() -> None:
    if not can_install():
        sys.exit(
            "The tests need a browser and found no Chromium: install it (Debian and Ubuntu: sudo apt-get install chromium;"
            " Fedora: sudo dnf install chromium), or set CHROMIUM to the path of one."
        )
    print("Installing Chromium with apt-get…", file=sys.stderr)
    if not any(install(package) for package in PACKAGES):
        sys.exit("Chromium could not be installed; what apt-get said is above.")


def main(words: list[str]) -> None:
    path = find()
    if path is None:
        install_one()
        path = find()
    elif words == ["--quickest"] and not os.environ.get("CHROMIUM") and can_install():
        if not shutil.which(PACKAGES[0]) and install(PACKAGES[0]):
            path = find()
    if path is None:
        sys.exit(
            "Chromium was installed but does not start: set CHROMIUM to the path of a browser that does."
        )
    print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
