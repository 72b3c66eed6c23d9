"""A change request from its draft to the plan that it changes."""

from datetime import date, timedelta

import pytest

from icp.common.models import OutgoingMail
from programmes import services
from programmes.errors import CannotChangePlan, NotAllowed, StaleChange
from programmes.models import AgreedDates, Baseline, ChangeLineKind, ChangeRequest, PlanItem
from programmes.rules.changes import Act
from programmes.services.baselines import agree_baseline
from programmes.services.change_life import (
    agree_request,
    refuse_request,
    withdraw_request,
)
from programmes.services.changes import DraftLine, draft_lines, edit_request
from tests.factories import NOW, TODAY
from tests.integration.cycle.conftest import make_world
from tests.proposing import propose_request

ADD, REMOVE, RESTORE, REDATE = ChangeLineKind
LATER = date(2020, 12, 18)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def later(item, finish=LATER):
    return DraftLine(kind=REDATE, item=item, start=item.start, finish=finish)


def drafted(world, *lines, by=None):
    return draft_lines(
        programme=world.programme,
        lines=lines or [later(world.items[2])],
        by=by or world.lead,
        at=NOW,
        title="Move the parts",
        why="The parts come in winter.",
    )


def proposed(world, *lines):
    return propose_request(request=drafted(world, *lines), by=world.lead, at=NOW)


def agreed(world, request):
    for act, by in ((Act.AGREE_FOR_PROGRAMME, world.lead), (Act.AGREE_FOR_OFFICE, world.office)):
        request = agree_request(request=request, act=act, by=by, at=NOW)
    return request


def test_both_sides_agree_and_the_plan_has_the_new_dates(world):
    row = world.items[2]
    request = agreed(world, proposed(world))
    row.refresh_from_db()
    assert request.state == "agreed"
    assert (row.finish, row.baseline_finish) == (LATER, LATER)
    baseline = Baseline.objects.get(request=request)
    assert (baseline.number, baseline.name) == (2, "CR 1: Move the parts")
    assert [entry.item_id for entry in baseline.entries.all()] == [row.pk]


def test_one_side_alone_changes_nothing(world):
    request = agree_request(
        request=proposed(world), act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW
    )
    world.items[2].refresh_from_db()
    assert request.state == "office agreed"
    assert world.items[2].baseline_finish == date(2020, 10, 30)
    assert Baseline.objects.count() == 1


def test_one_person_does_not_agree_for_both(world):
    world.programme.leadership.filter(role="lead").get().post.__class__.objects.filter(
        holder=world.lead
    ).update(holder=world.office)
    request = agree_request(
        request=proposed_by_office(world), act=Act.AGREE_FOR_PROGRAMME, by=world.office, at=NOW
    )
    with pytest.raises(CannotChangePlan, match="the other side is another person"):
        agree_request(request=request, act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW)


def proposed_by_office(world):
    return propose_request(request=drafted(world, by=world.office), by=world.office, at=NOW)


@pytest.mark.parametrize("who", ["member", "sro", "other_lead"])
def test_others_take_no_part(world, who):
    with pytest.raises(NotAllowed):
        drafted(world, by=getattr(world, who))
    with pytest.raises(NotAllowed):
        refuse_request(request=proposed(world), because="No.", by=getattr(world, who), at=NOW)


def test_what_changes_nothing_is_not_proposed_and_the_sentence_names_the_row(world):
    row = world.items[2]
    request = drafted(world, later(row, finish=row.finish))
    with pytest.raises(CannotChangePlan, match="would change nothing of IT 13"):
        propose_request(request=request, by=world.lead, at=NOW)


def test_a_row_that_was_agreed_anew_is_looked_at_again_before_anybody_agrees(world):
    first, second = proposed(world), proposed(world, later(world.items[2], date(2021, 1, 29)))
    agreed(world, first)
    with pytest.raises(CannotChangePlan, match="IT 13 changed in the agreed plan after CR 2"):
        agree_request(request=second, act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW)
    looked = edit_request(
        request=second, words={}, by=world.lead, at=NOW, expected_version=second.version
    )
    assert (looked.state, looked.lines.get().old_finish) == ("draft", LATER)
    assert agreed(world, propose_request(request=looked, by=world.lead, at=NOW)).state == "agreed"


def test_an_edit_takes_back_what_one_side_agreed_to(world):
    request = agree_request(
        request=proposed(world), act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW
    )
    edited = edit_request(
        request=request,
        words={"title": "Move it"},
        lines=[later(world.items[2], date(2021, 2, 26))],
        by=world.lead,
        at=NOW,
        expected_version=request.version,
    )
    assert (edited.state, edited.office_agreed_by) == ("draft", None)
    assert edited.lines.get().finish == date(2021, 2, 26)


def test_the_second_saver_is_shown_what_the_first_saved(world):
    request = drafted(world)
    words = {"title": "Mine"}
    edit_request(request=request, words=words, by=world.lead, at=NOW, expected_version=1)
    with pytest.raises(StaleChange) as refused:
        edit_request(
            request=request, words={"title": "Late"}, by=world.office, at=NOW, expected_version=1
        )
    assert refused.value.current.title == "Mine"


def test_rows_come_go_and_come_back_by_one_request(world):
    goes, heading = world.items[3], world.items[1]
    new = DraftLine(
        kind=ADD, name="Sign the order", item_kind="milestone", finish=LATER, after=heading
    )
    inside = DraftLine(kind=ADD, name="Phase two", item_kind="summary", plan_id="30")
    below = DraftLine(kind=ADD, name="Order", item_kind="task", finish=LATER, new_parent="30")
    agreed(world, proposed(world, new, inside, below, DraftLine(kind=REMOVE, item=goes)))
    goes.refresh_from_db()
    assert goes.removed_because == "CR 1: The parts come in winter."
    rows = {row.name: row for row in PlanItem.objects.filter(programme=world.programme)}
    assert rows["Order"].parent == rows["Phase two"]
    assert rows["Sign the order"].baseline_finish == LATER
    baseline = Baseline.objects.get(number=2)
    assert [entry.removed for entry in baseline.entries.filter(item=goes)] == [True]
    assert baseline.entries.count() == 4
    agreed(world, proposed(world, DraftLine(kind=RESTORE, item=goes)))
    goes.refresh_from_db()
    assert goes.removed_at is None
    assert not AgreedDates.objects.get(item=goes, baseline__number=3).removed


def test_new_rows_after_the_same_row_keep_the_order_in_which_they_were_written(world):
    lines = [
        DraftLine(kind=ADD, name=name, item_kind="task", after=world.items[0])
        for name in ("First", "Second", "Third")
    ]
    agreed(world, proposed(world, *lines))
    rows = PlanItem.objects.filter(programme=world.programme).order_by("position")
    assert [row.name for row in rows][1:4] == ["First", "Second", "Third"]


def test_a_refusal_says_why(world):
    request = proposed(world)
    with pytest.raises(CannotChangePlan, match="Say why"):
        refuse_request(request=request, because=" ", by=world.office, at=NOW)
    refused = refuse_request(request=request, because="Not this year.", by=world.office, at=NOW)
    assert (refused.state, refused.ended_because) == ("refused", "Not this year.")
    with pytest.raises(CannotChangePlan, match="CR 1 is refused"):
        agreed(world, request)


def test_who_asked_may_withdraw(world):
    assert withdraw_request(request=proposed(world), by=world.lead, at=NOW).state == "withdrawn"


def test_what_nobody_touches_expires_and_its_drafter_is_told(world):
    request = proposed(world)
    almost, then = NOW + timedelta(days=59), NOW + timedelta(days=60)
    services.turn_the_day(place=world.place, today=almost.date(), at=almost)
    request.refresh_from_db()
    assert request.state == "proposed"
    services.turn_the_day(place=world.place, today=then.date(), at=then)
    request.refresh_from_db()
    assert request.state == "expired"
    mail = OutgoingMail.objects.get(subject__contains="expired")
    assert (mail.to, "60 days" in mail.body) == (world.lead.email, True)


def test_each_step_is_told_to_whom_it_concerns(world):
    OutgoingMail.objects.all().delete()
    request = proposed(world)
    assert _told("to agree") == {world.office.email, world.office_too.email}
    agree_request(request=request, act=Act.AGREE_FOR_PROGRAMME, by=world.lead, at=NOW)
    agree_request(request=request, act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW)
    assert _told(": agreed") == {world.lead.email, world.sro.email}


def _told(about):
    return set(OutgoingMail.objects.filter(subject__endswith=about).values_list("to", flat=True))


def test_a_line_for_a_row_that_is_named_already_replaces_it(world):
    request = drafted(world)
    again = draft_lines(
        programme=world.programme,
        lines=[DraftLine(kind=REMOVE, item=world.items[2])],
        by=world.lead,
        at=NOW,
        request=request,
    )
    assert [line.kind for line in again.lines.all()] == ["remove"]
    assert ChangeRequest.objects.count() == 1


def test_numbers_count_within_the_place(world):
    assert [drafted(world).number, drafted(world).number] == [1, 2]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (lambda w: DraftLine(kind=RESTORE, item=w.items[0]), "there is nothing to restore"),
        (lambda w: DraftLine(kind=REDATE, item=None), "Choose a row of IT Enabler"),
        (lambda w: DraftLine(kind=ADD, name="", item_kind="task"), "needs a name"),
        (lambda w: DraftLine(kind=ADD, name="X", item_kind="task", plan_id="11"), "used again"),
        (
            lambda w: DraftLine(kind=REDATE, item=w.items[0], start=LATER, finish=TODAY),
            "IT 11 would finish before it starts",
        ),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(world, line, sentence):
    with pytest.raises(CannotChangePlan, match=sentence):
        drafted(world, line(world))
