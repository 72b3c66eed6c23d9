"""Back up, wipe, restore: everything is as it was, and what is refused changes nothing."""

import io
import json
import resource
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from boards import services as reports
from boards.models import Report
from icp.embedded.connecting import connect
from icp.operations.copies.sealed import check_seal, sealed_writer
from tests.factories import NOW
from tests.integration.cycle.conftest import make_world

from .conftest import Portal
from .everything import differences, everything, files_of

# The tests' database must be there; what the commands see is committed.
pytestmark = pytest.mark.django_db

FROZEN = (
    "UPDATE programmes_status SET rag = 'red' WHERE period_id IN (SELECT id FROM programmes_period WHERE state <> 'open')",
    "DELETE FROM programmes_period WHERE state <> 'open'",
    "UPDATE boards_report SET narrative = 'Other words' WHERE state = 'published'",
    "DELETE FROM boards_reportfile",
    "UPDATE programmes_statusevent SET rag = 'green'",
    "DELETE FROM programmes_statusevent",
    "DELETE FROM django_migrations",
    "ALTER TABLE boards_report DISABLE TRIGGER ALL",
    "TRUNCATE programmes_status CASCADE",
)


@pytest.fixture(scope="module")
def full(django_db_setup, django_db_blocker, tmp_path_factory):
    """A place with a closed and published month, history, sessions, mail and files; emptied after the module."""
    portal = Portal(
        database=connection.settings_dict["NAME"], media=tmp_path_factory.mktemp("media")
    )
    with django_db_blocker.unblock():
        fill()
        connection.close()
    folder = portal.media / "papers" / "2020"
    folder.mkdir(parents=True)
    (folder / "café.pdf").write_bytes(b"%PDF-" + bytes(range(256)) * 900)
    (portal.media / "empty.txt").write_bytes(b"")
    yield portal
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


def fill():
    world = make_world()
    world.client(world.lead)
    world.say_the_red_row()
    for waiting in Report.objects.filter(period=world.january):
        reports.build_report(report=waiting, at=NOW)
    reports.approve_all(period=world.january, by=world.office_too, at=NOW)
    reports.publish_all(period=world.january, by=world.office_too, at=NOW)


@pytest.fixture(scope="module")
def made(full, tmp_path_factory):
    path = tmp_path_factory.mktemp("copies") / "portal.zip"
    done = full.manage("backup", path)
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture
def copy(made, tmp_path):
    """A copy of that place, for a test that may spoil it."""
    return Path(shutil.copy2(made, tmp_path / "portal.zip"))


def test_what_was_wiped_comes_back_as_it_was(full, copy, empty_portal):
    before = everything(full)
    assert before["programmes_statusevent"][0][0] > 0
    assert before["boards_reportfile"][0][0] == 5

    restored = empty_portal.manage("restore", copy)
    assert restored.returncode == 0, restored.stderr.decode()
    after = everything(empty_portal)
    assert differences(before, after) == {}
    assert before.keys() == after.keys()
    assert files_of(empty_portal.media) == files_of(full.media)

    assert_still_frozen(empty_portal)
    wipe_and_restore_again(empty_portal, copy, before)


def assert_still_frozen(portal):
    for statement in FROZEN:
        with pytest.raises(psycopg2.Error):
            portal.ask(statement, "app")
    portal.ask("INSERT INTO programmes_glossaryentry SELECT * FROM programmes_glossaryentry", "app")
    portal.ask("UPDATE accounts_user SET name = name", "app")


def wipe_and_restore_again(portal, copy, before):
    """Over a portal that was changed meanwhile: it says so first, and does it when told."""
    portal.ask("TRUNCATE accounts_user CASCADE")
    portal.ask("CREATE TABLE later (id int); CREATE VIEW seen AS SELECT * FROM later")
    (portal.media / "later.txt").write_text("later")
    changed = everything(portal)
    refused = portal.manage("restore", copy)
    assert refused.returncode == 1
    assert b"is not empty" in refused.stderr
    assert b"--replace" in refused.stderr
    assert everything(portal) == changed

    again = portal.manage("restore", "--replace", copy)
    assert again.returncode == 0, again.stderr.decode()
    after = everything(portal)
    assert differences(before, after) == {}
    assert "later" not in after
    assert "later.txt" not in files_of(portal.media)
    assert not list(portal.media.glob(".re*"))
    ready = portal.manage("readiness", "database", "migrations")
    assert ready.returncode == 0, ready.stdout


def test_a_copy_goes_through_a_pipe_both_ways(full, empty_portal):
    made = full.manage("backup", "-")
    assert made.returncode == 0, made.stderr.decode()
    assert b"SHA-256" in made.stderr
    restored = empty_portal.manage("restore", "-", data=made.stdout)
    assert restored.returncode == 0, restored.stderr.decode()
    assert everything(empty_portal) == everything(full)


def test_any_tool_can_open_a_copy_and_its_manifest_says_what_is_in_it(copy, capsys):
    call_command("restore", copy, check=True)
    assert capsys.readouterr().out.startswith("Whole: the copy of ")
    assert copy.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(copy) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["format"] == 1
    assert manifest["portal_version"]
    assert manifest["rows"]["boards_reportfile"] == 5
    assert "programmes.0001_initial" in manifest["migrations"]
    assert {"database.dump", "files/media/empty.txt"} <= manifest["members"].keys()


def test_a_copy_that_was_cut_or_changed_anywhere_is_refused(copy, empty_portal):
    whole = copy.read_bytes()
    nothing = everything(empty_portal)
    step = max(1, len(whole) // 400)
    for place in [*range(0, len(whole), step), *range(len(whole) - 100, len(whole))]:
        broken = bytearray(whole)
        broken[place] ^= 1
        assert is_refused(bytes(broken)), place
    assert is_refused(whole[:-1])
    assert is_refused(whole + b"x")
    assert is_refused(b"")
    assert not is_refused(whole)

    copy.write_bytes(whole[: len(whole) // 2])
    refused = empty_portal.manage("restore", "--replace", copy)
    assert refused.returncode == 1
    assert b"damaged or incomplete" in refused.stderr
    assert everything(empty_portal) == nothing


def is_refused(data: bytes) -> bool:
    from icp.operations.copies import CannotCopy

    try:
        check_seal(io.BytesIO(data))
    except CannotCopy:
        return True
    return False


def rewritten(copy: Path, **changes: object) -> Path:
    """The same copy with another manifest, sealed again: what a newer portal would have made."""
    path = copy.with_name("other.zip")
    with zipfile.ZipFile(copy) as old, path.open("wb") as target, sealed_writer(target) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps(json.loads(data) | changes).encode()
            new.zip.writestr(name, data)
    return path


def test_a_copy_of_a_newer_portal_is_refused(copy, empty_portal):
    nothing = everything(empty_portal)
    newer = rewritten(copy, format=2, portal_version="9.0")
    refused = empty_portal.manage("restore", newer)
    assert b"newer portal (9.0, format 2" in refused.stderr, refused.stderr
    with zipfile.ZipFile(copy) as archive:
        known = json.loads(archive.read("manifest.json"))["migrations"]
    unknown = rewritten(copy, migrations=[*known, "boards.9999_from_the_future"])
    refused = empty_portal.manage("restore", unknown)
    assert b"boards.9999_from_the_future" in refused.stderr, refused.stderr
    assert everything(empty_portal) == nothing


def test_a_copy_that_does_not_restore_to_what_it_says_changes_nothing(copy, empty_portal):
    """The rows are counted before the end of the one transaction."""
    nothing = everything(empty_portal)
    with zipfile.ZipFile(copy) as archive:
        rows = json.loads(archive.read("manifest.json"))["rows"]
    other = rewritten(copy, rows=rows | {"accounts_user": rows["accounts_user"] + 1})
    refused = empty_portal.manage("restore", other)
    assert refused.returncode == 1
    assert b"nothing was changed" in refused.stderr, refused.stderr
    assert everything(empty_portal) == nothing
    assert files_of(empty_portal.media) == {}


def test_only_the_owner_copies_and_only_a_database_that_nobody_uses_is_replaced(
    full, copy, empty_portal
):
    application = replace(full, extra={"ICP_DATABASE_ROLE": "app"})
    refused = application.manage("backup", copy.with_name("by the app.zip"))
    assert b"does not own the database" in refused.stderr
    assert not copy.with_name("by the app.zip").exists()
    using = connect("app", empty_portal.database)
    try:
        refused = empty_portal.manage("restore", copy)
    finally:
        using.close()
    assert b"1 other connections use this database" in refused.stderr, refused.stderr


def test_a_name_that_is_taken_and_a_full_disk_leave_no_half_copy(full, copy, tmp_path):
    before = copy.read_bytes()
    refused = full.manage("backup", copy)
    assert b"There is a file" in refused.stderr
    assert copy.read_bytes() == before

    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    refused = full.manage("backup", tmp_path / "cut.zip", preexec_fn=small_files_only)
    assert refused.returncode == 1, refused.stderr
    assert b"could not be written" in refused.stderr
    refused = full.manage("backup", tmp_path / "no such folder" / "copy.zip")
    assert b"Cannot write to" in refused.stderr
    assert [
        path.name for path in tmp_path.iterdir() if "copy" in path.name or "cut" in path.name
    ] == []
