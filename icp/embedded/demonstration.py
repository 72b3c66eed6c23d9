"""What the launcher runs and checks: the port, the static files, the three processes, the first answer."""

import errno
import hashlib
import http.client
import os
import socket
import sys
import time
from pathlib import Path

from .children import Child
from .errors import EmbeddedError
from .places import REPOSITORY
from .setup import MARKER, manage

DEFAULT_PORT = "8000"
READY_WITHIN = 90.0  # seconds
COLLECTED = REPOSITORY / "staticfiles"
STAMP = ".collected"


def port_from_environment(*, check_free: bool = False) -> int:
    """``PORT``, 8000 by default.

    Raises:
        EmbeddedError: it is no port number, or another program has it.
    """
    text = os.environ.get("PORT") or DEFAULT_PORT
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise EmbeddedError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    if check_free:
        _check_free(int(text))
    return int(text)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except PermissionError as error:
            raise EmbeddedError(
                f"Port {port} is for the system's own use: choose one above 1023, for example PORT=8000 make run."
            ) from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            other = port + 1 if port < 65535 else port - 1
            raise EmbeddedError(
                f"Port {port} is taken by another program: stop that program, or choose another port, for example PORT={other} make run."
            ) from error


def _static_digest() -> str:
    """What is to be collected: names, sizes and times of our files, and the versions of libraries that bring some."""
    digest = hashlib.sha256((REPOSITORY / "requirements.lock").read_bytes())
    folders = [
        REPOSITORY / "static",
        *REPOSITORY.glob("*/static"),
        *REPOSITORY.glob("icp/*/static"),
    ]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        entry = path.stat()
        if path.is_file():
            line = f"{path.relative_to(REPOSITORY)} {entry.st_size} {entry.st_mtime_ns}\n"
            digest.update(line.encode())
    return digest.hexdigest()


def static_is_collected() -> bool:
    """Whether nothing has changed since the static files were last collected."""
    stamp = COLLECTED / STAMP
    return stamp.is_file() and stamp.read_text() == _static_digest()


def collect_static(state: Path) -> None:
    """Collect the static files for the web server."""
    digest = _static_digest()
    manage("collectstatic", "--noinput", "--clear", state=state)
    COLLECTED.mkdir(exist_ok=True)
    (COLLECTED / STAMP).write_text(digest)


def children_for(*, state: Path, port: int, with_beat: bool) -> list[Child]:
    """Web server, worker and timer, not started yet; in the order in which they stop."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "icp.settings.demo",
        "ICP_DATABASE_ROLE": "app",
        "ICP_STATE": str(state),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    celery = ["-m", "celery", "-A", "icp.celery"]
    web = ["-m", "gunicorn", "icp.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    # No control socket: it would be one shared file in the home folder.
    web += [
        "--no-control-socket",
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    web += ["--preload", "--graceful-timeout", "5", "--timeout", "60", "--capture-output"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile="]
    beat += ["--schedule", str(state / "timer-schedule")]
    plan = [("timer", "timer", beat)] if with_beat else []
    plan += [("web server", "web", web), ("worker", "worker", worker)]
    return [
        Child(
            title=title,
            slug=slug,
            command=[sys.executable, *words],
            state=state,
            environment=environment,
            folder=REPOSITORY,
        )
        for title, slug, words in plan
    ]


def wait_for_pages(port: int, web: Child) -> None:
    """Until the web server says that it is well.

    Raises:
        EmbeddedError: it does not within a minute and a half, or ends before.
    """
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if (code := web.died()) is not None:
            raise EmbeddedError(
                f"The web server ended at its start (code {code}). Its log, {web.log}, ends:\n{web.log_tail()}"
            )
        if _is_well(port):
            return
        time.sleep(0.1)
    raise EmbeddedError(
        f"The web server does not answer at http://localhost:{port}/healthz. Its log, {web.log}, ends:\n{web.log_tail()}"
    )


def sign_ins(state: Path) -> str:
    """The table of the demonstration's people, kept from the last set-up: asking takes a second or two."""
    kept, made = state / "sign-ins.txt", state / MARKER
    if not kept.exists() or kept.stat().st_mtime < made.stat().st_mtime:
        kept.write_text(manage("demo_sign_ins", state=state).rstrip())
    return kept.read_text()


def _is_well(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
