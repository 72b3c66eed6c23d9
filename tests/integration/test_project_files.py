"""Microsoft Project's files: a plan out and in again is the same plan, and other programs' files come in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from icp.common.tabular import Limits, TableError
from programmes.exporters.mspdi import write_mspdi
from programmes.exporters.project_plan import project_plan
from programmes.importers.any_plan import read_any_plan
from programmes.models import AgreedDates, Baseline, Dependency, ItemKind, PlanItem
from programmes.selectors.known import known_of
from programmes.services.baselines import agree_baseline
from programmes.services.plan_import import Change, import_plan, preview_plan
from tests.factories import (
    NOW,
    PlaceFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
)

FILES = Path(__file__).parent / "project_files"
pytestmark = pytest.mark.django_db

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1)) | st.sampled_from([None, "tbc"])
TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="￾￿"
    ),
    min_size=1,
    max_size=40,
).map(str.strip).filter(bool) | st.sampled_from(
    ["<b>&amp;", "]]>", "=1+1", "[more to come]", "x" * 500]
)
ROWS = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.sampled_from(ItemKind.values),
        TEXTS,
        st.sampled_from(["", "0 days", "43 days?", "tbc", "1 day", "500 days"]),
        DAYS,
        DAYS,
        st.booleans(),
        st.sampled_from(["auto", "manual"]),
        st.booleans(),
        st.sampled_from(["", "A note", "Two\nlines"]),
    ),
    min_size=1,
    max_size=10,
)
LINKS = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.sampled_from(["FS", "SS", "FF", "SF"]), st.integers(-1000, 1000)),
    max_size=5,
)
KEPT = (
    "plan_id", "position", "outline_level", "kind", "name", "start", "start_tbc", "finish", "finish_tbc",
    "declared_duration", "declared_days", "duration_estimated", "scheduling", "ticked", "baseline_start",
    "baseline_finish", "owner__title", "notes", "parent__plan_id",
)  # fmt: skip


def place_with(*codes):
    place = PlaceFactory(holidays="england")
    for code in codes:
        ProgrammeFactory(place=place, code=code, name=f"Programme {code}")
    PostFactory(place=place, title="IT Lead")
    return place


def read(data, place, name="plan.xml", programme=""):
    return read_any_plan(data, name, known=known_of(place=place, programme=programme))


def exported(place, programme=None):
    return write_mspdi(project_plan(place=place, programme=programme), at=NOW)


def as_it_is(place):
    rows = PlanItem.objects.filter(programme__place=place).in_plan_order()
    links = Dependency.objects.filter(successor__programme__place=place)
    return list(rows.values("programme__code", *KEPT)), sorted(
        links.values_list("successor__plan_id", "predecessor__plan_id", "kind", "lag_days")
    )


def fill(place, rows, links=()):
    programmes = list(place.programmes.order_by("order"))
    post, items = place.posts.get(), []
    for number, (
        level,
        kind,
        name,
        duration,
        start,
        finish,
        ticked,
        how,
        owned,
        notes,
    ) in enumerate(rows, 1):
        if isinstance(start, date) and isinstance(finish, date) and finish < start:
            start, finish = finish, start
        items.append(
            PlanItemFactory(
                programme=programmes[number % len(programmes)], plan_id=str(number), position=number,
                outline_level=level, kind=kind, name=name, declared_duration=duration,
                declared_days=int(duration.split()[0]) if duration[:1].isdigit() else None,
                duration_estimated=duration.endswith("?"),
                start=start if isinstance(start, date) else None, start_tbc=start == "tbc",
                finish=finish if isinstance(finish, date) else None, finish_tbc=finish == "tbc",
                baseline_start=None, baseline_finish=finish if isinstance(finish, date) else None,
                ticked=ticked, scheduling=how, owner=post if owned else None, notes=notes,
            )
        )  # fmt: skip
    for (after, before), (kind, lag) in dict(links).items():
        if after != before and max(after, before) < len(items):
            Dependency.objects.create(
                successor=items[after], predecessor=items[before], kind=kind, lag_days=lag
            )
    # Parents as the import gives them.
    from icp.common.tabular import write_csv
    from programmes.exporters.plan_file import HEADINGS, cells, plan_rows

    whole = read(b"".join(write_csv(HEADINGS, cells(plan_rows(place=place)))), place, "plan.csv")
    import_plan(place=place, file=whole, by=None)


@given(rows=ROWS, links=LINKS)
@example(
    rows=[(1, "summary", "A heading alone", "", None, None, False, "auto", False, "")], links={}
)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_a_plan_out_and_in_again_is_the_same_plan(rows, links):
    place, other = place_with("IT", "ES"), place_with("IT", "ES")
    fill(place, rows, links)
    data = exported(place)
    again = read(data, place)
    assert not again.errors
    preview = preview_plan(place=place, file=again)
    assert (preview.created, preview.changed, preview.left, preview.conflicts) == ([], {}, [], [])
    assert preview.unchanged == len(rows)
    elsewhere = read(data, other)
    import_plan(place=other, file=replace(elsewhere, rows=list(elsewhere.rows)), by=None)
    (mine, my_links), (theirs, their_links) = as_it_is(place), as_it_is(other)
    for one in (*mine, *theirs):
        one.pop("position")
        # What is agreed for the first time is what the plan says, where the file brings no baseline.
        for name in ("start", "finish"):
            if one[f"baseline_{name}"] == one[name]:
                one[f"baseline_{name}"] = None
    assert mine == theirs
    assert my_links == their_links


@pytest.fixture
def estates():
    place = PlaceFactory(holidays="england")
    ProgrammeFactory(place=place, code="ES", name="Estates")
    ProgrammeFactory(place=place, code="IT")
    return place


def rows_of(name, place, programme=""):
    file = read((FILES / name).read_bytes(), place, name, programme)
    assert not file.errors
    return {row.name: row for row in file.rows}, file


def test_a_file_of_project_2003_comes_in(estates):
    rows, file = rows_of("project_2003.xml", estates, "ES")
    assert [(r.plan_id, r.outline_level, r.kind) for r in rows.values()] == [
        ("1", 1, "summary"),
        ("2", 2, "task"),
        ("3", 2, "milestone"),
    ]
    pack, doors = rows["Pack"], rows["Doors open"]
    # Seven and a half hours are a day in this project.
    assert (pack.duration.text, pack.finish, pack.ticked) == ("5 days?", date(2020, 3, 6), True)
    assert pack.notes == "Crates are ordered."
    assert doors.finish == date(2020, 3, 13)
    (link,) = file.links
    assert (link.successor, link.predecessor, link.kind, link.lag_days) == (
        ("ES", "3"), ("ES", "2"), "FS", 5,
    )  # fmt: skip
    left_out = " ".join(file.left_out)
    assert "ES 1" in left_out  # It is forty per cent complete.
    assert "1 resource:" in left_out
    assert "Deadlines: ES 3." in left_out


def test_a_file_of_project_365_comes_in_and_what_it_filled_in_by_itself_does_not(estates):
    rows, file = rows_of("project_365.xml", estates)
    survey, report, cure = rows.values()
    assert (survey.start, survey.finish, survey.scheduling) == (None, None, "manual")
    assert (report.start, report.scheduling) == (date(2020, 5, 4), "manual")
    assert report.agreed.finish == date(2020, 5, 1)
    assert (cure.duration.text, cure.scheduling) == ("3 days", "auto")
    left_out = " ".join(file.left_out)
    assert (
        "ES 2: the lag after ES 1 is not a number of whole working days, and is kept as 2 days"
        in left_out
    )
    assert "kept rounded up: ES 3" in left_out
    assert "That these are inactive: ES 3" in left_out
    import_plan(place=estates, file=file, by=None)
    agreed = PlanItem.objects.get(plan_id="2")
    assert (agreed.finish, agreed.baseline_finish) == (date(2020, 5, 8), date(2020, 5, 1))
    assert Dependency.objects.get().kind == "SS"


def test_a_file_of_project_libre_comes_in_without_outline_numbers_and_seconds(estates):
    rows, file = rows_of("project_libre.xml", estates)
    assert [(r.outline_level, r.kind) for r in rows.values()] == [
        (1, "summary"),
        (2, "task"),
        (2, "task"),
    ]
    assert rows["Slates"].finish == date(2020, 6, 5)
    assert file.links[0].lag_days == 0


def test_a_file_by_gantt_project_comes_in_without_namespace_and_uids(estates):
    rows, file = rows_of("gantt_project.xml", estates)
    lift, passed = rows.values()
    assert (lift.duration.text, lift.finish) == ("5 days", date(2020, 7, 10))
    assert (passed.kind, passed.finish) == ("milestone", date(2020, 7, 13))
    assert file.links[0].predecessor == ("ES", "1")
    assert any("lag after ES 1" in sentence for sentence in file.left_out)


def test_gantt_projects_own_file_comes_in(estates):
    rows, file = rows_of("estates.gan", estates)
    assert [(r.outline_level, r.kind) for r in rows.values()] == [
        (1, "summary"), (2, "task"), (2, "milestone"),
    ]  # fmt: skip
    assert rows["Strip out"].finish == date(2020, 8, 7)
    assert rows["Ward 4"].notes == "Two phases"
    (link,) = file.links
    assert (link.successor, link.predecessor, link.lag_days) == (("ES", "3"), ("ES", "2"), 2)
    assert any("1 resource" in sentence for sentence in file.left_out)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_another_programs_file_twice_changes_nothing(estates, name):
    _, file = rows_of(name, estates, "ES")
    import_plan(place=estates, file=file, by=None)
    _, again = rows_of(name, estates, "ES")
    preview = preview_plan(place=estates, file=again)
    assert preview.changes_nothing
    assert any("found again by name" in said for said in preview.left_out) or name.endswith("gan")


def test_a_file_that_names_no_programme_is_refused_with_what_to_do(estates):
    with pytest.raises(TableError, match="choose the programme beside the file"):
        rows_of("project_2003.xml", estates)


def test_links_that_others_made_since_a_project_file_was_written_stand(estates):
    it = estates.programmes.get(code="IT")
    first, second, third = (
        PlanItemFactory(programme=it, plan_id=number, position=int(number)) for number in "123"
    )
    gone = Dependency.objects.create(successor=third, predecessor=first)
    data = exported(estates, it)
    gone.delete()
    Dependency.objects.create(successor=third, predecessor=second)
    preview = preview_plan(place=estates, file=read(data, estates))
    assert not any("waits for" in one.field for all_ in preview.changed.values() for one in all_)
    taken = data.replace(b"<LinkLag>0</LinkLag>", b"<LinkLag>9600</LinkLag>")
    assert taken != data
    [conflict] = preview_plan(place=estates, file=read(taken, estates)).conflicts
    assert (conflict.was, conflict.plan, conflict.file) == (
        "IT 1 FS",
        "nothing",
        "IT 1 FS + 2 days",
    )


def test_a_date_moved_in_project_is_one_change_and_a_new_row_gets_the_next_number(estates):
    it = estates.programmes.get(code="IT")
    PlanItemFactory(programme=it, plan_id="8", position=1, declared_duration="tbc")
    PlanItemFactory(programme=it, plan_id="9", position=2, removed_at=NOW)
    data = exported(estates, it).decode()
    moved = data.replace("2020-02-28T17:00:00", "2020-03-31T17:00:00").replace(
        "<Baseline>", "<Baseline><Number>7</Number>"
    )
    copy = moved[moved.index("<Task>") : moved.index("</Task>") + len("</Task>")]
    moved = moved.replace(
        "</Tasks>", copy.replace("Row 8", "Row new").replace("<UID>1<", "<UID>2<") + "</Tasks>"
    )
    file = read(moved.encode(), estates)
    preview = preview_plan(place=estates, file=file)
    assert not preview.errors
    assert preview.changed == {"IT 8": [Change("finish", "28 Feb 2020", "31 Mar 2020")]}
    assert preview.created == ["IT 10"]


DEEP = b"<Project><Tasks>" + b"<Task>" * 100_000
TASK = (
    "<Project><Name>Estates</Name><Tasks><Task><ID>1</ID><Name>{}</Name>{}</Task></Tasks></Project>"
)
HOSTILE = {
    "a bomb": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Project><Tasks>&b;</Tasks></Project>',
    "an outside file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project><Tasks>&a;</Tasks></Project>',
    "an outside definition": b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><Project><Tasks/></Project>',
    "deep": DEEP,
    "cut off": b"<Project><Tasks><Task>",
    "no encoding there is": b'<?xml version="1.0" encoding="x-none"?><Project><Tasks/></Project>',
    "another document": b"<html><body/></html>",
    "another root in small letters": b"<project/>",
    "NUL": b"<Project>\0<Tasks/></Project>",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_with_a_sentence(estates, data):
    with pytest.raises(TableError) as refused:
        read(data, estates, "plan.xml", "ES")
    assert str(refused.value).endswith(".")


def test_a_file_that_is_too_large_is_refused_with_a_sentence(estates):
    with pytest.raises(TableError, match="larger than 1 MB"):
        read_any_plan(
            TASK.format("x" * 1024 * 1024, "").encode(), "x.xml",
            known=known_of(place=estates), limits=Limits(size=1024 * 1024),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ("<Start>31/12/2020</Start>", "Start"),
        ("<Finish>2020-02-31T08:00:00</Finish>", "Finish"),
        ("<Finish>9999-12-31T08:00:00</Finish>", "Finish"),
        ("<Duration>PT" + "9" * 50 + "H</Duration>", "Duration"),
        ("<Duration>" + "9" * 1024 * 1024 + "</Duration>", "Duration"),
        ("<OutlineLevel>400</OutlineLevel>", "OutlineLevel"),
        ("<Notes>" + "n" * 1024 * 1024 + "</Notes>", "Notes"),
        ("<Baseline><Start>soon</Start></Baseline>", "Baseline Start"),
    ],
)
def test_a_bad_field_is_named_with_its_task(estates, fields, column):
    file = read(TASK.format("Row", fields).encode(), estates)
    (error,) = file.errors
    assert (error.column, error.reference) == (column, "task 1")
    assert len(str(error)) < 600
    assert preview_plan(place=estates, file=file).created == []


def test_a_name_of_a_megabyte_is_an_error_of_its_cell(estates):
    (error,) = read(TASK.format("x" * 1024 * 1024, "").encode(), estates).errors
    assert "1,048,576 characters" in str(error)


def agreed_then(programme):
    """What stood in each baseline of a programme, row by row, as later ones leave it."""
    stood, found = {}, []
    for baseline in Baseline.objects.filter(programme=programme).order_by("number"):
        entries = AgreedDates.objects.filter(baseline=baseline)
        for number, start, finish, removed in entries.values_list(
            "item__plan_id", "start", "finish", "removed"
        ):
            stood[number] = None if removed else (start, finish)
        found.append({number: days for number, days in stood.items() if days})
    return found


def agreed_several_times(it, times):
    """Three rows, each time with a later finish for one of them."""
    items = [
        PlanItemFactory(programme=it, plan_id=str(n), baseline_finish=date(2020, 1, n), finish=None)
        for n in range(1, 4)
    ]
    agree_baseline(programme=it, items=items[:2] if times > 2 else items)
    for time in range(1, times):
        row = items[time % 3]
        row.baseline_finish = date(2020, 2, time)
        row.save()
        agree_baseline(programme=it, items=[row])


@pytest.mark.parametrize("times", [1, 2, 5, 11])
def test_what_was_agreed_before_goes_out_and_in_again(times):
    there, here = place_with("IT"), place_with("IT")
    it = there.programmes.get()
    agreed_several_times(it, times)
    import_plan(place=here, file=read(exported(there, it), here), by=None)
    assert agreed_then(here.programmes.get()) == agreed_then(it)
    assert exported_baselines(here) == exported_baselines(there)


def exported_baselines(place):
    found = read(exported(place, place.programmes.get()), place)
    return [(row.plan_id, row.agreed, row.earlier) for row in found.rows]


def test_of_more_than_eleven_baselines_the_newest_go_out_and_the_rest_is_said():
    there, here = place_with("IT"), place_with("IT")
    it = there.programmes.get()
    agreed_several_times(it, 13)
    plan = project_plan(place=there, programme=it)
    assert "Of the 13 baselines of IT the newest 11 are in the file: Project keeps no more." in (
        plan.left_out
    )
    import_plan(place=here, file=read(write_mspdi(plan, at=NOW), here), by=None)
    assert agreed_then(here.programmes.get()) == agreed_then(it)[2:]


def test_earlier_baselines_are_named_where_the_plan_has_its_own():
    there = place_with("IT")
    it = there.programmes.get()
    agreed_several_times(it, 3)
    preview = preview_plan(place=there, file=read(exported(there, it), there))
    assert (preview.unchanged, preview.changes_nothing) == (3, True)
    assert preview.left_out == [
        "Baselines 1 and 2 of the file: IT has agreed baselines here, and another comes by a change request only."
    ]
