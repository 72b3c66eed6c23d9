"""A terminal that is closed under a run leaves no process behind, whoever leads its session."""

import os
import pty
import signal
import sys

import pytest

from icp.embedded.locks import wait_until_free

RUN = """
import time
from icp import embedded
from icp.embedded.stopping import Stop, StopSignals
signals = StopSignals()
with embedded.running():
    print("up", flush=True)
    try:
        with signals.interruptible():
            time.sleep(600)
    except Stop:
        pass
"""
# As `make` does: told that the terminal is closed, it waits for its command to end and does not pass it on.
LEADER = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda number, frame: None)
subprocess.run([sys.executable, "-c", sys.argv[1]])
"""


@pytest.mark.parametrize("words", [[RUN], [LEADER, RUN]], ids=["leader itself", "led by another"])
def test_closing_the_terminal_ends_the_run_and_its_services(state, words):
    pid, terminal = pty.fork()
    if pid == 0:
        # Tests that nohup began would pass on that they hear none.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-c", *words])
    said = b""
    while b"up" not in said:
        said += os.read(terminal, 1024)
    os.close(terminal)
    os.waitpid(pid, 0)
    assert wait_until_free(state / "postgres.lock", 30)
    assert wait_until_free(state / "broker.lock", 30)
