"""What is exported and imported again changes nothing, whatever the rows say."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from icp.common.tabular import write_csv, write_xlsx
from programmes.exporters.plan_file import HEADINGS, cells, plan_rows
from programmes.importers.plan import read_plan
from programmes.models import PlanItem
from programmes.services.plan_import import import_plan, preview_plan
from tests.factories import PlaceFactory, PostFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str) | st.sampled_from(["", "tbc"])
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=60,
).filter(str.strip) | st.sampled_from(
    ["=1+1", "+44", "-", "@x", "'quoted", 'a;b,c"d', "[more to come]"]
)
ROWS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["summary", "task", "milestone"]),
        NAMES,
        st.sampled_from(["", "0 days", "43 days?", "tbc", "1 day"]),
        DAYS,
        DAYS,
        st.booleans(),
        st.sampled_from(["auto", "manual"]),
        st.sampled_from(["", "IT Lead"]),
    ),
    min_size=1,
    max_size=12,
)


def as_file(place, fmt: str) -> bytes:
    rows = cells(plan_rows(place=place))
    if fmt == "csv":
        return b"".join(write_csv(HEADINGS, rows))
    return write_xlsx(HEADINGS, rows, sheet="Plan", title="Plan")


def read(data: bytes, fmt: str):
    posts = {"it lead": ("IT Lead",)}
    return read_plan(data, f"plan.{fmt}", programmes={"IT"}, posts=posts)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
@given(rows=ROWS)
@example(rows=[(1, "task", "Ends in a blank ", "", "", "", False, "auto", "")])
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_import_of_export_is_identity(fmt, rows):
    place = PlaceFactory()
    ProgrammeFactory(place=place, code="IT")
    PostFactory(place=place, title="IT Lead")
    given_rows = []
    for number, (level, kind, name, duration, *dates, ticked, how, owner) in enumerate(rows, 1):
        if all("-" in day for day in dates):
            dates.sort()
        given_rows.append(
            ("IT", str(number), level, kind, name, duration, *dates, ticked, how, owner)
        )
    file = read(b"".join(write_csv(HEADINGS, given_rows)), "csv")
    assert not file.errors
    import_plan(place=place, file=file, by=None)
    again = read(as_file(place, fmt), fmt)
    assert not again.errors
    preview = preview_plan(place=place, file=again)
    assert (preview.created, preview.changed, preview.left) == ([], {}, [])
    assert preview.unchanged == len(rows)


def test_the_whole_plan_of_the_demonstration_comes_back_unchanged(demo_place, tmp_path):
    out = tmp_path / "it.xlsx"
    call_command("export_plan", place=demo_place.slug, programme="IT", out=out, stdout=StringIO())
    said = StringIO()
    call_command("import_plan", str(out), place=demo_place.slug, dry_run=True, stdout=said)
    count = PlanItem.objects.filter(programme__code="IT").count()
    assert f"0 created, 0 changed, {count} unchanged, 0 failed" in said.getvalue()


def test_the_whole_plan_comes_back_unchanged_from_a_project_file(demo_place, tmp_path):
    out = tmp_path / "it.xml"
    said = StringIO()
    options = {"place": demo_place.slug, "programme": "IT", "format": "mspdi", "out": out}
    call_command("export_plan", **options, stdout=said)
    assert "Not in the file: RAG" in said.getvalue()
    said = StringIO()
    call_command("import_plan", str(out), place=demo_place.slug, dry_run=True, stdout=said)
    count = PlanItem.objects.filter(programme__code="IT").count()
    assert f"0 created, 0 changed, {count} unchanged, 0 failed" in said.getvalue()


def test_an_unknown_programme_is_named_with_those_there_are(demo_place, tmp_path):
    with pytest.raises(CommandError, match=r"has no programme XX. There are: OP, PC"):
        call_command("export_plan", place=demo_place.slug, programme="XX", out=tmp_path / "x.xlsx")
