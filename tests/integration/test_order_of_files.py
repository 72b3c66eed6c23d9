"""The order of a file is the author's: shown as a change of place, taken over, and nobody's move is taken back by it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from icp.common.models import DemoClock
from icp.common.tabular import write_csv
from programmes.exporters.plan_file import HEADINGS, cells, plan_rows
from programmes.importers.any_plan import read_any_plan
from programmes.models import PlanItem, PlanUpload
from programmes.selectors.known import known_of
from programmes.services import rows
from programmes.services.baselines import agree_baseline
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_import import Change, import_plan, preview_plan
from tests.factories import TODAY, MembershipFactory, ProgrammeFactory
from tests.integration.test_import import imported, plan_file
from tests.integration.test_import_pages import seen_on, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def it():
    programme = ProgrammeFactory(code="IT")
    imported(programme, *({"plan_id": number} for number in "1234"))
    return programme


def row(number):
    return PlanItem.objects.get(plan_id=number)


def order():
    rows_now = PlanItem.objects.present().order_by("-programme__code", "position")
    return "".join(rows_now.values_list("plan_id", flat=True))


def in_order(programme, numbers, **more):
    return imported(programme, *({"plan_id": number, **more} for number in numbers))


def taken(programme):
    """The plan as a file that was taken now: its rows, to be edited."""
    return [list(one) for one in cells(plan_rows(place=programme.place))]


def brought(programme, lines):
    data = b"".join(write_csv(HEADINGS, lines))
    return read_any_plan(data, "plan.csv", known=known_of(place=programme.place))


def test_a_row_that_the_file_has_elsewhere_is_shown_with_where_it_stood_and_stands(it):
    preview = in_order(it, "4123")
    assert preview.changed == {"IT 4": [Change("place", "after IT 3", "first in the plan")]}
    assert (preview.unchanged, order()) == (3, "4123")
    assert in_order(it, "4123").changes_nothing


def test_it_counts_after_rows_were_removed_too(it):
    rows.remove_row(item=row("2"), because="Not funded.")
    preview = in_order(it, "413")
    assert preview.changed == {"IT 4": [Change("place", "after IT 3", "first in the plan")]}
    assert order() == "413"
    # And in an agreed plan: the order needs nobody's agreement.
    agree_baseline(programme=it, items=PlanItem.objects.filter(programme=it))
    assert in_order(it, "134").asked == {}
    assert order() == "134"


def test_what_the_file_leaves_out_goes_with_its_heading(it):
    estates = ProgrammeFactory(code="EST", place=it.place)
    heading, below = {"kind": "summary"}, {"outline_level": "2"}
    plan = [{"plan_id": "5"} | heading, {"plan_id": "6"} | below, {"plan_id": "7"} | below]
    for_estates = {"programme": "EST"}
    imported(estates, *(one | for_estates for one in [*plan, {"plan_id": "8"}]))
    rows.remove_row(item=row("7"), because="Not funded.")
    imported(estates, {"plan_id": "8"} | for_estates, plan[0] | for_estates)
    assert order().replace("1234", "") == "856"
    assert (row("6").parent, row("7").parent) == (row("5"), row("5"))


def test_a_file_taken_before_somebody_moved_rows_moves_them_not_back(it):
    lines = taken(it)
    rows.move_row(item=row("4"), parent=None, after=None)
    file = brought(it, lines)
    assert preview_plan(place=it.place, file=file).changes_nothing
    lines[0][4] = "Renamed"
    preview = import_plan(place=it.place, file=brought(it, lines), by=None)
    assert preview.changed == {"IT 1": [Change("name", "Row", "Renamed")]}
    assert order() == "4123"


def test_what_each_moved_is_moved(it):
    lines = taken(it)
    rows.move_row(item=row("4"), parent=None, after=None)
    # The file has the second row last but one.
    lines = [lines[0], lines[2], lines[1], lines[3]]
    import_plan(place=it.place, file=brought(it, lines), by=None)
    assert order() == "4132"


def test_what_both_moved_is_a_conflict_and_stays_unless_the_file_is_chosen(it):
    lines = taken(it)
    rows.move_row(item=row("4"), parent=None, after=None)
    # The file has it second.
    file = brought(it, [lines[0], lines[3], lines[1], lines[2]])
    preview = preview_plan(place=it.place, file=file)
    assert preview.conflicts == [
        Conflict("IT 4", "place", "after IT 3", "first in the plan", "after IT 1")
    ]
    assert (preview.changed, preview.unchanged) == ({}, 3)
    import_plan(place=it.place, file=file, by=None)
    assert order() == "4123"
    chosen = replace(file, take=frozenset({("IT 4", "place")}))
    import_plan(place=it.place, file=chosen, by=None)
    assert order() == "1423"


def test_a_file_that_only_reorders_can_be_imported_by_the_page(it, client):
    DemoClock.objects.create(today=TODAY)
    client.force_login(MembershipFactory(place=it.place).user)
    page = upload(client, it.place, plan_file(*({"plan_id": number} for number in "4123")))
    text = page.content.decode()
    assert "after IT 3" in text
    assert "first in the plan" in text
    assert "Import these changes" in text
    kept = PlanUpload.objects.get()
    address = reverse("import-apply", kwargs={"place": it.place.slug, "pk": kept.pk})
    client.post(address, seen_on(page))
    assert order() == "4123"
