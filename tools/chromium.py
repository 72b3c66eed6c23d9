"""Print the path of a Chromium for the browser tests; install it when this is root on a Debian-like system."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


def install() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            "The tests need a browser and found no Chromium: install it (Debian and Ubuntu: sudo apt-get install chromium;"
            " Fedora: sudo dnf install chromium), or set CHROMIUM to the path of one."
        )
    print("Installing Chromium with apt-get…", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        result = subprocess.run(
            ["apt-get", *words], env=environment, stdout=sys.stderr, check=False
        )
        if result.returncode:
            sys.exit("Chromium could not be installed; what apt-get said is above.")


def main() -> None:
    path = find()
    if path is None:
        install()
        path = find()
    if path is None:
        sys.exit(
            "Chromium was installed but does not start: set CHROMIUM to the path of a browser that does."
        )
    print(path)


if __name__ == "__main__":
    main()
