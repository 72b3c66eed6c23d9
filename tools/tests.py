"""Every test, in two halves side by side: each has a database and a broker of its own, and one of two cores.

The first half runs before your eyes; what the second said is printed when both are done. What is asked for
by name (``make test ARGS=tests/unit``) runs by itself.
"""

import os
import signal
import subprocess
import sys
import tempfile

# Those in a browser and with services of their own, and as many more as make the halves about as long.
SECOND = (
    "tests/functional",
    "tests/integration/accounts",
    "tests/integration/embedded",
    "tests/integration/faults",
    "tests/integration/hostile",
    "tests/integration/operations",
    "tests/integration/personal",
    "tests/integration/security",
)
PYTEST = [sys.executable, "-m", "pytest", "-m", "not soak"]


def main(asked: list[str]) -> int:
    """The exit code: 0 when every test of both halves passed."""
    if asked:
        return subprocess.run([*PYTEST, *asked]).returncode
    # Whoever ends this ends both halves: Python passes on an interrupt, and nothing else, by itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    others = [f"--ignore={path}" for path in SECOND]
    with tempfile.TemporaryFile("w+") as said:
        print("The tests run in two halves at once; this is the one without a browser.", flush=True)
        second = subprocess.Popen(
            [*PYTEST, *SECOND], stdout=said, stderr=subprocess.STDOUT, env=_apart("2")
        )
        first = subprocess.Popen([*PYTEST, *others], env=_apart("1"))
        try:
            code = first.wait()
            if second.poll() is None:
                print("Waiting for the half with a browser…", flush=True)
            return _either(code, second.wait(), said)
        finally:
            for half in (first, second):
                if half.poll() is None:
                    half.terminate()
                    half.wait()


def _either(first: int, second: int, said) -> int:  # noqa: ANN001
    said.seek(0)
    sys.stdout.write(said.read())
    sys.stdout.flush()
    for name, code in (("without", first), ("with", second)):
        if code:
            print(f"The half {name} a browser did not pass.")
    return first or second


def _apart(half: str) -> dict[str, str]:
    """The environment, with a folder of its own for the half's services."""
    return {**os.environ, "ICP_STATE": f"{os.environ.get('ICP_STATE', '.state-test')}-{half}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
