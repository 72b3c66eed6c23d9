"""Where the embedded services keep their files."""

import os
from pathlib import Path

import pytest

from icp import embedded
from icp.embedded import places


def test_the_state_folder_is_in_the_repository_unless_named(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "is_root", lambda: False)
    monkeypatch.delenv("ICP_STATE", raising=False)
    assert embedded.state_dir() == places.REPOSITORY / ".state"
    monkeypatch.setenv("ICP_STATE", str(tmp_path / "elsewhere"))
    assert embedded.state_dir() == tmp_path / "elsewhere"


def test_root_gets_a_fixed_folder_where_the_service_account_cannot_walk(monkeypatch, tmp_path):
    nobody = places.Account(name="nobody", uid=os.getuid() + 1, gid=0)
    monkeypatch.setattr(places, "is_root", lambda: True)
    monkeypatch.setattr(places, "service_account", lambda: nobody)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("ICP_STATE", str(closed / "state"))
    chosen = embedded.state_dir()
    assert chosen.parent == Path("/var/tmp")
    assert chosen == embedded.state_dir()
    monkeypatch.setenv("ICP_STATE", str(closed / "other"))
    assert embedded.state_dir() != chosen


def test_a_socket_path_always_fits_however_deep_the_state_folder_is(monkeypatch):
    monkeypatch.setenv("ICP_STATE", "/var/tmp/" + "/".join(["deep"] * 80))
    host = embedded.database_settings("app")["HOST"]
    assert len(host + "/.s.PGSQL.5432") < 100
    assert " " not in embedded.broker_url()


def test_two_state_folders_have_two_socket_folders():
    assert places.socket_dir(Path("/a")) != places.socket_dir(Path("/b"))


def test_the_two_databases_of_the_broker_are_apart():
    assert embedded.broker_url(0).endswith("?virtual_host=0")
    assert embedded.cache_url(1).endswith("?db=1")


def test_an_unknown_role_is_refused():
    with pytest.raises(embedded.EmbeddedError, match="'owner' or 'app'"):
        embedded.database_settings("root")
