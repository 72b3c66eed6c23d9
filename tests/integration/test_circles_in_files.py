"""Rows of a project file that wait for one another in a circle come in as they are, with a warning in words."""

import pytest
from django.urls import reverse

from icp.common.models import DemoClock
from icp.common.tabular import write_csv
from programmes.exporters.plan_file import HEADINGS, cells, plan_rows
from programmes.importers.any_plan import read_any_plan
from programmes.models import ChangeRequest, Dependency, PlanItem
from programmes.selectors.known import known_of
from programmes.services.plan_import import import_plan, preview_plan
from tests.factories import NOW, TODAY, MembershipFactory, PlanItemFactory, ProgrammeFactory
from tests.integration.test_import_pages import seen_on, upload

pytestmark = pytest.mark.django_db

TASK = (
    "<Task><UID>{uid}</UID><ID>{uid}</ID><Name>Row {uid}</Name><OutlineLevel>1</OutlineLevel>"
    "<Start>2020-06-01T08:00:00</Start><Finish>2020-06-05T17:00:00</Finish>{links}</Task>"
)
LINK = "<PredecessorLink><PredecessorUID>{}</PredecessorUID><Type>1</Type></PredecessorLink>"


def mspdi(waits):
    """A project in which each row, by its number, waits for those named."""
    tasks = (
        TASK.format(uid=uid, links="".join(LINK.format(one) for one in before))
        for uid, before in waits.items()
    )
    return f"<Project><Title>Estates</Title><Tasks>{''.join(tasks)}</Tasks></Project>".encode()


def gan(waits):
    """The same as GanttProject writes it: a link stands beside the row that is waited for."""
    tasks = "".join(
        f'<task id="{uid}" name="Row {uid}" start="2020-06-01" duration="5">'
        + "".join(f'<depend id="{after}" type="2"/>' for after in waits if uid in waits[after])
        + "</task>"
        for uid in waits
    )
    return f'<project name="Estates"><tasks>{tasks}</tasks></project>'.encode()


KINDS = pytest.mark.parametrize(("kind", "name"), [(mspdi, "plan.xml"), (gan, "plan.gan")])
CIRCLE = {1: [3], 2: [1], 3: [2], 4: [3]}


@pytest.fixture
def estates():
    DemoClock.objects.create(today=TODAY)
    return ProgrammeFactory(code="EST", name="Estates")


def read(place, data, name):
    return read_any_plan(data, name, known=known_of(place=place))


@KINDS
def test_the_circle_is_told_in_the_preview_and_nothing_is_refused_or_lost(estates, kind, name):
    place, data = estates.place, kind(CIRCLE)
    preview = preview_plan(place=place, file=read(place, data, name))
    [sentence] = preview.warnings
    assert sentence.startswith(
        "EST 1, EST 2 and EST 3 wait for one another in a circle, and no dates can satisfy that."
    )
    assert preview.can_apply
    import_plan(place=place, file=read(place, data, name), by=None)
    links = Dependency.objects.values_list("successor__plan_id", "predecessor__plan_id")
    assert sorted(links) == [("1", "3"), ("2", "1"), ("3", "2"), ("4", "3")]
    assert PlanItem.objects.count() == 4


@KINDS
def test_the_page_shows_it_before_and_the_warnings_page_after(client, estates, kind, name):
    client.force_login(MembershipFactory(place=estates.place).user)
    page = upload(client, estates.place, kind(CIRCLE), name=name)
    assert "EST 1, EST 2 and EST 3 wait for one another in a circle" in page.content.decode()
    client.post(page.request["PATH_INFO"] + "apply/", seen_on(page))
    address = reverse("dependency-warnings", kwargs={"place": estates.place.slug})
    shown = client.get(address, {"concern": "circular"}).content.decode()
    assert shown.count("Waits in a circle: EST 1, EST 2, EST 3, EST 1.") == 3


@KINDS
def test_rows_that_wait_in_a_line_are_no_circle(estates, kind, name):
    data = kind({1: [], 2: [1], 3: [1, 2]})
    assert preview_plan(place=estates.place, file=read(estates.place, data, name)).warnings == []


def test_a_circle_may_lead_through_a_row_that_is_not_in_the_file(estates):
    import_plan(
        place=estates.place, file=read(estates.place, mspdi({1: [], 2: []}), "plan.xml"), by=None
    )
    first, second = PlanItem.objects.order_by("plan_id")
    other = PlanItemFactory(programme=ProgrammeFactory(place=estates.place, code="IT"), plan_id="7")
    Dependency.objects.create(successor=other, predecessor=second)
    Dependency.objects.create(successor=first, predecessor=other)
    straight = preview_plan(
        place=estates.place, file=read(estates.place, mspdi({1: [], 2: []}), "plan.xml")
    )
    assert straight.warnings == []
    [sentence] = preview_plan(
        place=estates.place, file=read(estates.place, mspdi({1: [], 2: [1]}), "plan.xml")
    ).warnings
    assert sentence.startswith("EST 1, EST 2 and IT 7 wait for one another in a circle")


def test_a_circle_that_the_file_undoes_is_none(estates):
    import_plan(
        place=estates.place, file=read(estates.place, mspdi({1: [2], 2: [1]}), "plan.xml"), by=None
    )
    preview = preview_plan(
        place=estates.place, file=read(estates.place, mspdi({1: [], 2: [1]}), "plan.xml")
    )
    assert preview.warnings == []
    assert [change.new for change in preview.changed["EST 1"]] == ["nothing"]


def test_a_link_that_others_took_back_meanwhile_closes_no_circle(estates):
    import_plan(
        place=estates.place, file=read(estates.place, mspdi({1: [2], 2: []}), "plan.xml"), by=None
    )
    lines = list(cells(plan_rows(place=estates.place, programme=estates)))
    Dependency.objects.all().delete()
    second = list(lines[1])
    second[HEADINGS.index("predecessors")] = "EST 1"
    data = b"".join(write_csv(HEADINGS, [lines[0], second]))
    preview = preview_plan(place=estates.place, file=read(estates.place, data, "plan.csv"))
    assert [change.new for change in preview.changed["EST 2"]] == ["EST 1 FS"]
    assert preview.warnings == []


def test_links_of_rows_that_are_to_be_agreed_first_are_named_and_not_lost_silently(estates):
    place = estates.place
    import_plan(place=place, file=read(place, mspdi({1: []}), "plan.xml"), by=None)
    data = mspdi({1: [2], 2: [1]})
    written = import_plan(place=place, file=read(place, data, "plan.xml"), by=None, at=NOW)
    assert written.left_out[-1] == (
        "2 links of rows that are no rows of the plan yet: import the file again once the change request for"
        " them is agreed."
    )
    assert written.warnings[0].startswith("EST 1 and EST 2 wait for one another in a circle")
    assert ChangeRequest.objects.get().lines.get().name == "Row 2"
    assert not Dependency.objects.exists()
