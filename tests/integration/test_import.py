"""The real plan of January 2020 arrives as it is, once; and every bad cell is named."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from icp.common.tabular import TableError, write_csv, write_xlsx
from programmes.errors import CannotImport
from programmes.importers.plan import COLUMNS, read_plan
from programmes.importers.programmes import read_programmes
from programmes.models import ChangeRequest, Leadership, PlanItem, Programme
from programmes.rules.changes import Act
from programmes.selectors.posts import posts_by_word
from programmes.services.change_life import agree_request
from programmes.services.plan_import import Change, import_plan, preview_plan
from programmes.services.programme_import import import_programmes, preview_programmes
from tests.factories import (
    NOW,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlaceFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.proposing import propose_request

DATA = Path(__file__).parents[2] / "boards" / "demo" / "data"
pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    with (DATA / "plan.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def place():
    place = PlaceFactory()
    file = read_programmes((DATA / "programmes.csv").read_bytes(), "programmes.csv", existing=set())
    assert not file.errors
    import_programmes(place=place, file=file, by=None)
    return place


def the_plan(place, data=None, name="plan.csv"):
    codes = set(Programme.objects.in_place(place).values_list("code", flat=True))
    return read_plan(
        data or (DATA / "plan.csv").read_bytes(),
        name,
        programmes=codes,
        posts=posts_by_word(place=place),
    )


def plan_file(*rows, columns=COLUMNS):
    """A CSV with these rows, each a dict over a plain one."""
    plain = {
        "programme": "IT",
        "plan_id": "1",
        "outline_level": "1",
        "kind": "task",
        "name": "Row",
        "duration": "",
        "start": "",
        "finish": "",
        "complete": "no",
        "scheduling": "auto",
    }
    return b"".join(
        write_csv(columns, [[{**plain, **row}.get(c, "") for c in columns] for row in rows])
    )


@pytest.fixture
def it():
    return ProgrammeFactory(code="IT")


def test_the_real_plan_arrives_row_for_row(place, source):
    preview = import_plan(place=place, file=the_plan(place), by=None)
    assert preview.errors == []
    assert len(preview.created) == 467
    rows = {
        (item.programme.code, item.plan_id): item
        for item in PlanItem.objects.select_related("programme")
    }
    for line in source:
        item = rows[line["programme"], line["plan_id"]]
        assert (item.name, item.kind) == (line["name"], line["kind"])
        assert str(item.outline_level) == line["outline_level"]
        assert item.declared_duration == line["duration"]
        assert item.ticked == item.is_complete == (line["complete"] == "yes")
        for name in ("start", "finish"):
            said = line[name]
            assert getattr(item, f"{name}_tbc") == (said.lower() == "tbc")
            stored = getattr(item, name)
            assert (stored.isoformat() if stored else "") == ("" if said.lower() == "tbc" else said)
            assert getattr(item, f"baseline_{name}") == stored


def test_its_rows_keep_the_authors_order(place, source):
    import_plan(place=place, file=the_plan(place), by=None)
    for programme in Programme.objects.all():
        order = list(programme.items.order_by("position").values_list("plan_id", flat=True))
        assert order == [r["plan_id"] for r in source if r["programme"] == programme.code]


def test_twelve_summaries_do_not_span_their_children(place):
    preview = import_plan(place=place, file=the_plan(place), by=None)
    assert sum("do not span" in note for note in preview.notes) == 12
    assert any(note.startswith("PC 30: its dates do not span") for note in preview.notes)


def test_the_slip_of_a_year_is_listed_and_kept(place):
    preview = import_plan(place=place, file=the_plan(place), by=None)
    assert "PC 1: the source prints 262 days, its dates give 523 working days." in preview.notes
    assert PlanItem.objects.get(programme__code="PC", plan_id="1").declared_days == 262


def test_the_same_file_twice_changes_nothing(place):
    import_plan(place=place, file=the_plan(place), by=None)
    before = list(PlanItem.objects.order_by("pk").values())
    again = import_plan(place=place, file=the_plan(place), by=None)
    assert again.changes_nothing
    assert again.unchanged == 467
    assert list(PlanItem.objects.order_by("pk").values()) == before


def test_excel_and_csv_say_the_same(place, source):
    import_plan(place=place, file=the_plan(place), by=None)
    workbook = write_xlsx(COLUMNS, [[row[c] for c in COLUMNS] for row in source], sheet="Plan")
    preview = preview_plan(place=place, file=the_plan(place, workbook, "plan.xlsx"))
    assert preview.errors == []
    assert preview.changes_nothing


def test_the_programmes_have_their_posts_joint_ones_too(place):
    chairs = Leadership.objects.filter(programme__code="CE", role="sro").order_by("order")
    assert [duty.post.title for duty in chairs] == [
        "CCG Lay Member (Joint Chair)",
        "Healthwatch Hackney Director (Joint Chair)",
    ]
    assert Programme.objects.get(code="NBH").parent.code == "UPC"
    assert Programme.objects.get(code="NBH").state == "dates subject to review"
    file = read_programmes((DATA / "programmes.csv").read_bytes(), "programmes.csv", existing=set())
    assert preview_programmes(place=place, file=file).unchanged == 15


def test_a_programmes_tolerance_comes_by_its_file_and_stays_without_that_column(place):
    heading, rest = (DATA / "programmes.csv").read_text(encoding="utf-8-sig").split("\n", 1)

    def read(months):
        lines = [f"{line},{months}" for line in rest.strip().splitlines()]
        data = "\n".join([f"{heading.strip()},tolerance_months", *lines]).encode()
        return read_programmes(data, "programmes.csv", existing=set())

    assert "Write a number from 0 to 24" in str(read("30").errors[0])
    preview = preview_programmes(place=place, file=read("1"))
    assert preview.changed["IT"] == [Change("tolerance in months", "the place's", "1")]
    import_programmes(place=place, file=read("1"), by=None)
    assert Programme.objects.get(code="IT").tolerance_months == 1
    file = read_programmes((DATA / "programmes.csv").read_bytes(), "programmes.csv", existing=set())
    assert preview_programmes(place=place, file=file).unchanged == 15
    import_programmes(place=place, file=read(""), by=None)
    assert Programme.objects.get(code="IT").tolerance_months is None


@pytest.mark.parametrize(
    ("row", "column", "remedy"),
    [
        ({"programme": "XX"}, "programme", "Use one of: IT"),
        ({"plan_id": ""}, "plan_id", "number people quote"),
        ({"outline_level": "0"}, "outline_level", "whole number"),
        ({"outline_level": "²"}, "outline_level", "whole number"),
        ({"kind": "epic"}, "kind", "summary, task, milestone"),
        ({"name": ""}, "name", "Write what"),
        ({"name": "x" * 501}, "name", "Shorten it to 500"),
        ({"duration": "3 weeks"}, "duration", "43 days"),
        ({"start": "31/02/2020"}, "start", "28/2/2020"),
        ({"finish": "soon"}, "finish", "tbc"),
        ({"start": "2020-03-01", "finish": "2020-02-01"}, "finish", "which of the two"),
        ({"complete": "nearly"}, "complete", "yes or no"),
        ({"scheduling": "magic"}, "scheduling", "auto, manual"),
    ],
)
def test_a_bad_cell_is_named_with_its_remedy_and_nothing_is_written(it, row, column, remedy):
    file = the_plan(it.place, plan_file({"plan_id": "7"}, {"plan_id": "8", **row}))
    errors = [error for error in file.errors if error.column == column]
    assert errors, file.errors
    assert errors[0].row == 3
    assert remedy in errors[0].remedy
    with pytest.raises(CannotImport):
        import_plan(place=it.place, file=file, by=None)
    assert not PlanItem.objects.exists()


def test_a_number_given_twice_names_both_rows(it):
    file = the_plan(it.place, plan_file({"name": "One"}, {"name": "Two"}))
    assert [str(error.row) for error in file.errors] == ["3"]
    assert "row 2 already" in file.errors[0].problem


def test_headings_that_are_not_right_are_said(it):
    with pytest.raises(TableError, match="Missing: programme"):
        the_plan(it.place, b"plan_id,name\r\n1,Row\r\n")


def imported(programme, *rows, columns=COLUMNS):
    file = the_plan(programme.place, plan_file(*rows, columns=columns))
    assert file.errors == []
    return import_plan(place=programme.place, file=file, by=None)


def test_other_dates_are_asked_for_by_a_change_request(it):
    imported(it, {"finish": "2020-03-31"})
    preview = imported(it, {"finish": "2020-06-30", "name": "Renamed"})
    item = PlanItem.objects.get()
    assert (item.name, item.finish, item.baseline_finish) == (
        "Renamed",
        date(2020, 3, 31),
        date(2020, 3, 31),
    )
    [change] = preview.asked["IT 1"]
    assert (change.field, change.old, change.new) == ("agreed finish", "31 Mar 2020", "30 Jun 2020")
    assert [found.field for found in preview.changed["IT 1"]] == ["name"]
    request = ChangeRequest.objects.get()
    assert preview.requests == [request.reference]
    assert [(line.kind, line.finish) for line in request.lines.all()] == [
        ("re-date", date(2020, 6, 30))
    ]


def test_the_first_dates_of_an_undated_row_are_asked_for_too(it):
    imported(it, {"finish": "tbc"})
    assert PlanItem.objects.get().finish_tbc
    preview = imported(it, {"finish": "1/4/2020"})
    assert preview.asked["IT 1"] == [Change("agreed finish", "tbc", "1 Apr 2020")]
    assert PlanItem.objects.get().finish_tbc


def test_what_is_asked_for_already_is_not_asked_for_twice(it):
    imported(it, {"finish": "2020-03-31"})
    changed = ({"finish": "2020-06-30"}, {"plan_id": "2", "name": "New"})
    imported(it, *changed)
    again = imported(it, *changed)
    assert again.changes_nothing
    assert again.waiting == [
        "IT 1 waits to be agreed in CR 1.",
        "IT 2 waits to be agreed in CR 1.",
    ]
    assert ChangeRequest.objects.count() == 1


def test_one_request_a_programme_adds_removes_and_dates_when_it_is_agreed(it):
    columns = (*COLUMNS, "removed")
    imported(it, {"plan_id": "1", "kind": "summary"}, {"plan_id": "2", "outline_level": "2"})
    preview = imported(
        it,
        {"plan_id": "1", "kind": "summary"},
        {"plan_id": "2", "outline_level": "2", "removed": "yes"},
        {"plan_id": "3", "outline_level": "2", "name": "Part two", "kind": "summary"},
        {"plan_id": "4", "outline_level": "3", "finish": "1/4/2020", "duration": "5 days"},
        {"plan_id": "5", "outline_level": "2", "name": "Last"},
        columns=columns,
    )
    assert preview.created == []
    assert list(preview.asked) == ["IT 2", "IT 3", "IT 4", "IT 5"]
    assert PlanItem.objects.count() == 2
    agree_all(ChangeRequest.objects.get())
    rows = PlanItem.objects.present().order_by("position")
    assert [(row.plan_id, row.parent and row.parent.plan_id) for row in rows] == [
        ("1", None),
        ("3", "1"),
        ("4", "3"),
        ("5", "1"),
    ]
    four = PlanItem.objects.get(plan_id="4")
    assert (four.baseline_finish, four.declared_days) == (date(2020, 4, 1), 5)
    assert PlanItem.objects.get(plan_id="2").removed_because.startswith("CR 1")


def agree_all(request):
    """As a lead and the office would."""
    lead = UserFactory()
    post = PostFactory(place=request.place, holder=lead)
    LeadershipFactory(programme=request.programme, post=post)
    office = MembershipFactory(place=request.place).user
    request.why = "The file says so."
    request.save()
    found = propose_request(request=request, by=lead, at=NOW)
    for act, by in ((Act.AGREE_FOR_PROGRAMME, lead), (Act.AGREE_FOR_OFFICE, office)):
        found = agree_request(request=found, act=act, by=by, at=NOW)
    return found


def test_only_a_row_that_is_there_can_be_removed(it):
    imported(it, {})
    columns = (*COLUMNS, "removed")
    file = the_plan(it.place, plan_file({"plan_id": "9", "removed": "yes"}, columns=columns))
    [error] = preview_plan(place=it.place, file=file).errors
    assert (error.column, error.problem) == ("removed", "IT 9 is not in the plan")


def test_a_row_under_a_new_heading_waits_for_it(it):
    imported(it, {"plan_id": "1"}, {"plan_id": "2"})
    preview = imported(
        it,
        {"plan_id": "1"},
        {"plan_id": "3", "kind": "summary"},
        {"plan_id": "2", "outline_level": "2"},
    )
    assert preview.changed == {}
    assert [note for note in preview.notes if note.startswith("IT 2 stays where it is")]


def test_a_later_tick_belongs_to_the_period_then_open(it):
    period = PeriodFactory(place=it.place)
    import_plan(place=it.place, file=the_plan(it.place, plan_file({})), by=None)
    import_plan(place=it.place, file=the_plan(it.place, plan_file({"complete": "yes"})), by=None)
    item = PlanItem.objects.get()
    assert (item.is_complete, item.ticked_in) == (True, period)


def test_rows_that_are_not_in_the_file_stay_and_new_ones_go_beside_their_neighbour(it):
    three = plan_file({"plan_id": "1"}, {"plan_id": "2"}, {"plan_id": "3"})
    import_plan(place=it.place, file=the_plan(it.place, three), by=None)
    part = plan_file({"plan_id": "1", "name": "Renamed"}, {"plan_id": "1a"})
    preview = import_plan(place=it.place, file=the_plan(it.place, part), by=None)
    assert preview.left == ["IT 2", "IT 3"]
    agree_all(ChangeRequest.objects.get())
    order = PlanItem.objects.order_by("position").values_list("plan_id", flat=True)
    assert list(order) == ["1", "1a", "2", "3"]


def test_a_row_with_a_bad_cell_is_in_the_file_all_the_same(it):
    three = plan_file({"plan_id": "1"}, {"plan_id": "2"}, {"plan_id": "3"})
    import_plan(place=it.place, file=the_plan(it.place, three), by=None)
    part = plan_file({"plan_id": "1"}, {"plan_id": "2", "finish": "31/2/2020"})
    preview = preview_plan(place=it.place, file=the_plan(it.place, part))
    assert [error.row for error in preview.errors] == [3]
    assert (preview.unchanged, preview.left) == (1, ["IT 3"])


@pytest.mark.parametrize("unread", ["", "2" * 21])
def test_a_row_whose_number_cannot_be_read_is_known_by_its_name(it, unread):
    named = [{"plan_id": number, "name": f"Row {number}"} for number in "123"]
    import_plan(place=it.place, file=the_plan(it.place, plan_file(*named)), by=None)
    part = plan_file(named[0], {"plan_id": unread, "name": "row  2"})
    preview = preview_plan(place=it.place, file=the_plan(it.place, part))
    assert preview.left == ["IT 3"]
    [error] = [error for error in preview.errors if error.column == "plan_id"]
    assert (error.row, error.remedy.endswith("It looks like IT 2.")) == (3, True)


def test_a_number_that_is_a_spreadsheets_error_is_none(it):
    named = [{"plan_id": number, "name": f"Row {number}"} for number in "12"]
    import_plan(place=it.place, file=the_plan(it.place, plan_file(*named)), by=None)
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for number in ("1", "#REF!"):
        name = "Row 1" if number == "1" else "Row 2"
        book.active.append(["IT", number, 1, "task", name, "", "", "", "no", "auto"])
    data = io.BytesIO()
    book.save(data)
    preview = preview_plan(place=it.place, file=the_plan(it.place, data.getvalue(), "plan.xlsx"))
    assert (preview.created, preview.left) == ([], [])
    [error] = preview.errors
    assert (error.reference, error.remedy) == ("B3", "Correct it there. It looks like IT 2.")


def test_a_row_that_is_not_known_at_all_may_be_any_that_is_not_named(it):
    ProgrammeFactory(place=it.place, code="PC")
    named = [{"plan_id": number, "name": f"Row {number}"} for number in "123"]
    other = {"programme": "PC", "name": "Elsewhere"}
    whole = plan_file(*named, other, other | {"plan_id": "2"})
    import_plan(place=it.place, file=the_plan(it.place, whole), by=None)
    part = plan_file(named[0], {"plan_id": "", "name": "Renamed"}, other)
    preview = preview_plan(place=it.place, file=the_plan(it.place, part))
    assert preview.left == ["PC 2"]
    [error] = preview.errors
    assert error.remedy.endswith("does not say which rows of the programme are not in the file.")


def test_a_row_without_its_number_is_known_by_the_key_that_the_portal_wrote(it):
    named = [{"plan_id": number, "name": "Same name"} for number in "123"]
    import_plan(place=it.place, file=the_plan(it.place, plan_file(*named)), by=None)
    second = PlanItem.objects.get(programme=it, plan_id="2")
    kept = {"plan_id": "", "name": "Other name", "id": str(second.pk), "version": "1"}
    part = plan_file(named[0], kept, columns=(*COLUMNS, "id", "version"))
    preview = preview_plan(place=it.place, file=the_plan(it.place, part))
    assert preview.left == ["IT 3"]


def test_a_row_left_out_keeps_its_heading_when_a_new_one_comes_after_that(it):
    both = plan_file({"plan_id": "1"}, {"plan_id": "2", "outline_level": "2"})
    import_plan(place=it.place, file=the_plan(it.place, both), by=None)
    part = plan_file({"plan_id": "1"}, {"plan_id": "9", "kind": "summary"})
    preview = import_plan(place=it.place, file=the_plan(it.place, part), by=None)
    assert preview.changed == {}
    assert preview.left == ["IT 2"]
    agree_all(ChangeRequest.objects.get())
    found = PlanItem.objects.order_by("position").values_list("plan_id", "parent__plan_id")
    assert list(found) == [("1", None), ("2", "1"), ("9", None)]


def test_a_row_left_out_that_comes_to_stand_elsewhere_is_named(it):
    three = plan_file({"plan_id": "1"}, {"plan_id": "2", "outline_level": "2"}, {"plan_id": "3"})
    import_plan(place=it.place, file=the_plan(it.place, three), by=None)
    lowered = plan_file({"plan_id": "1", "outline_level": "2"})
    preview = preview_plan(place=it.place, file=the_plan(it.place, lowered))
    assert preview.changed["IT 2"] == [Change("stands under", "IT 1", "the top")]
    assert preview.left == ["IT 3"]
    new = plan_file(
        {"plan_id": "1"},
        {"plan_id": "1a", "outline_level": "2"},
        {"plan_id": "2", "outline_level": "3"},
    )
    preview = preview_plan(place=it.place, file=the_plan(it.place, new))
    assert any(note.startswith("IT 2 stays where it is until") for note in preview.notes)


OWNED = (*COLUMNS, "owner")


def test_an_owner_is_a_post_by_its_title_or_by_whoever_holds_it_alone(it):
    post = PostFactory(place=it.place, title="Data Officer")
    rows = plan_file(
        {"plan_id": "1", "owner": "DATA officer"},
        {"plan_id": "2", "owner": post.holder.email.upper()},
        {"plan_id": "3", "owner": ""},
        columns=OWNED,
    )
    import_plan(place=it.place, file=the_plan(it.place, rows), by=None)
    owners = PlanItem.objects.order_by("position").values_list("owner__title", flat=True)
    assert list(owners) == ["Data Officer", "Data Officer", None]
    assert preview_plan(place=it.place, file=the_plan(it.place, rows)).changes_nothing


def test_a_file_without_owners_leaves_them_and_an_empty_cell_takes_one_away(it):
    post = PostFactory(place=it.place, title="Data Officer")
    PlanItemFactory(programme=it, plan_id="1", name="Row", owner=post)
    import_plan(place=it.place, file=the_plan(it.place, plan_file({})), by=None)
    assert PlanItem.objects.get().owner == post
    empty = plan_file({"owner": ""}, columns=OWNED)
    preview = import_plan(place=it.place, file=the_plan(it.place, empty), by=None)
    assert preview.changed["IT 1"] == [Change("owner", "Data Officer", "not set")]
    assert PlanItem.objects.get().owner is None


@pytest.mark.parametrize(
    ("owner", "remedy"),
    [
        ("Nobody we know", "Write the title of a post, such as"),
        ("both@example.org", "Write the title of one of them: Data Officer; Estates Officer."),
        ("elsewhere@example.org", "Write the title of a post, such as"),
    ],
)
def test_an_owner_that_is_no_post_of_the_place_is_named_with_its_remedy(it, owner, remedy):
    both = UserFactory(email="both@example.org")
    for title in ("Data Officer", "Estates Officer"):
        PostFactory(place=it.place, title=title, holder=both)
    PostFactory(holder=UserFactory(email="elsewhere@example.org"))
    [error] = the_plan(it.place, plan_file({"owner": owner}, columns=OWNED)).errors
    assert (error.column, error.value) == ("owner", owner)
    assert error.remedy.startswith(remedy)


def test_the_outline_gives_rows_their_parents(it):
    rows = plan_file(
        {"plan_id": "1", "kind": "summary"},
        {"plan_id": "2", "outline_level": "2"},
        {"plan_id": "3", "outline_level": "2"},
        {"plan_id": "4"},
    )
    import_plan(place=it.place, file=the_plan(it.place, rows), by=None)
    found = {
        i.plan_id: i.parent and i.parent.plan_id for i in PlanItem.objects.select_related("parent")
    }
    assert found == {"1": None, "2": "1", "3": "1", "4": None}


def test_a_new_heading_takes_in_the_rows_that_were_there(it):
    two = plan_file({"plan_id": "1"}, {"plan_id": "2", "outline_level": "3"})
    import_plan(place=it.place, file=the_plan(it.place, two), by=None)
    deeper = plan_file(
        {"plan_id": "1", "kind": "summary"},
        {"plan_id": "1a", "kind": "summary", "outline_level": "2"},
        {"plan_id": "2", "outline_level": "3"},
        {"plan_id": "2a", "outline_level": "3"},
    )
    import_plan(place=it.place, file=the_plan(it.place, deeper), by=None)
    agree_all(ChangeRequest.objects.get())
    import_plan(place=it.place, file=the_plan(it.place, deeper), by=None)
    found = PlanItem.objects.order_by("position").values_list("plan_id", "parent__plan_id")
    assert list(found) == [("1", None), ("1a", "1"), ("2", "1a"), ("2a", "1a")]


def test_a_new_row_is_written_once_and_its_history_begins_with_its_parent(it):
    rows = plan_file({"plan_id": "1", "kind": "summary"}, {"plan_id": "2", "outline_level": "2"})
    import_plan(place=it.place, file=the_plan(it.place, rows), by=None)
    history = PlanItem.objects.get(plan_id="2").events.values_list("pgh_label", "parent__plan_id")
    assert list(history) == [("insert", "1")]


def test_a_removed_rows_number_is_not_used_again(it):
    from tests.factories import PlanItemFactory

    PlanItemFactory(programme=it, plan_id="1", removed_at=NOW)
    preview = preview_plan(place=it.place, file=the_plan(it.place, plan_file({})))
    assert "was removed" in preview.errors[0].problem


def test_rows_with_a_date_to_be_confirmed_that_nobody_gives_are_named():
    it = ProgrammeFactory(code="IT")
    written = imported(it, {"finish": "tbc"}, {"plan_id": "2", "finish": "2/3/2020"})
    assert written.notes == [
        "1 row has a date to be confirmed, and nobody is named who gives it, by when: IT 1. Say so on its page."
    ]
    again = the_plan(it.place, plan_file({"finish": "tbc"}, {"plan_id": "2", "finish": "tbc"}))
    assert [note.split(":")[1] for note in preview_plan(place=it.place, file=again).notes] == [
        " IT 2. Say so on its page.",
        " IT 1. Say so on its page.",
    ]
