"""Which management commands need services, and when the demonstration's database needs setting up."""

import json

import pytest

from icp.embedded import setup
from icp.embedded.commands import needs_services


@pytest.mark.parametrize(
    "words",
    [
        "",
        "help",
        "help migrate",
        "migrate --help",
        "--version",
        "check",
        "check --deploy",
        "makemigrations --check",
        "collectstatic --noinput",
        "spectacular --validate",
    ],
)
def test_a_command_that_reads_no_database_starts_none(words):
    assert not needs_services(["manage.py", *words.split()])


@pytest.mark.parametrize(
    "words",
    [
        "migrate",
        "shell",
        "export_report --kind look-ahead",
        "check --database default",
        "runserver",
    ],
)
def test_every_other_command_gets_the_services(words):
    assert needs_services(["manage.py", *words.split()])


def test_a_new_database_is_migrated_and_loaded(tmp_path):
    assert setup.needed(tmp_path) == setup.Needed(migrate=True, load=True, rewritten=())


def test_a_database_that_is_up_to_date_needs_nothing(tmp_path):
    write_marker(tmp_path, setup.migrations_on_disk())
    assert setup.needed(tmp_path) == setup.Needed(migrate=False, load=False, rewritten=())


def test_a_new_migration_is_applied_and_the_data_kept(tmp_path):
    applied = setup.migrations_on_disk()
    removed = next(name for name in applied if name.endswith("0001_initial.py"))
    del applied[removed]
    write_marker(tmp_path, applied)
    assert setup.needed(tmp_path) == setup.Needed(migrate=True, load=False, rewritten=())


def test_a_rewritten_migration_is_named(tmp_path):
    applied = setup.migrations_on_disk()
    changed = next(name for name in applied if name.endswith("0001_initial.py"))
    write_marker(tmp_path, applied | {changed: "of another text"})
    assert setup.needed(tmp_path).rewritten == (changed,)


def test_a_broken_marker_counts_as_none(tmp_path):
    (tmp_path / setup.MARKER).write_text("[]")
    assert setup.needed(tmp_path).load


def test_the_set_up_runs_each_step_once_and_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "manage", lambda *words, **options: ran.append((words[0], options)))
    ran: list[tuple] = []
    said: list[str] = []

    def step(words, work):
        said.append(words)
        work()

    setup.set_up(tmp_path, step)
    setup.set_up(tmp_path, step)
    assert [command for command, options in ran] == ["migrate", "load_demo"]
    assert ran[0][1]["owner"]
    assert len(said) == 2


def test_a_set_up_that_failed_is_tried_again(tmp_path, monkeypatch):
    def fail(*words, **options):
        raise setup.EmbeddedError("`manage.py load_demo` failed.")

    monkeypatch.setattr(setup, "manage", fail)
    with pytest.raises(setup.EmbeddedError):
        setup.set_up(tmp_path, lambda words, work: work())
    assert setup.needed(tmp_path).load


def write_marker(state, migrations):
    (state / setup.MARKER).write_text(json.dumps({"migrations": migrations}))
