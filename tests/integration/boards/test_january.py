"""The real January 2020, as the demonstration publishes it."""

import csv
import io
import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from boards.demo import loading
from boards.models import Report, ReportFile, ReportKind
from boards.rules import exceptions
from icp.accounts.models import User
from programmes.models import PlanItem, Post


@pytest.fixture
def contents(demo_place):
    found = Report.objects.filter(period__place=demo_place, period__key="2020-01")
    return {report.kind: report.content for report in found}


@pytest.fixture(scope="module")
def plan():
    text = (Path(loading.__file__).parent / "data" / "plan.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def references(rows):
    return [(row["programme"], row["plan_id"]) for row in rows]


def test_every_task_and_milestone_is_owned_by_the_first_post_that_leads_its_programme(demo_place):
    rows = PlanItem.objects.filter(programme__place=demo_place).counted()
    assert not rows.filter(owner=None).exists()
    owners = {(row.programme.code, row.owner.title) for row in rows.select_related("owner")}
    assert ("IT", "IT Enabler Lead") in owners
    assert ("CE", "Communications Lead A") in owners
    assert len(owners) == len({code for code, _ in owners}) == 15


def test_the_look_ahead_of_one_owner_has_the_rows_of_what_that_post_leads(demo_place):
    client = Client()
    client.force_login(
        User.objects.get(name="IC Programme Manager"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    owner = Post.objects.get(place=demo_place, title="Workstream Director: Planned Care")
    address = reverse("look-ahead-download", kwargs={"place": demo_place.slug, "fmt": "csv"})
    answer = client.get(address, {"owner": owner.pk})
    lines = list(
        csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines())
    )
    assert {line["row"].split()[0] for line in lines} == {"PC", "NHCSA"}


def test_the_look_ahead_has_every_incomplete_row_that_finishes_in_february(contents, plan):
    main, overdue = contents["look-ahead"]["sections"]
    open_rows = [row for row in plan if row["kind"] != "summary" and row["complete"] == "no"]
    february = [row for row in open_rows if row["finish"].startswith("2020-02")]
    assert sorted(references(main["rows"])) == sorted(references(february))
    assert len(main["rows"]) == 29
    passed = [row for row in open_rows if "2000" < row["finish"] <= "2020-01-31"]
    assert sorted(references(overdue["rows"])) == sorted(references(passed))
    assert len(overdue["rows"]) == 32
    assert "Overdue" in overdue["heading"]


def test_rows_stand_in_the_places_order_and_under_their_summaries(contents, plan):
    order = {(row["programme"], row["plan_id"]): n for n, row in enumerate(plan)}
    for kind in ReportKind.values:
        for section in contents[kind]["sections"]:
            places = [order[found] for found in references(section["rows"])]
            assert all(one < next_one for one, next_one in pairwise(places)), (kind, section)
    row = contents["look-ahead"]["sections"][0]["rows"][0]
    assert (row["programme"], row["plan_id"]) == ("PC", "9")
    assert row["under"] == ["Planned Care", "Mental Health"]


def test_the_exception_report_has_the_published_red_and_amber(contents):
    sections = {section["heading"]: section for section in contents["exceptions"]["sections"]}
    rows = sections[exceptions.RED_AND_AMBER]["rows"]
    assert [row["rag_this"] for row in rows].count("red") == 11
    assert [row["rag_this"] for row in rows].count("amber") == 2
    assert all(row["reason"] and row["get_to_green"] for row in rows)
    shared = next(row for row in rows if (row["programme"], row["plan_id"]) == ("CE", "4"))
    assert shared["reason_shared_with"] == [
        "CE 7", "CE 9", "CE 10", "CE 11", "CE 14", "CE 15", "CE 21", "CE 22",
    ]  # fmt: skip
    assert sections[exceptions.NO_COLOUR]["rows"] == []
    assert len(sections) == 9


def test_the_first_issue_lists_all_that_is_ticked(contents, plan):
    (section,) = contents["achievements"]["sections"]
    ticked = [row for row in plan if row["complete"] == "yes" and row["kind"] != "summary"]
    assert sorted(references(section["rows"])) == sorted(references(ticked))


def test_nothing_is_now_green_and_the_full_plan_has_all_rows(contents, plan):
    assert contents["now-green"]["sections"][0]["rows"] == []
    sections = contents["full-plan"]["sections"]
    assert len(sections) == 15
    assert [found for s in sections for found in references(s["rows"])] == references(plan)


def test_counts_at_the_head_agree_with_the_sections(contents):
    counts = [programme["counts"] for programme in contents["exceptions"]["programmes"]]
    assert sum(found["red"] for found in counts) == 11
    assert sum(found["overdue"] for found in counts) == 32


def test_the_annex_prints_what_the_report_uses(contents):
    used = {entry["acronym"] for entry in contents["exceptions"]["annex"]["used"]}
    assert {"ICB", "IC", "SRO", "CCG"} <= used
    assert "CAMHS" not in used


def test_the_command_prints_the_frozen_content_and_nothing_else(contents):
    printed = io.StringIO()
    call_command(
        "export_report",
        place="city-and-hackney",
        as_at="2020-01-31",
        kind="look-ahead",
        stdout=printed,
    )
    assert json.loads(printed.getvalue()) == contents["look-ahead"]


@pytest.mark.parametrize("kind", ReportKind.values)
def test_every_pdf_is_tagged_has_bookmarks_and_a_title(demo_place, contents, kind):
    kept = ReportFile.objects.get(report__period__place=demo_place, report__kind=kind)
    data = bytes(kept.data)
    assert kept.checksum == sha256(data).hexdigest()
    pdf = pypdf.PdfReader(io.BytesIO(data))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert pdf.metadata.title == contents[kind]["title"]
    marks = [mark.title for mark in pdf.outline if not isinstance(mark, list)]
    assert marks[0] == "How to read this report"
    assert {section["heading"] for section in contents[kind]["sections"]} <= set(marks)


def test_every_page_of_a_pdf_says_what_it_belongs_to(demo_place, contents):
    report = Report.objects.get(period__place=demo_place, kind="exceptions")
    pdf = pypdf.PdfReader(io.BytesIO(bytes(report.pdf.data)))
    text = [page.extract_text() for page in pdf.pages]
    assert all(report.checksum[:40] in page.replace("\n", "") for page in text)
    whole = " ".join(text)
    assert "IT 11" in whole
    assert "One reason for 9 rows" in whole
