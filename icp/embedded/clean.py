"""``make clean``: remove the demonstration's data, unless something still uses it."""

import os
import shutil
import sys

from .errors import EmbeddedError
from .locks import open_lock, try_lock
from .places import REPOSITORY, socket_dir, state_dir
from .supervisor import stop_leftovers


def main() -> int:
    """The exit code: 1, with a sentence, when a run or a command still uses the data."""
    state = state_dir()
    if not state.exists():
        return 0
    if not (state / "lease.lock").exists() and any(state.iterdir()):
        print(f"{state} is no folder of the demonstration: nothing was removed.", file=sys.stderr)
        return 1
    lease = open_lock(state / "lease.lock")
    try:
        if not try_lock(lease, exclusive=True):
            print(
                "The demonstration is running: stop it first, then run make clean.", file=sys.stderr
            )
            return 1
        stop_leftovers(state)
        sockets = socket_dir(state)
        shutil.rmtree(state)
        shutil.rmtree(sockets, ignore_errors=True)
    except (EmbeddedError, OSError) as error:
        print(f"Not all could be removed: {error}", file=sys.stderr)
        return 1
    finally:
        os.close(lease)
    where = state.relative_to(REPOSITORY) if state.is_relative_to(REPOSITORY) else state
    print(f"Removed the demonstration's data in {where}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
