"""What a report of the registers prints, and what changed since the one before."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import openpyxl

from risks.exporters.printed import changes, columns, rows
from risks.exporters.report_files import as_csv, as_docx, as_xlsx
from risks.rules.content import MitigationLine, RiskLine
from risks.rules.report import About, Ended, first_draft, narrowed, report_content
from risks.rules.scores import Band, moved

ABOUT = About("escalated", "City & Hackney", "ch", "2020-02", "February", date(2020, 2, 29), 15)


def line(pk, ref, current, *, because="residual score", grounds=("score",)):
    return RiskLine(
        pk=pk,
        ref=ref,
        kind="risk",
        state="open",
        title=f"Risk <{ref}>",
        register=ref.rstrip("0123456789"),
        register_name="Planned Care",
        owner="",
        inherent=20,
        likelihood=5,
        impact=current // 5,
        current=current,
        target=None,
        residual=(None, None, 25, current),
        band=Band.RED,
        moved=moved(before=current, now=current, existed=True),
        because=because,
        grounds=grounds,
        mitigations=(MitigationLine("Ask.", "A post", date(2020, 4, 30), 30),),
    )


def content(*lines, before=None, **more):
    return report_content(ABOUT, lines, before=before, **more)


def test_the_layout_is_that_of_the_paper():
    found = content(line(1, "PC1", 20))
    assert columns(found) == [
        "Ref",
        "Description",
        "Owner",
        "Inherent",
        "Likelihood",
        "Impact",
        "Current",
        "Residual, Q1 2019/20",
        "Residual, Q2 2019/20",
        "Residual, Q3 2019/20",
        "Residual, Q4 2019/20",
        "Mitigating actions",
    ]
    cells = next(rows(found))
    assert cells[2:11] == ["Nobody", "20", "5", "4", "20 red", "N/A", "N/A", "25", "20"]
    assert cells[11] == "Ask, A post, by 30 April 2020, 30% done"


def test_what_changed_is_told_by_risk_not_by_reference():
    before = content(line(1, "PC1", 20), line(2, "PC2", 15), line(3, "PC3", 15))
    gone = Ended(3, "PC3", "Risk", date(2020, 2, 10), "It is mitigated.")
    now = content(
        line(1, "P1", 25),
        line(2, "PC2", 10, grounds=("board",)),
        line(4, "UPC9", 15),
        before=before,
        deescalated=[gone],
    )
    found = {one: [c["ref"] for c in listed] for one, listed in now["changes"].items()}
    assert found == {
        "added": ["UPC9"],
        "up": ["P1"],
        "down": ["PC2"],
        "deescalated": ["PC3"],
        "closed": [],
        "by_request": ["PC2"],
    }
    assert now["changes"]["up"][0]["words"] == "20 to 25"
    assert "Since February 1 came, 1 went up" in first_draft(now)


def test_the_first_of_its_kind_is_compared_with_none():
    found = content(line(1, "PC1", 20))
    assert found["compared_with"] is None
    assert all(not one["lines"] for one in changes(found))
    assert "none to compare it with" in first_draft(found)


def test_an_escalated_report_leaves_out_what_is_not_before_the_boards():
    found = content(line(1, "PC1", 20), line(2, "PC2", 5, because=None, grounds=()))
    assert [one["ref"] for one in found["risks"]] == ["PC1"]


def test_one_registers_part_holds_its_own_risks_and_changes():
    before = content(line(9, "PC9", 15))
    found = narrowed(content(line(1, "PC1", 20), line(2, "P13", 16), before=before), register="P")
    assert [one["ref"] for one in found["risks"]] == ["P13"]
    assert [one["ref"] for one in found["changes"]["added"]] == ["P13"]


def test_the_word_file_is_sound_xml_with_its_table_headed():
    with zipfile.ZipFile(io.BytesIO(as_docx(content(line(1, "PC1", 20))))) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        document = archive.read("word/document.xml").decode()
    assert "Risk &lt;PC1&gt;" in document
    assert document.count("<w:tblHeader/>") == 1


def test_the_table_files_hold_what_changed_and_the_narrative_too():
    before = content(line(1, "PC1", 20))
    found = content(line(1, "PC1", 25), before=before) | {"narrative": "All is well."}
    lines = as_csv(found).decode("utf-8-sig").split("\r\n")
    assert lines[2:4] == ["", "Narrative,All is well."]
    assert "Score went up,PC1 Risk <PC1>: 20 to 25" in lines
    assert "Closed or merged,none" in lines
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(found)))
    said = list(book["What changed"].iter_rows(values_only=True))
    assert said[1] == ("Narrative", "All is well.")
    assert ("Score went up", "PC1 Risk <PC1>: 20 to 25") in said
