"""Starting, sharing, dying and recovering, with the real servers."""

import os
import subprocess
import sys

import redis

from icp import embedded
from icp.embedded.connecting import ask
from icp.embedded.locks import is_held

from .conftest import is_running, kill_now, server_pid


def test_both_services_run_inside_the_block_and_not_after(empty_state):
    state = empty_state
    with embedded.running():
        assert ask("owner", "SELECT current_user") == [("icp_owner",)]
        assert ask("app", "SELECT current_user") == [("icp_app",)]
        assert redis.from_url(embedded.cache_url()).ping()
    assert not is_held(state / "postgres.lock")
    assert not is_held(state / "broker.lock")


def test_a_second_start_keeps_rows_and_queue(state):
    with embedded.running():
        ask("owner", "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
        redis.from_url(embedded.cache_url()).set("kept", "7")
    with embedded.running():
        assert ask("app", "SELECT id FROM kept") == [(7,)]
        assert redis.from_url(embedded.cache_url()).get("kept") == b"7"


def test_a_path_with_spaces_and_far_too_long_for_a_socket_works(new_state, monkeypatch):
    deep = new_state("a folder with spaces") / ("x" * 120) / ("ü" * 60)
    monkeypatch.setenv("ICP_STATE", str(deep))
    with embedded.running():
        assert ask("app", "SELECT 1") == [(1,)]
        assert redis.from_url(embedded.cache_url()).ping()


def test_two_processes_that_start_at_once_share_one_database(empty_state, new_holder):
    state = empty_state
    first, second = new_holder(), new_holder()
    first.wait_up()
    second.wait_up()
    pid = server_pid(state, "postgres")
    first.leave()
    assert server_pid(state, "postgres") == pid
    assert ask("app", "SELECT 1") == [(1,)]
    second.leave()
    assert not is_running(state, "postgres")
    assert not is_running(state, "broker")


def test_a_killed_user_leaves_services_that_the_next_takes_over_and_stops(state, new_holder):
    first = new_holder()
    first.wait_up()
    pids = server_pid(state, "postgres"), server_pid(state, "broker")
    first.kill()
    with embedded.running():
        assert (server_pid(state, "postgres"), server_pid(state, "broker")) == pids
    assert not is_running(state, "postgres")
    assert not is_running(state, "broker")


def test_killed_servers_are_noticed_and_started_again_with_their_data(state):
    with embedded.running() as handle:
        ask("owner", "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
        kill_now(server_pid(state, "postgres"), server_pid(state, "broker"))
        handle.revive()
        assert handle.dead() == []
        assert ask("app", "SELECT id FROM kept") == [(7,)]


def test_a_run_killed_with_all_its_servers_is_recovered(state, new_holder):
    first = new_holder()
    first.wait_up()
    ask("owner", "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
    first.kill()
    kill_now(server_pid(state, "postgres"), server_pid(state, "broker"))
    with embedded.running():
        assert ask("app", "SELECT id FROM kept") == [(7,)]


def test_a_stale_process_id_that_a_stranger_now_has_is_no_hindrance(state):
    with embedded.running():
        pass
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        data = state / "postgres" / "data"
        stale = f"{stranger.pid}\n{data}\n1\n5432\n{embedded.database_settings('app')['HOST']}\n\n1 1\nready\n"
        (data / "postmaster.pid").write_text(stale)
        os.chown(data / "postmaster.pid", data.stat().st_uid, data.stat().st_gid)
        (state / "postgres.lock").write_text(str(stranger.pid))
        with embedded.running():
            assert ask("app", "SELECT 1") == [(1,)]
        assert stranger.poll() is None
    finally:
        stranger.communicate(b"\n")


def test_stale_sockets_are_no_hindrance(state):
    with embedded.running() as handle:
        sockets = handle.sockets
    (sockets / ".s.PGSQL.5432").touch()
    (sockets / ".s.PGSQL.5432.lock").write_text("1\n")
    (sockets / "valkey.sock").touch()
    with embedded.running():
        assert ask("app", "SELECT 1") == [(1,)]
        assert redis.from_url(embedded.cache_url()).ping()


def test_half_a_database_of_an_interrupted_first_run_is_made_again(state):
    draft = state / "postgres" / "draft"
    (state / "postgres" / "data").rename(draft)
    (draft / "PG_VERSION").unlink()
    with embedded.running():
        assert ask("app", "SELECT 1") == [(1,)]
    assert not draft.exists()


def test_one_that_only_needs_the_broker_starts_only_the_broker(state):
    with embedded.running(("broker",)):
        assert is_running(state, "broker")
        assert not is_running(state, "postgres")


def test_the_servers_do_not_share_the_terminals_process_group(state):
    with embedded.running():
        for slug in ("postgres", "broker"):
            assert os.getsid(server_pid(state, slug)) != os.getsid(0)
