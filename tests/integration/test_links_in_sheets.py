"""What rows wait for travels in a sheet: in another tool's Predecessors, and in the portal's own file and back."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from icp.common.tabular import write_csv
from programmes.errors import CannotImport, StalePreview
from programmes.exporters.plan_file import FORM, HEADINGS, cells, plan_rows
from programmes.importers.any_plan import read_any_plan
from programmes.importers.links import FileLink
from programmes.models import Dependency, PlanItem
from programmes.selectors.known import known_of
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_import import Change, import_plan, preview_plan
from programmes.services.plan_links import Difference, write_links
from tests.factories import PlanItemFactory, ProgrammeFactory
from tests.integration.test_import import imported

pytestmark = pytest.mark.django_db
PROJECT = ("ID", "Task Name", "Finish", "Predecessors")
LINES = (
    ("3", "Phones", "31/1/20", ""),
    ("7", "Lines", "31/1/20", "3FS+2 days"),
    ("12", "Desks", "31/1/20", "3FS+2 days;7SS-1w"),
)


@pytest.fixture
def it():
    return ProgrammeFactory(code="IT", name="IT Enabler")


def read(programme, headings, lines):
    data = b"".join(write_csv(headings, lines))
    return read_any_plan(data, "plan.csv", known=known_of(place=programme.place))


def links():
    """What waits for what, as IT 2 FS+2 IT 1."""
    found = Dependency.objects.select_related("successor__programme", "predecessor__programme")
    return sorted(
        f"{one.successor.reference} {one.kind}{one.lag_days:+} {one.predecessor.reference}"
        for one in found
    )


def test_predecessors_of_microsoft_project_name_rows_by_the_id_of_the_same_file(it):
    file = read(it, PROJECT, LINES)
    assert (file.errors, file.left_out) == ([], [])
    import_plan(place=it.place, file=file, by=None)
    assert links() == ["IT 2 FS+2 IT 1", "IT 3 FS+2 IT 1", "IT 3 SS-5 IT 2"]
    assert preview_plan(place=it.place, file=read(it, PROJECT, LINES)).changes_nothing
    fewer = (*LINES[:2], ("12", "Desks", "31/1/20", "3"))
    preview = preview_plan(place=it.place, file=read(it, PROJECT, fewer))
    assert preview.changed["IT 3"] == [
        Change("waits for", "IT 1 FS + 2 days", "IT 1 FS"),
        Change("waits for", "IT 2 SS − 5 days", "nothing"),
    ]


def test_each_that_cannot_be_read_is_named_with_its_cell_and_what_to_write(it):
    bad = (
        LINES[0],
        ("7", "Lines", "31/1/20", "3FQ+2;3FS+2 fortnights"),
        ("12", "Desks", "31/1/20", "12"),
    )
    first, second, itself = read(it, PROJECT, bad).errors
    assert (first.reference, first.value, second.value) == ("D3", "3FQ+2", "3FS+2 fortnights")
    assert "which row is waited for" in first.problem
    assert (
        first.remedy == "Write the IDs of rows of this file like 3FS+2 days;7SS-1w;12, or nothing."
    )
    assert (itself.reference, itself.problem) == ("D4", "a row cannot wait for itself")


def test_what_cannot_be_carried_is_listed(it):
    odd = (LINES[0], ("7", "Lines", "31/1/20", "3FS+4 hrs;40;C:\\plans\\other.mpp\\5"))
    assert read(it, PROJECT, odd).left_out == [
        "2 links to something that is no row of this file: D3 (40) and D3 (C:\\plans\\other.mpp\\5).",
        "1 lag that is no number of whole working days, and kept as the nearest: D3 (3FS+4 hrs).",
    ]
    [said] = read(it, PROJECT[1:], [line[1:] for line in LINES]).left_out
    assert said.startswith("What rows wait for, in Predecessors: the file has no column ID")


def test_an_empty_column_says_nothing_of_what_rows_wait_for(it):
    import_plan(place=it.place, file=read(it, PROJECT, LINES), by=None)
    empty = [(*line[:3], "") for line in LINES]
    assert preview_plan(place=it.place, file=read(it, PROJECT, empty)).changes_nothing


@pytest.fixture
def linked(it):
    """IT 3 waits for IT 1, and for a row of another programme that no file of IT holds."""
    imported(it, *({"plan_id": number} for number in ("1", "2", "3")))
    estates = ProgrammeFactory(code="EST", place=it.place)
    other = PlanItemFactory(programme=estates, plan_id="7;b")
    third = PlanItem.objects.get(programme=it, plan_id="3")
    first = PlanItem.objects.get(programme=it, plan_id="1")
    Dependency.objects.create(successor=third, predecessor=first, kind="SS", lag_days=-5)
    Dependency.objects.create(successor=third, predecessor=other, note="The lease")
    Dependency.objects.create(successor=third, outside="The framework contract")
    return it


def exported(programme):
    return list(cells(plan_rows(place=programme.place, programme=programme)))


def with_links(line, said):
    changed = list(line)
    changed[HEADINGS.index("predecessors")] = said
    return tuple(changed)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_portal_s_file_has_them_and_comes_back_unchanged(linked, tmp_path, fmt):
    assert exported(linked)[2][HEADINGS.index("predecessors")] == 'IT 1 SS-5 days; "EST 7;b" FS'
    out, said = tmp_path / f"plan.{fmt}", StringIO()
    place = linked.place.slug
    call_command("export_plan", place=place, programme="IT", format=fmt, out=out, stdout=StringIO())
    call_command("import_plan", str(out), place=place, dry_run=True, stdout=said)
    assert "0 created, 0 changed, 3 unchanged, 0 failed" in said.getvalue()


def test_what_it_adds_and_takes_away_is_shown_and_written_and_the_rest_stays(linked):
    lines = exported(linked)
    lines[2] = with_links(lines[2], "EST 7;b")
    refused = preview_plan(place=linked.place, file=read(linked, HEADINGS, lines))
    assert [error.reference for error in refused.errors] == ["M4", "M4"]
    lines[1], lines[2] = (
        with_links(lines[1], "1FF, EST 9"),
        with_links(lines[2], '"EST 7;b"; 2FS+1 day'),
    )
    [unknown] = preview_plan(place=linked.place, file=read(linked, HEADINGS, lines)).errors
    assert (unknown.reference, unknown.value) == ("M3", "EST 9")
    lines[1] = with_links(lines[1], "1FF")
    file = read(linked, HEADINGS, lines)
    preview = import_plan(place=linked.place, file=file, by=None)
    assert preview.changed == {
        "IT 2": [Change("waits for", "nothing", "IT 1 FF")],
        "IT 3": [
            Change("waits for", "IT 1 SS − 5 days", "nothing"),
            Change("waits for", "nothing", "IT 2 FS + 1 day"),
        ],
    }
    waits = Dependency.objects.filter(successor__plan_id="3")
    assert set(waits.values_list("outside", "note")) == {
        ("", "The lease"),
        ("", ""),
        ("The framework contract", ""),
    }


def test_what_others_changed_meanwhile_stands_and_what_both_did_is_chosen(linked):
    lines = exported(linked)
    Dependency.objects.filter(kind="SS").update(lag_days=-1)
    assert preview_plan(place=linked.place, file=read(linked, HEADINGS, lines)).changes_nothing
    lines[2] = with_links(lines[2], "IT 2")
    file = read(linked, HEADINGS, lines)
    preview = preview_plan(place=linked.place, file=file)
    assert preview.conflicts == [
        Conflict("IT 3", "waits for", "IT 1 SS − 5 days", "IT 1 SS − 1 day", "nothing")
    ]
    assert preview.changed == {
        "IT 3": [
            Change("waits for", "EST 7;b FS", "nothing"),
            Change("waits for", "nothing", "IT 2 FS"),
        ]
    }
    taken = replace(file, take=frozenset({("IT 3", "waits for")}))
    import_plan(place=linked.place, file=taken, by=None)
    assert links_within(linked) == ["IT 3 waits for IT 2", "IT 3 waits for The framework contract"]


def links_within(programme):
    found = Dependency.objects.filter(successor__programme=programme).select_related(
        "successor__programme", "predecessor__programme"
    )
    return sorted(
        f"{one.successor.reference} waits for {one.predecessor.reference if one.predecessor else one.outside}"
        for one in found
    )


def test_an_old_file_may_name_a_row_that_was_removed_since(linked):
    lines = exported(linked)
    PlanItem.objects.filter(plan_id="7;b").update(
        removed_at="2020-02-01T00:00Z", removed_because="Gone."
    )
    file = read(linked, HEADINGS, lines)
    assert preview_plan(place=linked.place, file=file).changes_nothing


def test_a_row_removed_since_hinders_no_other_link_of_the_file(linked):
    lines = exported(linked)
    PlanItem.objects.filter(plan_id="7;b").update(
        removed_at="2020-02-01T00:00Z", removed_because="Gone."
    )
    lines[2] = with_links(lines[2], 'IT 1 SS-5 days; "EST 7;b"; IT 2')
    preview = import_plan(place=linked.place, file=read(linked, HEADINGS, lines), by=None)
    assert preview.changed == {"IT 3": [Change("waits for", "nothing", "IT 2 FS")]}
    assert (preview.errors, preview.conflicts) == ([], [])
    assert "IT 3 does not wait for EST 7;b any more" in preview.notes[-1]


def test_a_row_that_the_same_import_removes_cannot_be_waited_for_anew(it):
    first, _, third = (
        PlanItemFactory(programme=it, plan_id=number, position=int(number)) for number in "123"
    )
    Dependency.objects.create(successor=third, predecessor=first)
    lines = exported(it)
    wants = read(it, HEADINGS, [lines[0], with_links(lines[2], "IT 1; IT 2")])
    with pytest.raises(
        CannotImport, match=r"1 cell needs attention\. M3, “IT 2”: this import removes"
    ):
        import_plan(place=it.place, file=replace(wants, remove=frozenset({"IT 2"})), by=None)
    keeps = replace(read(it, HEADINGS, lines[1:]), remove=frozenset({"IT 1"}))
    assert import_plan(place=it.place, file=keeps, by=None).removed == ["IT 1"]
    assert links() == ["IT 3 FS+0 IT 1"]


def test_a_link_to_a_row_that_went_after_the_comparison_is_refused_and_no_fault(linked):
    new = FileLink(2, ("IT", "2"), ("EST", "9"), "FS", 0)
    with pytest.raises(StalePreview):
        write_links(
            place=linked.place, differences=[Difference(new.successor, new.predecessor, None, new)]
        )


def test_an_empty_column_of_a_file_made_by_hand_takes_no_link_back(linked):
    lines = [with_links(line, "") for line in exported(linked)]
    unsaid = ("id", "version", "predecessors_then")
    keep = [n for n, name in enumerate(HEADINGS) if name not in unsaid]
    headings = [HEADINGS[n] for n in keep]
    file = read(linked, headings, [[line[n] for n in keep] for line in lines])
    assert file.links is None
    assert preview_plan(place=linked.place, file=file).changes_nothing


def test_a_row_copied_in_the_file_brings_its_links(it):
    PlanItemFactory(programme=it, plan_id="1", position=1)
    second = PlanItemFactory(programme=it, plan_id="2", position=2)
    Dependency.objects.create(successor=second, predecessor=PlanItem.objects.get(plan_id="1"))
    lines = exported(it)
    copied = read(it, HEADINGS, [*lines, ("IT", "3", *lines[1][2:])])
    preview = import_plan(place=it.place, file=copied, by=None)
    assert preview.notes[-1] == "1 link of new rows: IT 3 waits for IT 1 FS."
    assert links() == ["IT 2 FS+0 IT 1", "IT 3 FS+0 IT 1"]


def test_the_column_that_tells_what_was_is_hidden_and_locked():
    assert "predecessors_then" in FORM.hidden
    assert "predecessors_then" in FORM.locked


@pytest.mark.parametrize(
    "said", ["\x00", ";" * 30_000, "1" * 30_000, '"' * 9, "IT " * 3000, "=1+1"]
)
def test_hostile_cells_are_no_fault(linked, said):
    lines = exported(linked)
    lines[1] = with_links(lines[1], said)
    lines[2] = (*lines[2][:-1], said)
    preview_plan(place=linked.place, file=read(linked, HEADINGS, lines))
