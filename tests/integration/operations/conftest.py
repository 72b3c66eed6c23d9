"""Commands run as production runs them: processes of their own, told by the environment which database is theirs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from icp import embedded
from icp.embedded.connecting import ask
from icp.embedded.places import REPOSITORY


@dataclass
class Portal:
    """A portal in production's settings on one database of the embedded server."""

    database: str
    media: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        address = {
            role: "postgres://{USER}:{password}@{host}:{PORT}/{NAME}".format(
                **settings,
                password=quote(settings["PASSWORD"], safe=""),
                host=quote(settings["HOST"], safe=""),
            )
            for role in ("owner", "app")
            for settings in [embedded.database_settings(role, self.database)]
        }
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "icp.settings.production",
            "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
            "DATABASE_URL": address["app"],
            "DATABASE_OWNER_URL": address["owner"],
            "ICP_DATABASE_ROLE": "owner",
            "REDIS_URL": embedded.cache_url(),
            "ALLOWED_HOSTS": "portal.example.org",
            "PUBLIC_ADDRESS": "https://portal.example.org",
            "EMAIL_HOST": "mail.example.org",
            "DEFAULT_FROM_EMAIL": "office@example.org",
            "MEDIA_ROOT": str(self.media),
            **self.extra,
        }

    def manage(
        self, *words: object, data: bytes | None = None, **options: object
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=REPOSITORY,
            env=self.environment,
            input=data,
            capture_output=True,
            check=False,
            **options,
        )

    def ask(self, statement: str, role: str = "owner") -> list[tuple]:
        return ask(role, statement, self.database)


@pytest.fixture
def empty_portal(services: None, tmp_path: Path) -> Iterator[Portal]:
    """On a database of its own in which there is nothing yet."""
    name = f"copy_{os.getpid()}"
    ask("owner", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", "postgres")
    ask("owner", f"CREATE DATABASE {name}", "postgres")
    yield Portal(database=name, media=tmp_path / "other media")
    ask("owner", f"DROP DATABASE {name} WITH (FORCE)", "postgres")
