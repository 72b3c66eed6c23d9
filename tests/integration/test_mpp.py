"""Microsoft Project's own files, with the optional extra and without it."""

import subprocess
import sys
from pathlib import Path

import pytest

from icp.common.tabular import TableError
from programmes.importers import mpp
from programmes.importers.any_plan import read_any_plan
from programmes.importers.plan import Known

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
KNOWN = Known(programmes={"IT"})
NOT_HERE = mpp.why_not()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("find_spec", "installed without its extra “mpp”"),
        ("shutil", "there is no Java where this portal runs"),
    ],
)
def test_where_its_reader_is_missing_the_upload_says_so(monkeypatch, missing, sentence):
    monkeypatch.setattr(mpp, "find_spec", lambda name: None if missing == "find_spec" else name)
    monkeypatch.setattr(mpp.shutil, "which", lambda name: None)
    with pytest.raises(TableError, match=sentence) as refused:
        read_any_plan(OLE, "plan.mpp", known=KNOWN)
    assert "save it as XML" in str(refused.value)


def test_an_old_spreadsheet_is_still_called_one():
    with pytest.raises(TableError, match="old Excel file"):
        read_any_plan(OLE, "plan.xls", known=KNOWN)


@pytest.mark.skipif(bool(NOT_HERE), reason=f"not run, because {NOT_HERE}")
def test_a_file_that_only_looks_like_one_is_refused_with_a_sentence():
    with pytest.raises(TableError, match=r"This \.mpp file cannot be read"):
        read_any_plan(OLE, "plan.mpp", known=KNOWN)


@pytest.mark.skipif(bool(NOT_HERE), reason=f"not run, because {NOT_HERE}")
def test_what_the_reader_reads_comes_in_as_a_plan():
    # It tells formats apart by content, and nothing here can write Project's own.
    data = (Path(__file__).parent / "project_files" / "project_2003.xml").read_bytes()
    file = read_any_plan(mpp.as_mspdi(data, "plan.mpp"), "plan.xml", known=KNOWN)
    assert [row.name for row in file.rows] == ["Move the stores", "Pack", "Doors open"]


def test_a_reader_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(mpp, "why_not", lambda: "")
    monkeypatch.setattr(mpp, "PROGRAM", "while True: pass")
    monkeypatch.setattr(mpp, "SECONDS", 1)
    with pytest.raises(TableError, match=r"This \.mpp file cannot be read"):
        mpp.as_mspdi(OLE, "plan.mpp")


def test_it_runs_in_a_process_of_its_own(monkeypatch):
    asked = []

    def run(words, **options):
        asked.append((words, options))
        raise subprocess.CalledProcessError(3, words)

    monkeypatch.setattr(mpp, "why_not", lambda: "")
    monkeypatch.setattr(mpp.subprocess, "run", run)
    with pytest.raises(TableError):
        mpp.as_mspdi(OLE, "plan.mpp")
    ((words, options),) = asked
    assert words[0] == sys.executable
    assert options["timeout"] == mpp.SECONDS
