"""The launcher's checks and its way of stopping."""

import os
import signal
import socket
import time

import pytest

from icp.embedded import EmbeddedError
from icp.embedded.demonstration import children_for, port_from_environment
from icp.embedded.stopping import Stop, StopSignals


def test_a_taken_port_is_named_with_the_variable_that_chooses_another(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(EmbeddedError) as error:
            port_from_environment(check_free=True)
    assert f"Port {port} is taken" in error.value.message
    assert "PORT=" in error.value.message


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80 80", "٣"])
def test_nonsense_for_a_port_is_refused(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(EmbeddedError, match="from 1 to 65535"):
        port_from_environment()


def test_the_pages_are_served_to_this_machine_only(tmp_path):
    children = children_for(state=tmp_path, port=8123, with_beat=True)
    web = next(child for child in children if child.slug == "web")
    assert "127.0.0.1:8123" in web.command
    assert {child.environment["ICP_DATABASE_ROLE"] for child in children} == {"app"}


def test_the_timer_can_be_left_out(tmp_path):
    slugs = [child.slug for child in children_for(state=tmp_path, port=1, with_beat=False)]
    assert slugs == ["web", "worker"]


@pytest.fixture
def signals():
    kept = {
        number: signal.getsignal(number)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # Tests may have been begun by nohup.
    yield StopSignals()
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_interrupts_only_where_it_does_no_harm(signals, number):
    os.kill(os.getpid(), number)
    with pytest.raises(Stop), signals.interruptible():
        raise AssertionError("Stop comes before the work.")


def test_a_second_signal_interrupts_the_stopping(signals):
    os.kill(os.getpid(), signal.SIGINT)
    with signals.interruptible(again=True):
        pass
    with pytest.raises(Stop), signals.interruptible(again=True):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)
