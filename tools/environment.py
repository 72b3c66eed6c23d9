"""Make .venv and install the locked libraries into it; nothing happens when that is already so.

Run by whatever `python3` the machine has: it must be readable by old Pythons (so no new syntax here), and use
the standard library only.

usage: python3 tools/environment.py [--dev]
"""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from typing import Callable, Dict, List, NoReturn, Optional, Tuple

OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
NEEDED_MB = 700
FOLDER = ".venv"
PYTHON = os.path.join(FOLDER, "bin", "python")
UV_LOCK = os.path.join(FOLDER, "uv.lock")
# What pip is told of where packages come from, in its variables and in pip.conf: uv's word for it, and what uv has
# between several.
UV_SETTINGS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "cert": ("SSL_CERT_FILE", " "),
}
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


def fail(sentence: str) -> NoReturn:
    sys.exit(sentence)


def use_new_enough_python() -> None:
    """Go on as a newer Python if this one is too old and the machine has another."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        path = shutil.which(name)
        if (
            path
            and subprocess.call([path, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL)
            == 0
        ):
            os.execv(path, [path] + sys.argv)
    fail(
        "Python 3.11 or newer is needed and python3 here is %d.%d: install a newer one"
        " (Debian 12 or Ubuntu 24.04 and later have it: apt-get install python3 python3-venv),"
        " or name one with make PYTHON=/path/to/python3.12 run." % sys.version_info[:2]
    )


def check_venv() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail(
            "This Python (%s) cannot make virtual environments: install its venv package"
            " (Debian and Ubuntu: apt-get install python3-venv), then run make again."
            % sys.executable
        )


def check_space() -> None:
    free = shutil.disk_usage(".").free // 1000000
    if free < NEEDED_MB:
        fail(
            "The disk here has %d MB free and the libraries need %d MB: free some space, then run make again."
            % (free, NEEDED_MB)
        )


def works() -> bool:
    """Whether .venv is whole: a run that was interrupted leaves half of one."""
    if not os.path.exists(PYTHON):
        return False
    test = "import pip, sys; sys.exit(sys.version_info < (%d, %d))" % OLDEST
    return subprocess.call([PYTHON, "-c", test], stderr=subprocess.DEVNULL) == 0


def digest(lock: str) -> str:
    with open(lock, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def stamp(kind: str) -> str:
    return os.path.join(FOLDER, ".installed-" + LOCKS[kind])


def is_installed(kind: str) -> bool:
    try:
        with open(stamp(kind)) as file:
            return file.read() == digest(LOCKS[kind])
    except OSError:
        return False


def environment() -> Dict[str, str]:
    """This process's, without settings of the person's own pip that would install elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH")
    }


def for_uv(configuration: str) -> Dict[str, str]:
    """What `pip config list` says of where packages come from, as the variables that uv reads.

    Lines such as ``global.find-links='one two'``; the last of a name counts, as for pip.
    """
    found = {}
    for line in configuration.splitlines():
        name, _, value = line.partition("=")
        scope, _, name = name.rpartition(".")
        if name in UV_SETTINGS and scope in ("global", "install", ":env:"):
            variable, between = UV_SETTINGS[name]
            found[variable] = between.join(ast.literal_eval(value).split())
    return found


def run(command: List[str], more: Optional[Dict[str, str]] = None) -> Tuple[bool, str]:
    """Whether it succeeded, and what it said; ``more`` are variables that are not set already."""
    variables = dict(more or {}, **environment())
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=variables
    )
    output = process.communicate()[0].decode("utf-8", "replace")
    return process.returncode == 0, output


def step(words: str, work: Callable[[], Tuple[bool, str]], advice: str) -> None:
    """Do the work, saying what and how long; its output is shown only when it fails."""
    began = time.time()
    sys.stdout.write(words + "… ")
    sys.stdout.flush()
    succeeded, output = work()
    if not succeeded:
        print("failed")
        print("\n".join("    " + line for line in output.strip().splitlines()[-15:]))
        if "No space left on device" in output:
            advice = "The disk is full: free some space, then run make again."
        fail(advice)
    print("done in %.0f s" % (time.time() - began))


def pip_install(*words: str) -> Tuple[bool, str]:
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    return run(command + ["--quiet", "--no-compile", "--require-hashes"] + list(words))


def write_uv_lock() -> None:
    """The lines of uv itself, out of the lock that has it."""
    with open(LOCKS["dev"]) as file:
        entries = re.split(r"(?m)^(?=[a-z])", file.read())
    with open(UV_LOCK, "w") as file:
        file.writelines(entry for entry in entries if entry.startswith("uv=="))


def install(lock: str) -> Tuple[bool, str]:
    """By uv, which takes a fifth of pip's time and compiles on every processor; by pip where uv cannot."""
    write_uv_lock()
    if pip_install("-r", UV_LOCK)[0]:
        known = for_uv(run([PYTHON, "-m", "pip", "config", "list"])[1])
        uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
        # From any of the places, as pip does: the hashes say which file it must be.
        uv += ["--index-strategy", "unsafe-best-match", "--compile-bytecode", "--require-hashes"]
        if run(uv + ["-r", lock], known)[0]:
            return True, ""
    succeeded, output = pip_install("-r", lock)
    if succeeded:
        compile_libraries()
    return succeeded, output


def compile_libraries() -> None:
    """Python's own first-use work, done now on every processor; pip would do it on one."""
    command = [PYTHON, "-m", "compileall", "-q", "-j", "0", os.path.join(FOLDER, "lib")]
    # Libraries carry a few templates that are no Python; their complaints tell nothing.
    run(command)


def main(arguments: List[str]) -> None:
    use_new_enough_python()
    kind = "dev" if "--dev" in arguments else "run"
    if works() and (is_installed(kind) or is_installed("dev")):
        return
    check_space()
    if not works():
        check_venv()
        step(
            "Making a virtual environment in .venv",
            lambda: run([sys.executable, "-m", "venv", "--clear", FOLDER]),
            "The virtual environment could not be made; what Python said is above.",
        )
    purpose = "to run the portal" if kind == "run" else "to run and to test the portal"
    step(
        "Installing the libraries %s (once; from nothing it takes a minute)" % purpose,
        lambda: install(LOCKS[kind]),
        "The libraries could not be installed; what the installer said is above. Is this machine connected to the network?",
    )
    with open(stamp(kind), "w") as file:
        file.write(digest(LOCKS[kind]))


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
